"""Many wage distributions below one another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from wagefit.errors import FactError
from wagefit.plots.figures import GAIN, INK, SHADE
from wagefit.plots.rows import dress_rows, mark_size, row_axes
from wagefit.plots.texts import label_below, write_source
from wagefit.plots.ticks import space_wages
from wagefit.shared.text import dollars
from wagefit.shared.types import Axes
from wagefit.shared.units import in_words

RUNGS = (0.10, 0.25, 0.50, 0.75, 0.90)


class ManyWages(Protocol):
    """Distributions of wages in `unit`, one a row."""

    def __len__(self) -> int:
        """How many they are."""

    @property
    def unit(self) -> str:
        """Unit of the wages."""

    def ppf(self, p: Any) -> Any:
        """Wages at k probabilities, shape (n, k); NaN in a row without a distribution."""


def plot_ladder(cells: ManyWages, labels: Sequence[str], ax: Axes | None = None, *, source: str | None = None) -> Axes:
    """Wages of many cells, a row a cell, by descending median: a line from P10 to P90, broad from P25 to P75.

    The median is a dot, and printed on the right. Cells without a distribution are left out, and said to be.

    Parameters
    ----------
    cells : Ensemble, MixtureEnsemble or RowEnsemble
    labels : sequence of str, shape (n,)
        Name of each cell.
    ax : matplotlib axes, optional
        A new figure without it, high enough for the rows.
    source : str, optional
        Where the figures come from; written below the axes.

    Returns
    -------
    matplotlib axes

    Raises
    ------
    FactError
        There is another number of labels, or no cell has a distribution.

    Examples
    --------
    >>> cells = wf.fit_many(mean=[44_010, 46_590], quantiles={0.1: [26_550, 27_820], 0.9: [66_260, 71_150]})
    >>> axes = wf.plots.plot_ladder(cells, ["2018", "2020"])
    >>> [label.get_text() for label in axes.get_yticklabels()]
    ['2020', '2018']
    """
    if len(labels) != len(cells):
        raise FactError(f"labels has {len(labels)} names; expected {len(cells)}, one a cell")
    wages = np.asarray(cells.ppf(np.array(RUNGS)))
    shown = np.flatnonzero(np.isfinite(wages).all(axis=1))
    if not len(shown):
        raise FactError("no cell has a distribution; expected at least one")
    order = shown[np.argsort(-wages[shown, 2], kind="stable")]
    ax = row_axes(len(order)) if ax is None else ax
    p10, p25, p50, p75, p90 = wages[order].T
    rows, size = np.arange(len(order)), mark_size(ax, len(order))
    ax.hlines(rows, p10, p90, color=SHADE, lw=0.3 * size)
    ax.hlines(rows, p25, p75, color=GAIN, lw=0.8 * size)
    ax.plot(p50, rows, "o", color=INK, ms=0.8 * size, mec="white", mew=0.6)
    space_wages(ax.xaxis, cells.unit)
    dress_rows(ax, [str(labels[i]) for i in order], [dollars(wage, cells.unit) for wage in p50])
    left_out = "" if len(order) == len(cells) else f"; {len(cells) - len(order):,} without a distribution left out"
    meaning = f"P10 to P90 (line), P25 to P75 (bar), median (dot){left_out}"
    label_below(ax, f"wage, {in_words(cells.unit)}: {meaning}", 0.6)
    write_source(ax, source)
    return ax
