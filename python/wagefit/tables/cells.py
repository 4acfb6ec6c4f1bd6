"""What the cells of a published table say: a number, a bound, or that a figure is not published."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from wagefit.errors import FactError
from wagefit.shared.numbers import is_missing, is_number, read_number
from wagefit.tables.layout import FRACTION, STANDARD_ERROR, Column, Layout

_GROUPED = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f'\u2019](?=\d{3}(?!\d))")  # blanks and apostrophes between thousands
_SWAPPED = str.maketrans(",.", ".,")


class Said(NamedTuple):
    """What one cell says.

    Attributes
    ----------
    value, bound : float or None
        The figure, or the wage that it is at least.
    is_coded, is_suppressed : bool
        Whether a mark stands for a wage at or above a top code, or for a figure that is not published.
    """

    value: float | None = None
    bound: float | None = None
    is_coded: bool = False
    is_suppressed: bool = False


class CellReader:
    """Reads cells as a layout writes them."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._bounds = [
            re.compile(re.escape(mark).replace(r"\{\}", "(.+)")) for mark in layout.top_coded if "{}" in mark
        ]
        self._known: dict[str, Said | None] = {}

    def read(self, cell: Any) -> Said | None:
        """What a cell says; None where it is neither empty nor a number nor a mark of the layout."""
        if not isinstance(cell, str):
            return self._read_number(cell)
        if cell not in self._known:
            self._known[cell] = self._read_text(cell.strip())
        return self._known[cell]

    def _read_number(self, cell: Any) -> Said | None:
        if is_missing(cell):
            return Said()
        return Said(float(cell)) if is_number(cell) else None

    def _read_text(self, text: str) -> Said | None:
        if text in self._layout.suppressed:
            return Said(is_suppressed=True)
        if text in self._layout.top_coded:
            return Said(is_coded=True)
        for mark in self._bounds:
            match = mark.fullmatch(text)
            bound = None if match is None else self._number(match[1])
            if bound is not None:
                return Said(bound=bound, is_coded=True)
        number = self._number(text)
        if number is not None:
            return Said(number)
        return Said() if is_missing(text) else None

    def _number(self, text: str) -> float | None:
        if self._layout.ignored is not None:
            text = self._layout.ignored.sub("", text)
        text = _GROUPED.sub("", text.strip())
        return read_number(text if self._layout.decimal == "." else text.translate(_SWAPPED))

    def read_column(self, name: str, cells: Sequence[Any]) -> list[Said]:
        """What each cell of a column of figures says; FactError naming one that says nothing that is known."""
        said = [self.read(cell) for cell in cells]
        if None in said:
            cell = cells[said.index(None)]
            marks = ", ".join(map(repr, [*sorted(self._layout.suppressed), *self._layout.top_coded])) or "none"
            raise FactError(
                f"{name} has the cell {cell!r}; expected a number, or one of the marks of {self._layout.name}: {marks}"
            )
        return [each for each in said if each is not None]


def read_errors(
    name: str, column: Column, cells: Sequence[Any], figures: Sequence[float | None], reader: CellReader
) -> list[float | None]:
    """Relative standard errors in percent from a column of errors, whatever it states; None where it states none."""
    if column.bands:
        return [_band(name, column, str(cell).strip(), reader) for cell in cells]
    printed = [None if said.value is None else column.times * said.value for said in reader.read_column(name, cells)]
    if column.kind == FRACTION:
        return [None if error is None else 100.0 * error for error in printed]
    if column.kind == STANDARD_ERROR:
        pairs = zip(printed, figures, strict=True)
        return [100.0 * error / figure if error is not None and figure else None for error, figure in pairs]
    return printed


def _band(name: str, column: Column, letter: str, reader: CellReader) -> float | None:
    if letter in column.bands:
        return float(column.bands[letter])
    said = reader.read(letter)
    if said is None or said.value is not None:
        raise FactError(f"{name} has the cell {letter!r}; expected one of the bands {', '.join(column.bands)}")
    return None
