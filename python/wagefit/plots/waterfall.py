"""Bars that lead from one amount of pay to another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wagefit.errors import FactError
from wagefit.plots.figures import ACCENT, GAIN, INK, MUTED
from wagefit.plots.rows import dress_rows, row_axes
from wagefit.plots.texts import label_below, write_source
from wagefit.plots.ticks import space_wages
from wagefit.shared.arguments import FloatArray
from wagefit.shared.numbers import add_up
from wagefit.shared.text import decimals_of, dollars
from wagefit.shared.types import Axes
from wagefit.shared.units import in_words


def plot_waterfall(
    start: tuple[str, float],
    steps: Sequence[tuple[str, float]],
    end: tuple[str, float],
    ax: Axes | None = None,
    unit: str = "USD/year",
    *,
    source: str | None = None,
) -> Axes:
    """Bars that lead from one amount to another, step by step; the printed amounts add up as they are printed.

    Parameters
    ----------
    start, end : (str, float)
        Label and amount of the first and the last bar, both drawn from the axis.
    steps : sequence of (str, float)
        Label and amount of what is added in between; ``start + sum(steps) = end`` to the dollar, FactError otherwise.
    ax : matplotlib axes, optional
        A new figure without it, high enough for the bars.
    unit : str
        Unit of the amounts.
    source : str, optional
        Where the figures come from; written below the axes.

    Returns
    -------
    matplotlib axes

    Notes
    -----
    Amounts are printed in whole dollars (cents of an hour), each within one of its value, by largest remainders.

    Examples
    --------
    >>> steps = [("experience", 5_000), ("state", -1_000)]
    >>> axes = wf.plots.plot_waterfall(("everyone", 44_010), steps, ("person", 48_010))
    >>> len(axes.patches)
    4
    """
    amounts = np.array([amount for _, amount in steps], dtype=float)
    if abs((reached := start[1] + amounts.sum()) - end[1]) > 0.5:
        raise FactError(f"the steps lead from {start[1]:,.0f} to {reached:,.0f}; expected {end[1]:,.0f}")
    ax = row_axes(len(steps) + 2) if ax is None else ax
    lefts = np.concatenate([[0.0], start[1] + np.cumsum(amounts) - amounts, [0.0]])
    widths = np.concatenate([[start[1]], amounts, [end[1]]])
    colors = [INK, *(GAIN if amount >= 0 else ACCENT for amount in amounts), INK]
    ax.barh(range(len(widths)), widths, left=lefts, color=colors, height=0.62)
    _join(ax, lefts, widths)
    ax.set_xlim(0, 1.04 * (lefts + np.maximum(widths, 0.0)).max())
    space_wages(ax.xaxis, unit)
    dress_rows(ax, [label for label, _ in (start, *steps, end)], _printed(widths, unit))
    label_below(ax, f"mean pay, {in_words(unit)}", 0.6)
    write_source(ax, source)
    return ax


def _printed(amounts: FloatArray, unit: str) -> list[str]:
    """The amounts as they are printed, so that all but the last add up to the last."""
    whole = 10 ** decimals_of(unit)
    *parts, end = (whole * amounts).tolist()
    parts[-1] += end - sum(parts)  # less than half a dollar
    first, *between = (dollars(part / whole, unit) for part in add_up(parts, end))
    signed = [text if text.startswith("-") else f"+{text}" for text in between]
    return [first, *signed, dollars(round(end) / whole, unit)]


def _join(ax: Axes, lefts: FloatArray, widths: FloatArray) -> None:
    """Lines from the end of each bar to the next."""
    ends = lefts[:-1] + widths[:-1]
    ax.vlines(ends, np.arange(len(ends)) + 0.31, np.arange(len(ends)) + 0.69, color=MUTED, lw=0.7)
