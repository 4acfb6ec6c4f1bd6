"""Densities of wage distributions."""

from __future__ import annotations

import numpy as np

from wagefit.errors import FactError
from wagefit.plots.figures import ACCENT, INK, SHADE, new_axes
from wagefit.shared.arguments import FloatArray
from wagefit.shared.protocols import WageDistribution
from wagefit.shared.types import Axes


def plot_density(
    pay: WageDistribution,
    ax: Axes | None = None,
    *,
    label: str | None = None,
    color: str = INK,
    percentiles: tuple[float, ...] = (0.10, 0.25, 0.50, 0.75, 0.90),
) -> Axes:
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

    Examples
    --------
    >>> axes = wf.plots.plot_density(wf.fit(mean=44_010, quantiles={0.1: 26_550, 0.9: 66_260}), label="technicians")
    >>> axes.get_xlabel()
    'wage, dollars a year'
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


def plot_comparison(
    first: WageDistribution, second: WageDistribution, labels: tuple[str, str], ax: Axes | None = None
) -> Axes:
    """Density of `first` as in `plot_density` and of `second` as a dashed line, with a legend; returns the axes.

    Examples
    --------
    >>> facts = {"mean": 44_010, "quantiles": {0.9: 63_820}}
    >>> axes = wf.plots.plot_comparison(wf.fit(**facts), wf.fit(**facts, family="lognormal"), ("curve", "lognormal"))
    >>> [text.get_text() for text in axes.get_legend().get_texts()]
    ['curve', 'lognormal']
    """
    ax = plot_density(first, ax, label=labels[0])
    wages, density = density_points(second)
    ax.plot(wages, density, color=ACCENT, lw=1.6, ls=(0, (5, 2)), label=labels[1])
    ax.set_ylim(top=max(ax.get_ylim()[1], 1.05 * density.max()))
    for text in ax.legend(frameon=False, loc="upper right").get_texts():
        text.set_parse_math(False)
    return ax


def density_points(pay: WageDistribution) -> tuple[FloatArray, FloatArray]:
    """Wages from P0.5 to P99.5 and the density there, close enough together to draw."""
    wages = pay.ppf(np.linspace(0.005, 0.995, 800))
    wages = np.unique(np.concatenate([wages, np.linspace(wages[0], wages[-1], 800)]))
    return wages, pay.pdf(wages)


def _mark_percentiles(ax: Axes, pay: WageDistribution, percentiles: tuple[float, ...], color: str) -> None:
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


def _mark_mean(ax: Axes, pay: WageDistribution) -> None:
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


def _dress(ax: Axes, unit: str) -> None:
    period = "an hour" if unit.endswith("/hour") else "a year"
    ax.set_xlabel(f"wage, dollars {period}")
    ax.set_ylabel("density")
    ax.set_yticks([])
    ax.set_ylim(bottom=0)
    ax.xaxis.set_major_formatter(lambda value, _: f"${value:,.0f}")
    ax.spines[["top", "right", "left"]].set_visible(False)
