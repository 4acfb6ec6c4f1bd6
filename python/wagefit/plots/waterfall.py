"""Bars that lead from one amount of pay to another."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import numpy as np

from wagefit.errors import FactError
from wagefit.plots.figures import ACCENT, GAIN, INK, new_axes
from wagefit.shared.arguments import FloatArray
from wagefit.shared.text import dollars
from wagefit.shared.types import Axes
from wagefit.shared.units import in_words, sign_of


def plot_waterfall(
    start: tuple[str, float],
    steps: Sequence[tuple[str, float]],
    end: tuple[str, float],
    ax: Axes | None = None,
    unit: str = "USD/year",
) -> Axes:
    """Bars that lead from one amount to another, step by step.

    Parameters
    ----------
    start, end : (str, float)
        Label and amount of the first and the last bar, both drawn from the axis.
    steps : sequence of (str, float)
        Label and amount of what is added in between; ``start + sum(steps) = end`` to the dollar, FactError otherwise.
    ax : matplotlib axes, optional
        A new figure without it.
    unit : str
        Unit of the amounts.

    Returns
    -------
    matplotlib axes

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
    ax = new_axes() if ax is None else ax
    # Two dollar signs would be the ends of a formula to matplotlib.
    labels = ["\n".join(textwrap.wrap(label, 30)).replace("$", r"\$") for label, _ in (start, *steps, end)]
    lefts = np.concatenate([[0.0], start[1] + np.cumsum(amounts) - amounts, [0.0]])
    widths = np.concatenate([[start[1]], amounts, [end[1]]])
    colors = [INK, *(GAIN if amount >= 0 else ACCENT for amount in amounts), INK]
    ax.barh(labels, widths, left=lefts, color=colors, height=0.62)
    ax.invert_yaxis()
    _write_amounts(ax, lefts + np.maximum(widths, 0.0), widths, unit)
    _dress_waterfall(ax, lefts, widths, unit)
    return ax


def _write_amounts(ax: Axes, ends: FloatArray, widths: FloatArray, unit: str) -> None:
    last = len(widths) - 1
    for row, (at, amount) in enumerate(zip(ends, widths, strict=True)):
        plus = "+" if amount >= 0 and row not in (0, last) else ""
        text = plus + dollars(amount, unit)
        ax.annotate(text, (at, row), xytext=(4, 0), textcoords="offset points", va="center", fontsize="small")


def _dress_waterfall(ax: Axes, lefts: FloatArray, widths: FloatArray, unit: str) -> None:
    highest = (lefts + np.maximum(widths, 0.0)).max()
    ax.set_xlim(0, 1.12 * highest)
    ax.set_xlabel(f"mean pay, {in_words(unit)}")
    ax.locator_params(axis="x", nbins=5)
    ax.xaxis.set_major_formatter(lambda value, _: f"{sign_of(unit)}{value:,.0f}")
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.tick_params(axis="y", length=0)
