"""Ticks of wages and of percentages, with labels only where they have room at the size at which a figure is drawn."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from wagefit.plots.figures import CHARACTER, LINE, SMALL, font_size, room_of, size_of
from wagefit.plots.texts import in_lines, plain
from wagefit.shared.types import Axes
from wagefit.shared.units import in_words, sign_of

GAP = 6.0  # points between labels of ticks
MOST_TICKS = 8


class SpacedTicks:
    """A formatter of the ticks of an axis; a label that would touch its neighbor is left out."""

    def __init__(self, axis: Any, write: Callable[[float], str]) -> None:
        self._axis = axis
        self._write = write

    def __call__(self, value: float, _: float | None = None) -> str:
        """The label of a tick, empty where it has no room."""
        ticks = self._axis.get_majorticklocs()
        step = abs(float(ticks[1] - ticks[0])) if len(ticks) > 1 else math.inf
        if not math.isfinite(step) or not step:
            return self._write(value)
        low, high = sorted(self._axis.get_view_interval())
        spacing = self._length() * step / (high - low)
        every = math.ceil((self._needed([self._write(tick) for tick in ticks]) + GAP) / spacing)
        return self._write(value) if round(value / step) % every == 0 else ""

    def _length(self) -> float:
        width, height = size_of(self._axis.axes)
        return width if self._axis.axis_name == "x" else height

    def _needed(self, labels: list[str]) -> float:
        size = font_size(SMALL)
        return CHARACTER * size * max(map(len, labels)) if self._axis.axis_name == "x" else LINE * size


def space_ticks(axis: Any, write: Callable[[float], str], label: str) -> None:
    """Round ticks along an axis, as many as have room, written by `write` as plain text without formulas."""
    width, height = room_of(axis.axes)
    room = width / (CHARACTER * font_size(SMALL) * len(label) + 2 * GAP) if axis.axis_name == "x" else height / 28.0
    axis.get_major_locator().set_params(nbins=min(max(int(room), 2), MOST_TICKS), steps=[1, 2, 2.5, 5, 10])
    axis.set_major_formatter(SpacedTicks(axis, lambda value: plain(write(value))))
    axis.set_tick_params(labelsize=SMALL)


def space_wages(axis: Any, unit: str) -> None:
    """Round wages along an axis, with the sign of their currency."""
    space_ticks(axis, lambda value: write_wage(value, unit), f"{sign_of(unit)}100,000")


def dress_heights(ax: Axes, unit: str, what: str = "wage") -> None:
    """Wages up the axes, with the unit in words."""
    text = in_lines(f"{what}, {in_words(unit)}", 0.9 * room_of(ax)[1], font_size(SMALL))
    ax.set_ylabel(text, fontsize=SMALL)
    space_wages(ax.yaxis, unit)


def write_wage(value: float, unit: str) -> str:
    """A wage of a tick, such as "$40,000" or "£12.50"."""
    decimals = 0 if float(value).is_integer() else 2
    return f"{'-' if value < 0 else ''}{sign_of(unit)}{abs(value):,.{decimals}f}"


def dress_parts(ax: Axes, *axes: Any) -> None:
    """Parts of a whole along axes, in percent."""
    for axis in axes:
        space_ticks(axis, lambda value: f"{100 * value:.0f} %", "100 %")
    ax.tick_params(labelsize=SMALL)
