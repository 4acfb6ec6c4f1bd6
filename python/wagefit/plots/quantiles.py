"""Quantile functions and Lorenz curves of wage distributions."""

from __future__ import annotations

import numpy as np

from wagefit import _core
from wagefit.plots.band import draw_band
from wagefit.plots.figures import INK, MUTED, SMALL, hide_spines, new_axes
from wagefit.plots.texts import label_below, write_source
from wagefit.plots.ticks import dress_heights, dress_parts
from wagefit.shared.protocols import UncertainDistribution
from wagefit.shared.types import Axes

MARKED = (0.01, 0.10, 0.25, 0.50, 0.75, 0.90, 0.99)
ENDS = 2.4  # normal scores: P0.8 and P99.2


def plot_quantiles(
    pay: UncertainDistribution,
    ax: Axes | None = None,
    *,
    label: str | None = None,
    color: str = INK,
    level: float | None = 0.9,
    source: str | None = None,
) -> Axes:
    """Wages over the part of people who earn less, on a normal scale, from P0.8 to P99.2.

    Parameters
    ----------
    pay : Distribution
    ax : matplotlib axes, optional
        A new figure without it.
    label, color : str
        As in matplotlib.
    level : float, optional
        Of the shaded band: each percentile lies in it with that probability, given the facts. None for no band; there
        is none either where nothing says how uncertain the distribution is.
    source : str, optional
        Where the figures come from; written below the axes.

    Returns
    -------
    matplotlib axes

    Raises
    ------
    FactError
        `level` is outside (0, 1).

    Examples
    --------
    >>> axes = wf.plots.plot_quantiles(wf.fit(mean=44_010, quantiles={0.1: 26_550, 0.9: 66_260}))
    >>> axes.get_ylabel()
    'wage, dollars a year'
    """
    ax = new_axes() if ax is None else ax
    scores = np.linspace(-ENDS, ENDS, 401)
    p = _core.normal_cdf(scores)
    draw_band(ax, pay, "ppf", p, level, scores)
    ax.plot(scores, pay.ppf(p), color=color, lw=1.8, label=label)
    ax.set_xticks(_core.normal_quantile(np.array(MARKED)), [f"P{100 * each:g}" for each in MARKED])
    ax.set_xlim(-ENDS, ENDS)
    dress_heights(ax, pay.unit)
    label_below(ax, "percentile of the people, on a normal scale")
    hide_spines(ax, "top", "right")
    write_source(ax, source)
    return ax


def plot_lorenz(
    pay: UncertainDistribution,
    ax: Axes | None = None,
    *,
    label: str | None = None,
    color: str = INK,
    level: float | None = 0.9,
    source: str | None = None,
) -> Axes:
    """Part of all pay that the lowest-paid people earn, over their part of all people, beside equal pay.

    Parameters
    ----------
    pay, ax, label, color, level, source
        As in `plot_quantiles`; the band is that of the Lorenz curve.

    Returns
    -------
    matplotlib axes

    Raises
    ------
    FactError
        `level` is outside (0, 1).

    Examples
    --------
    >>> axes = wf.plots.plot_lorenz(wf.fit(mean=44_010, quantiles={0.1: 26_550, 0.9: 66_260}))
    >>> axes.get_xlabel()
    'lowest-paid part of the people'
    """
    ax = new_axes(5.0, 4.5) if ax is None else ax
    p = np.linspace(0.0, 1.0, 201)
    draw_band(ax, pay, "lorenz", p, level, p)
    ax.plot(p, pay.lorenz(p), color=color, lw=1.8, label=label)
    ax.plot([0, 1], [0, 1], color=MUTED, lw=0.8, ls=":")
    ax.text(0.04, 0.95, f"Gini {pay.gini():.3f}", transform=ax.transAxes, va="top", fontsize=SMALL, color=color)
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    dress_parts(ax, ax.xaxis, ax.yaxis)
    ax.set_ylabel("part of all pay", fontsize=SMALL)
    label_below(ax, "lowest-paid part of the people")
    hide_spines(ax, "top", "right")
    write_source(ax, source)
    return ax
