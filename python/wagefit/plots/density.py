"""Densities of wage distributions."""

from __future__ import annotations

import numpy as np

from wagefit.errors import FactError
from wagefit.plots.band import draw_band
from wagefit.plots.figures import ACCENT, INK, SHADE, SMALL, hide_spines, new_axes
from wagefit.plots.labels import mark_along
from wagefit.plots.points import draw_points
from wagefit.plots.texts import label_below, write_source
from wagefit.plots.ticks import space_wages
from wagefit.shared.arguments import FloatArray
from wagefit.shared.protocols import UncertainDistribution
from wagefit.shared.types import Axes
from wagefit.shared.units import in_words

TALLEST = 3.0  # the axis ends there, in heights of the density that half of the people live below
SLIGHTLY = 1.05  # a peak that leaves the picture by less is not worth a word
HEADROOM = 1.25  # height of a comparison, with its legend on top, over that of the lines


def plot_density(
    pay: UncertainDistribution,
    ax: Axes | None = None,
    *,
    label: str | None = None,
    color: str = INK,
    percentiles: tuple[float, ...] = (0.10, 0.25, 0.50, 0.75, 0.90),
    level: float | None = 0.9,
    source: str | None = None,
) -> Axes:
    """Density of `pay` from P0.5 to P99.5, percentiles as points on it and the mean as a line.

    A point is filled where the percentile is published and hollow where it is estimated, with its interval. A spike
    that would dwarf the rest, such as a published percentile beside a gap, is cut off and said to be; the band ends at
    the same height.

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
        Of the intervals, and of the shaded band: at each wage the density lies in it with that probability, given the
        facts. None for no band and no points; there are none either where nothing says how uncertain the distribution
        is.
    source : str, optional
        Where the figures come from; written below the axes.

    Returns
    -------
    matplotlib axes

    Raises
    ------
    FactError
        A percentile or `level` is outside (0, 1).

    Examples
    --------
    >>> axes = wf.plots.plot_density(wf.fit(mean=44_010, quantiles={0.1: 26_550, 0.9: 66_260}), label="technicians")
    >>> axes.get_xlabel()
    'wage, dollars a year; ● published, ○ estimated, with 90 % intervals'
    """
    if not all(0 < p < 1 for p in percentiles):
        raise FactError(f"percentiles is {percentiles}; expected probabilities inside (0, 1)")
    ax = new_axes() if ax is None else ax
    wages, density = density_points(pay)
    band = draw_band(ax, pay, "pdf", wages, level, wages)
    ax.plot(wages, density, color=color, lw=1.8, label=label)
    ax.fill_between(wages, density, color=SHADE, alpha=0.35, lw=0)
    _mark(ax, pay, percentiles, color)
    _dress(ax, pay.unit, draw_points(ax, pay, np.sort(percentiles), level, color))
    _limit_height(ax, density.max(), band, greatest_height(pay))
    _mark_cut(ax, wages, density)
    write_source(ax, source)
    return ax


def plot_comparison(
    first: UncertainDistribution,
    second: UncertainDistribution,
    labels: tuple[str, str],
    ax: Axes | None = None,
    *,
    level: float | None = 0.9,
    source: str | None = None,
) -> Axes:
    """Density of `first` as in `plot_density` and of `second` as a dashed line, with a legend.

    Parameters
    ----------
    first, second : Distribution
        In one unit, which the axis shows.
    labels : (str, str)
        Of both, in the legend.
    ax, level, source
        As in `plot_density`; the band and the points are those of `first`.

    Returns
    -------
    matplotlib axes

    Raises
    ------
    FactError
        `level` is outside (0, 1).

    Examples
    --------
    >>> facts = {"mean": 44_010, "quantiles": {0.9: 63_820}}
    >>> axes = wf.plots.plot_comparison(wf.fit(**facts), wf.fit(**facts, family="lognormal"), ("curve", "lognormal"))
    >>> [text.get_text() for text in axes.get_legend().get_texts()]
    ['curve', 'lognormal']
    """
    ax = plot_density(first, ax, label=labels[0], level=level, source=source)
    wages, density = density_points(second)
    ax.plot(wages, density, color=ACCENT, lw=1.6, ls=(0, (5, 2)), label=labels[1])
    ax.set_ylim(top=HEADROOM * max(ax.get_ylim()[1], 1.05 * min(density.max(), greatest_height(second))))
    for text in ax.legend(frameon=False, loc="upper right", fontsize=SMALL).get_texts():
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
        fontsize=SMALL,
        bbox={"facecolor": "white", "alpha": 0.7, "pad": 0.6, "lw": 0},
        ha="left" if is_left else "right",
        va="top",
    )


def _mark(ax: Axes, pay: UncertainDistribution, percentiles: tuple[float, ...], color: str) -> None:
    """Lines at percentiles and mean, named above the axis."""
    ordered = np.sort(percentiles)
    at, mean = pay.ppf(ordered), pay.mean()
    ax.vlines(at, 0, pay.pdf(at), color=color, lw=0.8)
    ax.axvline(mean, color=ACCENT, lw=1.2, ls=":")
    marks = [(float(x), f"P{100 * p:g}", color) for p, x in zip(ordered, at, strict=True)]
    wages, labels, colors = zip(*sorted([*marks, (float(mean), "mean", ACCENT)]), strict=True)
    mark_along(ax, wages, labels, colors)


def _dress(ax: Axes, unit: str, meaning: str) -> None:
    ax.set_ylabel("density", fontsize=SMALL)
    ax.set_yticks([])
    space_wages(ax.xaxis, unit)
    label_below(ax, f"wage, {in_words(unit)}{meaning}")
    hide_spines(ax, "top", "right", "left")
