"""Histograms of simulated gains and losses."""

from __future__ import annotations

import numpy as np

from wagefit.plots.figures import ACCENT, GAIN, INK, hide_spines, new_axes
from wagefit.plots.texts import label_below, write_source
from wagefit.plots.ticks import space_wages
from wagefit.shared.arguments import FloatArray
from wagefit.shared.types import Axes


def plot_outcomes(
    values: FloatArray, label: str, ax: Axes | None = None, unit: str = "USD/year", *, source: str | None = None
) -> Axes:
    """Histogram of simulated amounts from P0.5 to P99.5, losses in another color.

    Parameters
    ----------
    values : ndarray, shape (n,)
        Amounts in the currency of `unit`.
    label : str
        What the axis shows.
    ax : matplotlib axes, optional
        A new figure without it.
    unit : str
        Whose currency the amounts are printed in.
    source : str, optional
        Where the figures come from; written below the axes.

    Returns
    -------
    matplotlib axes

    Examples
    --------
    >>> pay = wf.fit(mean=44_010, quantiles={0.1: 26_550, 0.9: 66_260})
    >>> axes = wf.plots.plot_outcomes(pay.rvs(1_000, rng=0), "wages")
    >>> axes.get_xlabel()
    'wages'
    """
    ax = new_axes() if ax is None else ax
    low, high = np.quantile(values, [0.005, 0.995])
    width = (max(high, 1.0) - min(low, 0.0)) / 60  # one edge is 0, so that no bar holds losses and gains
    edges = width * np.arange(np.floor(min(low, 0.0) / width), np.ceil(max(high, 1.0) / width) + 1)
    counts, _ = np.histogram(values, edges)
    colors = [ACCENT if edge < 0 else GAIN for edge in edges[:-1]]
    ax.bar(edges[:-1], counts / len(values), width=np.diff(edges), align="edge", color=colors, lw=0)
    ax.axvline(0.0, color=INK, lw=0.8)
    ax.set_yticks([])
    space_wages(ax.xaxis, unit)
    label_below(ax, label)
    hide_spines(ax, "top", "right", "left")
    write_source(ax, source)
    return ax
