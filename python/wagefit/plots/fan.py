"""Careers year by year: pay as a fan, and the roles that people are in as bands."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wagefit.errors import FactError
from wagefit.plots.figures import ACCENT, INK, SHADE, SMALL, font_size, hide_spines, new_axes, room_of
from wagefit.plots.labels import mark_ends
from wagefit.plots.texts import in_lines, write_source
from wagefit.plots.ticks import dress_heights, dress_parts
from wagefit.shared.arguments import FloatArray
from wagefit.shared.types import Axes

# Neighbors differ in darkness, which every eye and every printer shows.
BANDS = ("#9db8d2", "#2b5a86", "#e0a458", "#8a2f1d", "#cfd6dd", "#4f86b5", "#f0d9b5", "#5b6b7b")
ENDS = ("P10", "P25", "median", "P75", "P90")
YEARS = "years from the start"


def plot_fan(
    percentiles: FloatArray,
    mean: FloatArray,
    ax: Axes | None = None,
    *,
    unit: str = "USD/year",
    what: str = "pay",
    source: str | None = None,
) -> Axes:
    """Pay year by year as a fan: from P10 to P90, darker from P25 to P75, the median and the mean as lines.

    Parameters
    ----------
    percentiles : ndarray, shape (years, 5)
        P10, P25, median, P75 and P90 of pay in each year; NaN in years without.
    mean : ndarray, shape (years,)
    ax : matplotlib axes, optional
        A new figure without it.
    unit : str
        Unit of the pay.
    what : str
        What the axis shows, such as ``"real pay of those at work"``.
    source : str, optional
        Where the figures come from; written below the axes.

    Returns
    -------
    matplotlib axes

    Raises
    ------
    FactError
        The shapes do not fit, or no year has pay.

    Examples
    --------
    >>> outcome = wf.Career.health_information().simulate(years=10, n=2_000, rng=1)
    >>> axes = wf.plots.plot_fan(outcome.percentiles(), outcome.mean)
    >>> axes.get_ylabel()
    'pay, dollars a year'
    """
    table, means = np.asarray(percentiles, dtype=float), np.asarray(mean, dtype=float)
    if table.shape != (len(means), 5):
        raise FactError(f"percentiles has shape {table.shape}; expected ({len(means)}, 5), a row a year of mean")
    paid = np.flatnonzero(np.isfinite(table).all(axis=1))
    if not len(paid):
        raise FactError("percentiles is NaN in every year; expected pay in some year")
    ax = new_axes() if ax is None else ax
    years, (p10, p25, p50, p75, p90) = np.arange(len(means)), table.T
    ax.fill_between(years, p10, p90, color=SHADE, alpha=0.45, lw=0)
    ax.fill_between(years, p25, p75, color=SHADE, lw=0)
    ax.plot(years, p50, color=INK, lw=1.8)
    ax.plot(years, means, color=ACCENT, lw=1.4, ls=":")
    ax.set_ylim(0, 1.05 * max(np.nanmax(p90), np.nanmax(means)))
    dress_heights(ax, unit, what)
    _dress_years(ax, len(means))
    ends = [*table[paid[-1]].tolist(), float(means[paid[-1]])]
    mark_ends(ax, ends, [*ENDS, "mean"], [SHADE, SHADE, INK, SHADE, SHADE, ACCENT])
    write_source(ax, source)
    return ax


def plot_roles(shares: FloatArray, names: Sequence[str], ax: Axes | None = None, *, source: str | None = None) -> Axes:
    """Part of the people in each role year by year, as bands.

    Parameters
    ----------
    shares : ndarray, shape (years, roles)
        Adding up to 1 in each year.
    names : sequence of str
        Of the roles.
    ax : matplotlib axes, optional
        A new figure without it.
    source : str, optional
        Where the figures come from; written below the axes.

    Returns
    -------
    matplotlib axes

    Raises
    ------
    FactError
        There is another number of names than of roles.

    Examples
    --------
    >>> axes = wf.plots.plot_roles(np.array([[1.0, 0.0], [0.8, 0.2], [0.7, 0.3]]), ["nurse", "head nurse"])
    >>> axes.get_ylabel()
    'part of the people'
    """
    parts = np.asarray(shares, dtype=float)
    if parts.ndim != 2 or parts.shape[1] != len(names):
        raise FactError(f"shares has shape {parts.shape}; expected (years, {len(names)}), a column a name")
    ax = new_axes() if ax is None else ax
    colors = [BANDS[i % len(BANDS)] for i in range(len(names))]
    ax.stackplot(np.arange(len(parts)), parts.T, colors=colors, lw=0)
    ax.set_ylim(0, 1)
    dress_parts(ax, ax.yaxis)
    ax.set_ylabel("part of the people", fontsize=SMALL)
    _dress_years(ax, len(parts))
    middles = np.cumsum(parts[-1]) - parts[-1] / 2
    size, width = font_size(SMALL), 0.28 * room_of(ax)[0]
    mark_ends(ax, middles.tolist(), [in_lines(name, width, size, 3) for name in names], colors)
    write_source(ax, source)
    return ax


def _dress_years(ax: Axes, n: int) -> None:
    ax.set_xlim(0, max(n - 1, 1))
    ax.set_xlabel(YEARS, fontsize=SMALL)
    ax.locator_params(axis="x", integer=True, nbins=6)
    hide_spines(ax, "top", "right")
