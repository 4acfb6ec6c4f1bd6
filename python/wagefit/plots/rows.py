"""Pictures with a row a thing: a name on the left, a drawing, and a figure on the right."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from wagefit.plots.figures import ACCENT, CHARACTER, GUIDE, LINE, font_size, new_axes, room_of, size_of
from wagefit.plots.texts import in_lines, plain
from wagefit.shared.types import Axes

NAMES = 0.40  # part of the room of the axes and their labels that names may take
DRAWN = 0.7  # of the height of the axes and their labels is left for the drawing
SPACING = 1.2  # of lines of one text in matplotlib, over the size of the font
SMALLEST, HIGHEST_FIGURE = 5.5, 16.0  # points of a font; inches
ROW, FRAME = 0.25, 1.0  # inches of a new figure: a row; title, axis and its label


class RowTexts:
    """A formatter of the ticks of rows: each text in as many lines as its row has room for, none over the next.

    Where a row is lower than a line, headings are named and every second or third of the rows below them.
    """

    def __init__(self, ax: Axes, texts: Sequence[str], headings: Collection[int], width: float, size: float) -> None:
        self._ax = ax
        self._texts = texts
        self._headings = sorted(headings)
        self._width = width
        self._size = size

    def __call__(self, value: float, _: float | None = None) -> str:
        """The text of a row."""
        row, (bottom, top) = round(value), self._ax.get_ylim()
        height = size_of(self._ax)[1] / abs(bottom - top)
        every = max(math.ceil(LINE * self._size / height - 0.05), 1)
        if not self._is_named(row, every):
            return ""
        lines = max(int(every * height / (SPACING * self._size)), 1)
        return plain(in_lines(self._texts[row], self._width, self._size, lines))

    def _is_named(self, row: int, every: int) -> bool:
        before = max((heading for heading in self._headings if heading <= row), default=0)
        after = min((heading for heading in self._headings if heading > row), default=len(self._texts) + every)
        is_in_step = (row - before) % every == 0 and after - row >= every
        return 0 <= row < len(self._texts) and (row in self._headings or is_in_step)


def row_axes(n: int) -> Axes:
    """Axes of a new figure that is high enough for n rows."""
    return new_axes(8.0, min(FRAME + ROW * max(n, 3), HIGHEST_FIGURE))


def rows_with_names(ax: Axes) -> int:
    """How many rows can be named in the axes, at the smallest size of the font."""
    return int(DRAWN * room_of(ax)[1] / (LINE * SMALLEST))


def mark_size(ax: Axes, n: int) -> float:
    """Size of a dot, points, that leaves the rows above and below it alone where there are n rows."""
    return min(max(0.7 * DRAWN * room_of(ax)[1] / n, 3.0), 5.5)


def dress_rows(
    ax: Axes,
    names: Sequence[str],
    figures: Sequence[str],
    headings: Collection[int] = (),
    marked: Collection[int] = (),
) -> None:
    """Names left and figures right of rows 0, 1, ... from the top.

    Names in `headings` are bold and have no line across the drawing; names in `marked` are of another color.
    """
    width, height = room_of(ax)
    size = min(max(DRAWN * height / (LINE * len(names)), SMALLEST), font_size())
    ax.set_yticks(range(len(names)))
    ax.yaxis.set_major_formatter(RowTexts(ax, names, headings, NAMES * width, size))
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0, labelsize=size)
    labels = ax.get_yticklabels()
    for row in headings:
        labels[row].set_fontweight("bold")
    for row in marked:
        labels[row].set_color(ACCENT)
    lined = [row for row in range(len(names)) if row not in headings]
    ax.hlines(lined, 0, 1, GUIDE, lw=0.6, zorder=0, transform=ax.get_yaxis_transform())
    ax.spines[["top", "right", "left"]].set_visible(False)
    _write_figures(ax, figures, headings, size)


def _write_figures(ax: Axes, figures: Sequence[str], headings: Collection[int], size: float) -> None:
    """Figures in a column right of the axes, flush right."""
    right = ax.secondary_yaxis("right")
    right.set_ticks(range(len(figures)))
    widest = CHARACTER * size * max(map(len, figures))
    right.yaxis.set_major_formatter(RowTexts(ax, figures, headings, 2 * widest, size))
    right.tick_params(axis="y", length=0, labelsize=size, pad=widest + 5.0)
    for label in right.get_yticklabels():
        label.set_horizontalalignment("right")
    right.spines["right"].set_visible(False)
