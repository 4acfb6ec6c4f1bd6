"""Pictures of wage distributions, on matplotlib (extra ``wagefit[plot]``)."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from wagefit.arguments import FloatArray
from wagefit.errors import FactError
from wagefit.text import dollars

if TYPE_CHECKING:
    from wagefit.distributions import Distribution

INK, ACCENT, SHADE, GAIN = "#1f2d3d", "#c4472d", "#9db8d2", "#4f86b5"


def new_axes(width: float = 8.0, height: float = 4.5) -> Any:
    """Axes of a new figure; ImportError naming the extra when matplotlib is missing."""
    return new_figure(width, height).subplots()


def new_figure(width: float, height: float) -> Any:
    """A new figure, inches; ImportError naming the extra when matplotlib is missing."""
    try:
        import matplotlib.pyplot as plt
    except ImportError as error:
        raise ImportError('pictures need matplotlib: pip install "wagefit[plot]"') from error
    return plt.figure(figsize=(width, height), layout="constrained")


def plot_density(
    pay: Distribution,
    ax: Any = None,
    *,
    label: str | None = None,
    color: str = INK,
    percentiles: tuple[float, ...] = (0.10, 0.25, 0.50, 0.75, 0.90),
) -> Any:
    """Density of `pay` from P0.5 to P99.5, percentiles as ticks below it and the mean as a line.

    Parameters
    ----------
    pay : Distribution
    ax : matplotlib axes, optional
        A new figure without it.
    label, color : str
        As in matplotlib.
    percentiles : tuple of float
        Probabilities to mark.

    Returns
    -------
    matplotlib axes
    """
    if not all(0 < p < 1 for p in percentiles):
        raise FactError(f"percentiles is {percentiles}; expected probabilities inside (0, 1)")
    ax = new_axes() if ax is None else ax
    wages, density = density_points(pay)
    ax.plot(wages, density, color=color, lw=1.8, label=label)
    ax.fill_between(wages, density, color=SHADE, alpha=0.35, lw=0)
    _mark_percentiles(ax, pay, percentiles, color)
    _mark_mean(ax, pay)
    _dress(ax, pay.unit)
    return ax


def plot_comparison(first: Distribution, second: Distribution, labels: tuple[str, str], ax: Any = None) -> Any:
    """Density of `first` as in `plot_density` and of `second` as a dashed line, with a legend; returns the axes."""
    ax = plot_density(first, ax, label=labels[0])
    wages, density = density_points(second)
    ax.plot(wages, density, color=ACCENT, lw=1.6, ls=(0, (5, 2)), label=labels[1])
    ax.set_ylim(top=max(ax.get_ylim()[1], 1.05 * density.max()))
    for text in ax.legend(frameon=False, loc="upper right").get_texts():
        text.set_parse_math(False)
    return ax


def plot_waterfall(
    start: tuple[str, float], steps: Sequence[tuple[str, float]], end: tuple[str, float], ax: Any = None
) -> Any:
    """Bars that lead from one amount to another, step by step.

    Parameters
    ----------
    start, end : (str, float)
        Label and dollars of the first and the last bar, both drawn from the axis.
    steps : sequence of (str, float)
        Label and dollars of what is added in between; ``start + sum(steps) = end`` to the dollar, FactError otherwise.
    ax : matplotlib axes, optional
        A new figure without it.

    Returns
    -------
    matplotlib axes
    """
    amounts = np.array([amount for _, amount in steps], dtype=float)
    if abs((reached := start[1] + amounts.sum()) - end[1]) > 0.5:
        raise FactError(f"the steps lead from {start[1]:,.0f} to {reached:,.0f}; expected {end[1]:,.0f}")
    ax = new_axes() if ax is None else ax
    labels = ["\n".join(textwrap.wrap(label, 30)) for label, _ in (start, *steps, end)]
    lefts = np.concatenate([[0.0], start[1] + np.cumsum(amounts) - amounts, [0.0]])
    widths = np.concatenate([[start[1]], amounts, [end[1]]])
    colors = [INK, *(GAIN if amount >= 0 else ACCENT for amount in amounts), INK]
    ax.barh(labels, widths, left=lefts, color=colors, height=0.62)
    ax.invert_yaxis()
    _write_amounts(ax, lefts + np.maximum(widths, 0.0), widths)
    _dress_waterfall(ax, lefts, widths)
    return ax


def plot_outcomes(values: FloatArray, label: str, ax: Any = None) -> Any:
    """Histogram of simulated dollars from P0.5 to P99.5, losses in another color; returns the matplotlib axes."""
    ax = new_axes() if ax is None else ax
    low, high = np.quantile(values, [0.005, 0.995])
    width = (max(high, 1.0) - min(low, 0.0)) / 60  # one edge is 0, so that no bar holds losses and gains
    edges = width * np.arange(np.floor(min(low, 0.0) / width), np.ceil(max(high, 1.0) / width) + 1)
    counts, _ = np.histogram(values, edges)
    colors = [ACCENT if edge < 0 else GAIN for edge in edges[:-1]]
    ax.bar(edges[:-1], counts / len(values), width=np.diff(edges), align="edge", color=colors, lw=0)
    ax.axvline(0.0, color=INK, lw=0.8)
    ax.set_xlabel(label)
    ax.set_yticks([])
    ax.xaxis.set_major_formatter(lambda value, _: f"{'-' if value < 0 else ''}${abs(value):,.0f}")
    ax.spines[["top", "right", "left"]].set_visible(False)
    return ax


def save_picture(figure: Any, path: Path) -> None:
    """Writes a figure; FactError naming the endings that are known."""
    known = sorted(figure.canvas.get_supported_filetypes())
    if path.suffix.lstrip(".").lower() not in known:
        raise FactError(f"the picture is {path.name!r}; expected a name ending in one of {', '.join(known)}")
    figure.savefig(path, dpi=150)


def density_points(pay: Distribution) -> tuple[FloatArray, FloatArray]:
    """Wages from P0.5 to P99.5 and the density there, close enough together to draw."""
    wages = pay.ppf(np.linspace(0.005, 0.995, 800))
    wages = np.unique(np.concatenate([wages, np.linspace(wages[0], wages[-1], 800)]))
    return wages, pay.pdf(wages)


def _mark_percentiles(ax: Any, pay: Distribution, percentiles: tuple[float, ...], color: str) -> None:
    for p, wage in zip(percentiles, pay.ppf(np.array(percentiles)), strict=True):
        ax.plot([wage, wage], [0, pay.pdf(wage)], color=color, lw=0.8)
        ax.annotate(
            f"P{100 * p:g}",
            (wage, 0),
            xytext=(3, 4),
            textcoords="offset points",
            fontsize="small",
            bbox={"facecolor": "white", "alpha": 0.7, "pad": 0.6, "lw": 0},
            zorder=3,
        )


def _mark_mean(ax: Any, pay: Distribution) -> None:
    mean = pay.mean()
    ax.axvline(mean, color=ACCENT, lw=1.2, ls=":")
    ax.annotate(
        "mean",
        (mean, 0.99),
        xycoords=("data", "axes fraction"),
        xytext=(4, 0),
        color=ACCENT,
        textcoords="offset points",
        va="top",
    )


def _write_amounts(ax: Any, ends: FloatArray, widths: FloatArray) -> None:
    last = len(widths) - 1
    for row, (at, amount) in enumerate(zip(ends, widths, strict=True)):
        text = dollars(amount) if row in (0, last) else f"{'+' if amount >= 0 else '-'}{dollars(abs(amount))}"
        ax.annotate(text, (at, row), xytext=(4, 0), textcoords="offset points", va="center", fontsize="small")


def _dress_waterfall(ax: Any, lefts: FloatArray, widths: FloatArray) -> None:
    highest = (lefts + np.maximum(widths, 0.0)).max()
    ax.set_xlim(0, 1.12 * highest)
    ax.set_xlabel("mean pay, dollars a year")
    ax.locator_params(axis="x", nbins=5)
    ax.xaxis.set_major_formatter(lambda value, _: f"${value:,.0f}")
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.tick_params(axis="y", length=0)


def _dress(ax: Any, unit: str) -> None:
    period = "an hour" if unit.endswith("/hour") else "a year"
    ax.set_xlabel(f"wage, dollars {period}")
    ax.set_ylabel("density")
    ax.set_yticks([])
    ax.set_ylim(bottom=0)
    ax.xaxis.set_major_formatter(lambda value, _: f"${value:,.0f}")
    ax.spines[["top", "right", "left"]].set_visible(False)
