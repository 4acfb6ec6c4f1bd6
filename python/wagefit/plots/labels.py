"""Labels beside points of an axis, moved apart at the size at which a figure is drawn, so that none covers another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from wagefit.plots.figures import CHARACTER, LINE, SMALL, font_size, size_of
from wagefit.plots.texts import plain
from wagefit.shared.arguments import FloatArray
from wagefit.shared.types import Axes

OFFSET = 3.0  # of a label from its point, points
BELOW_POINTS = 2.4  # order of drawing: above the curve, below points and their intervals
PADDING = 0.15  # of a row of labels, in heights of the font


def mark_along(ax: Axes, at: Sequence[float], labels: Sequence[str], colors: Sequence[str]) -> None:
    """Writes the labels above the axis at the abscissas `at`, ascending, in as many rows as they need."""

    def offsets() -> list[tuple[float, float]]:
        low, high = ax.get_xlim()
        per_unit, size = size_of(ax)[0] / (high - low), font_size(SMALL)
        starts = [per_unit * (x - low) for x in at]
        rows = rows_of(starts, labels, CHARACTER * size)
        ends = (start + CHARACTER * size * len(label) for start, label in zip(starts, labels, strict=True))
        back = [min(0.0, size_of(ax)[0] - OFFSET - end) for end in ends]
        return [(OFFSET + x, 4.0 + (LINE + PADDING) * size * row) for x, row in zip(back, rows, strict=True)]

    for i, (label, x, color) in enumerate(zip(labels, at, colors, strict=True)):
        ax.annotate(
            label,
            (x, 0),
            xytext=(0, 0),
            textcoords=partial(_moved, ax, (x, 0.0), offsets, i),
            fontsize=SMALL,
            color=color,
            bbox={"facecolor": "white", "alpha": 0.7, "pad": 0.6, "lw": 0},
            zorder=BELOW_POINTS,
        )


def rows_of(starts: Sequence[float], labels: Sequence[str], character: float = 5.4) -> list[int]:
    """The lowest row in which each label, from left to right, touches none before it; in points, as `character`."""
    free: list[float] = []
    rows = []
    for start, label in zip(starts, labels, strict=True):
        row = next((i for i, end in enumerate(free) if end <= start), len(free))
        free[row : row + 1] = [start + character * len(label) + OFFSET]
        rows.append(row)
    return rows


def mark_ends(ax: Axes, at: Sequence[float], labels: Sequence[str], colors: Sequence[str]) -> None:
    """Writes the labels right of the axes at the heights `at`, moved apart, each joined to its height by a line."""

    def offsets() -> list[tuple[float, float]]:
        low, high = ax.get_ylim()
        height, line = size_of(ax)[1], LINE * font_size(SMALL)
        wanted = np.array([height * (y - low) / (high - low) for y in at])
        needed = np.array([line * (1 + label.count("\n")) for label in labels])
        return [(14.0, float(y)) for y in spread(wanted, needed, height) - wanted]

    for i, (label, y, color) in enumerate(zip(labels, at, colors, strict=True)):
        ax.annotate(
            plain(label),
            (1.0, y),
            xycoords=("axes fraction", "data"),
            xytext=(0, 0),
            textcoords=partial(_moved_right, ax, y, offsets, i),
            fontsize=SMALL,
            va="center",
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": color, "lw": 2.0, "shrinkA": 1, "shrinkB": 0, "relpos": (0, 0.5)},
        )


def spread(wanted: FloatArray, needed: FloatArray, height: float) -> FloatArray:
    """Centers of labels near the `wanted` heights, none over another, inside [0, height] where they have the room."""
    order = np.argsort(wanted, kind="stable")
    centers, free = np.empty(len(wanted)), -np.inf
    for i in order:
        centers[i] = max(wanted[i], free + needed[i] / 2, needed[i] / 2)
        free = centers[i] + needed[i] / 2
    free = max(height, float(needed.sum()))
    for i in order[::-1]:
        centers[i] = min(centers[i], free - needed[i] / 2)
        free = centers[i] - needed[i] / 2
    return centers


def _moved(ax: Axes, point: tuple[float, float], offsets: Callable[[], Any], i: int, _: Any) -> Any:
    """From points to pixels, with the i-th of the offsets from a point in the units of the axes as the origin."""
    return _at(ax, ax.transData.transform(point), offsets()[i])


def _moved_right(ax: Axes, y: float, offsets: Callable[[], Any], i: int, _: Any) -> Any:
    """The same from the right edge of the axes."""
    height = ax.transData.transform((ax.get_xlim()[0], y))[1]
    return _at(ax, (ax.get_window_extent().x1, height), offsets()[i])


def _at(ax: Axes, pixel: Any, offset: tuple[float, float]) -> Any:
    from matplotlib.transforms import Affine2D

    scale = float(ax.figure.dpi) / 72.0
    return Affine2D().scale(scale).translate(pixel[0] + scale * offset[0], pixel[1] + scale * offset[1])
