"""Labels beside points of an axis, in as many rows as they need so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence

from wagefit.plots.figures import width_of
from wagefit.shared.arguments import FloatArray
from wagefit.shared.types import Axes

SMALL = 8.3  # points: matplotlib's font size "small"
CHARACTER = 0.65 * SMALL  # width of a character, points
ROW = 1.45 * SMALL  # height of a row, points
OFFSET = 3.0  # of a label from its point, points
KEPT = 0.85  # of the width of axes is left when titles and labels have got their room


def mark_along(ax: Axes, at: FloatArray, labels: Sequence[str], ends: tuple[float, float]) -> None:
    """Writes the labels above the axis at the abscissas `at`, ascending; the axis reaches from one end to the other."""
    per_unit = KEPT * width_of(ax) / (ends[1] - ends[0])
    for label, x, row in zip(labels, at, rows_of([per_unit * x for x in at], labels), strict=True):
        ax.annotate(
            label,
            (x, 0),
            xytext=(OFFSET, 4.0 + ROW * row),
            textcoords="offset points",
            fontsize="small",
            bbox={"facecolor": "white", "alpha": 0.7, "pad": 0.6, "lw": 0},
            zorder=3,
        )


def rows_of(starts: Sequence[float], labels: Sequence[str]) -> list[int]:
    """The lowest row in which each label, from left to right, touches none before it; `starts` in points."""
    free: list[float] = []
    rows = []
    for start, label in zip(starts, labels, strict=True):
        row = next((i for i, end in enumerate(free) if end <= start), len(free))
        free[row : row + 1] = [start + CHARACTER * len(label) + OFFSET]
        rows.append(row)
    return rows
