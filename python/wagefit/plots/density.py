"""Densities of wage distributions."""

from __future__ import annotations

import numpy as np

from wagefit.errors import FactError
from wagefit.plots.band import draw_band
from wagefit.plots.figures import ACCENT, INK, SHADE, dress_wages, new_axes, width_of
from wagefit.plots.labels import mark_along
from wagefit.shared.arguments import FloatArray
from wagefit.shared.protocols import UncertainDistribution
from wagefit.shared.types import Axes

TALLEST = 3.0  # the axis ends there, in heights of the density that half of the people live below
SLIGHTLY = 1.05  # a peak that leaves the picture by less is not worth a word


def plot_density(
    pay: UncertainDistribution,
    ax: Axes | None = None,
    *,
    label: str | None = None,
    color: str = INK,
    percentiles: tuple[float, ...] = (0.10, 0.25, 0.50, 0.75, 0.90),
    level: float | None = 0.9,
) -> Axes:
    """Density of `pay` from P0.5 to P99.5, percentiles as ticks below it and the mean as a line.

    A spike that would dwarf the rest, such as a published percentile beside a gap, is cut off and said to be.

    Parameters
    ----------
    pay : Distribution
    ax : matplotlib axes, optional
        A new figure without it.
    label, color : str
        As in matplotlib.
    percentiles : tuple of float
        Probabilities to mark.
    level : float, optional
        Of the shaded band: at each wage the density lies in it with that probability, given the facts. None for no
        band; there is none either where nothing says how uncertain the distribution is.

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
    band = draw_band(ax, pay, "pdf", wages, level, wages)
    ax.plot(wages, density, color=color, lw=1.8, label=label)
    ax.fill_between(wages, density, color=SHADE, alpha=0.35, lw=0)
    _mark_percentiles(ax, pay, percentiles, color)
    _mark_mean(ax, pay)
    _dress(ax, pay.unit)
    _limit_height(ax, density.max(), band, greatest_height(pay))
    _mark_cut(ax, wages, density)
    return ax


def plot_comparison(
    first: UncertainDistribution,
    second: UncertainDistribution,
    labels: tuple[str, str],
    ax: Axes | None = None,
    *,
    level: float | None = 0.9,
) -> Axes:
    """Density of `first` as in `plot_density` and of `second` as a dashed line, with a legend; returns the axes.

    `level` is that of the band around `first`; None for none.

    Examples
    --------
    >>> facts = {"mean": 44_010, "quantiles": {0.9: 63_820}}
    >>> axes = wf.plots.plot_comparison(wf.fit(**facts), wf.fit(**facts, family="lognormal"), ("curve", "lognormal"))
    >>> [text.get_text() for text in axes.get_legend().get_texts()]
    ['curve', 'lognormal']
    """
    ax = plot_density(first, ax, label=labels[0], level=level)
    wages, density = density_points(second)
    ax.plot(wages, density, color=ACCENT, lw=1.6, ls=(0, (5, 2)), label=labels[1])
    ax.set_ylim(top=max(ax.get_ylim()[1], 1.05 * min(density.max(), greatest_height(second))))
    for text in ax.legend(frameon=False, loc="upper right").get_texts():
        text.set_parse_math(False)
    return ax


def density_points(pay: UncertainDistribution) -> tuple[FloatArray, FloatArray]:
    """Wages from P0.5 to P99.5 and the density there, close enough together to draw."""
    wages = pay.ppf(np.linspace(0.005, 0.995, 800))
    wages = np.unique(np.concatenate([wages, np.linspace(wages[0], wages[-1], 800)]))
    return wages, pay.pdf(wages)


def greatest_height(pay: UncertainDistribution) -> float:
    """The density above which a peak is cut off: a multiple of the median density over the people."""
    return TALLEST * float(np.median(pay.pdf(pay.ppf(np.linspace(0.05, 0.95, 181)))))


def _limit_height(ax: Axes, line: float, band: float, allowed: float) -> None:
    """Ends the axis above line and band, or at what is allowed."""
    highest = 1.05 * max(line, band)
    ax.set_ylim(0, min(highest, allowed) if allowed > 0 else highest)


def _mark_cut(ax: Axes, wages: FloatArray, density: FloatArray) -> None:
    """Says beside a peak that leaves the picture how high it is."""
    peak, top, (left, right) = int(density.argmax()), ax.get_ylim()[1], ax.get_xlim()
    if density[peak] <= SLIGHTLY * top:
        return
    is_left = wages[peak] < (left + right) / 2
    ax.annotate(
        f"cut: {density[peak] / top:.2g} times as high",
        (wages[peak], 0.87),
        xycoords=("data", "axes fraction"),
        xytext=(4 if is_left else -4, 0),
        textcoords="offset points",
        fontsize="small",
        bbox={"facecolor": "white", "alpha": 0.7, "pad": 0.6, "lw": 0},
        ha="left" if is_left else "right",
        va="top",
    )


def _mark_percentiles(ax: Axes, pay: UncertainDistribution, percentiles: tuple[float, ...], color: str) -> None:
    ordered = np.sort(percentiles)
    at = pay.ppf(ordered)
    ax.vlines(at, 0, pay.pdf(at), color=color, lw=0.8)
    mark_along(ax, at, [f"P{100 * p:g}" for p in ordered], tuple(pay.ppf([0.005, 0.995])))


def _mark_mean(ax: Axes, pay: UncertainDistribution) -> None:
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
    ax.set_ylabel("density")
    ax.set_yticks([])
    dress_wages(ax.xaxis, unit, width_of(ax))
    ax.spines[["top", "right", "left"]].set_visible(False)
