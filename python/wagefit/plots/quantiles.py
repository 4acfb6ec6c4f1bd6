"""Quantile functions and Lorenz curves of wage distributions."""

from __future__ import annotations

import numpy as np

from wagefit import _core
from wagefit.plots.band import draw_band
from wagefit.plots.figures import INK, dress_wages, new_axes, width_of
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

    Returns
    -------
    matplotlib axes

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
    ax.set_xticks(_core.normal_quantile(np.array(MARKED)), [f"P{100 * each:g}" for each in MARKED], fontsize="small")
    ax.set_xlim(-ENDS, ENDS)
    dress_wages(ax.yaxis, pay.unit, width_of(ax))
    ax.spines[["top", "right"]].set_visible(False)
    return ax


def plot_lorenz(
    pay: UncertainDistribution,
    ax: Axes | None = None,
    *,
    label: str | None = None,
    color: str = INK,
    level: float | None = 0.9,
) -> Axes:
    """Part of all pay that the lowest-paid people earn, over their part of all people, beside equal pay.

    Parameters
    ----------
    pay, ax, label, color, level
        As in `plot_quantiles`; the band is that of the Lorenz curve.

    Returns
    -------
    matplotlib axes

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
    ax.plot([0, 1], [0, 1], color=color, lw=0.8, ls=":")
    ax.set_xlabel("lowest-paid part of the people")
    ax.set_ylabel("part of all pay")
    ax.locator_params(nbins=4)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(lambda value, _: f"{100 * value:.0f} %")
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    ax.spines[["top", "right"]].set_visible(False)
    return ax
