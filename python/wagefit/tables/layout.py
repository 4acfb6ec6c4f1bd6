"""What the columns, marks and units of a published table mean."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from wagefit.shared.fact_names import is_wage
from wagefit.shared.numbers import is_number

NOTES = ("year", "unit", "top_coded", "unavailable")
PERCENT, FRACTION, STANDARD_ERROR = "percent", "fraction", "standard error"


def standard(cell: Any) -> str:
    """A column's name without differences of case and blanks; a number of a workbook as it is written."""
    text = f"{cell:g}" if is_number(cell) else str(cell)
    return " ".join(text.split()).casefold()


class Column(NamedTuple):
    """Where a key or a fact stands, and how it is written.

    Attributes
    ----------
    names : tuple of str
        What the column may be called; the first that is found counts.
    after : str or None
        The column to the left of it, for a name that stands several times.
    times : float
        What the printed number is multiplied by, such as 1000 of a count in thousands.
    kind : {"percent", "fraction", "standard error"}
        Of an error: in percent of the figure, a fraction of it, or in its unit.
    bands : mapping {str: float}
        Of an error that is printed as a letter: the percentage that it stands for.
    """

    names: tuple[str, ...]
    after: str | None = None
    times: float = 1.0
    kind: str = PERCENT
    bands: Mapping[str, float] = MappingProxyType({})

    def find(self, heads: Sequence[str]) -> int | None:
        """Position among the standard names of a header; None where it is not there."""
        start = 0
        if self.after is not None:
            if standard(self.after) not in heads:
                return None
            start = heads.index(standard(self.after)) + 1
        return next((heads.index(name, start) for name in map(standard, self.names) if name in heads[start:]), None)


class UnitRule(NamedTuple):
    """How a table says its unit.

    Attributes
    ----------
    patterns : tuple of (unit, pattern)
        The unit is that of the pattern that is found first. A single unit has a pattern that is found anywhere.
    column : Column or None
        Where to look, row by row. Without it, or where the table has no such column: the name of the file, then the
        sheet's, then the lines above the header.
    """

    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    column: Column | None = None

    def find(self, text: str) -> str | None:
        """The unit that `text` says first; None where it says none."""
        return next(iter(self.find_all(text)), None)

    def find_all(self, text: str) -> list[str]:
        """Every unit that `text` says, in the order in which it does."""
        found = [(match.start(), unit) for unit, pattern in self.patterns if (match := pattern.search(text))]
        return [unit for _, unit in sorted(found, key=lambda pair: pair[0])]


class Layout(NamedTuple):
    """What the columns, marks and units of a published table mean; `docs/other_tables.md` shows how to write one.

    Attributes
    ----------
    name : str
        For messages.
    keys, facts : mapping {str: Column}
        Columns of text, and of figures, by the name that they have in the result.
    unit : UnitRule
    optional : frozenset of str
        Keys and facts whose column a table may lack.
    suppressed : frozenset of str
        Marks of figures that are not published.
    top_coded : tuple of str
        Marks of wages at or above the top code; ``{}`` in one stands for a number that is printed.
    top_codes : tuple of (first year, last year, wage)
        The wages that marks without a number stand for, in the unit of the layout.
    indicator, value : Column or None
        Of a table with a figure a row: what the figure is, and the figure.
    year : pattern or None
        Finds the year in the name of the file, the sheet's, or the lines above the header.
    ignored : pattern or None
        What is taken out of a cell before it is read as a number.
    sheets : tuple of str
        The sheets to read where several hold such a table.
    header_row : int or None
        Number of the header's row, from 1; where it is None, the row with most of the columns.
    encoding : str or None
    delimiter, decimal : str
        Of CSV files, and of numbers written as text.
    """

    name: str
    keys: Mapping[str, Column]
    facts: Mapping[str, Column]
    unit: UnitRule
    optional: frozenset[str] = frozenset()
    suppressed: frozenset[str] = frozenset()
    top_coded: tuple[str, ...] = ()
    top_codes: tuple[tuple[int, int, float], ...] = ()
    indicator: Column | None = None
    value: Column | None = None
    year: re.Pattern[str] | None = None
    ignored: re.Pattern[str] | None = None
    sheets: tuple[str, ...] = ()
    header_row: int | None = None
    encoding: str | None = None
    delimiter: str = ","
    decimal: str = "."

    @property
    def wages(self) -> list[str]:
        """Names of the facts that are wages."""
        return [name for name in self.facts if is_wage(name)]

    def positions(self, header: Sequence[Any]) -> dict[str, int]:
        """Where each key and fact stands below `header`; those that the table does not have are left out."""
        heads = [standard(cell) for cell in header]
        columns: dict[str, Column | None] = {**self.keys, "unit": self.unit.column}
        columns |= self.facts if self.indicator is None else {"indicator": self.indicator, "value": self.value}
        places = {name: column.find(heads) for name, column in columns.items() if column is not None}
        return {name: place for name, place in places.items() if place is not None}

    def missing(self, found: Container[str]) -> dict[str, str]:
        """Keys and facts that a table must have and that are not among `found`, with what their column is called."""
        needed = {name: column for name, column in {**self.keys, **self.facts}.items() if name not in self.optional}
        return {name: column.names[0] for name, column in needed.items() if name not in found}

    def is_header(self, positions: Mapping[str, int]) -> bool:
        """Whether a row that has columns at `positions` can head the table."""
        needed = {"indicator", "value"} if self.indicator is not None else set()
        return len(positions) > 1 and needed <= positions.keys() and bool(needed or set(self.wages) & positions.keys())

    def top_code(self, year: int | None) -> float | None:
        """The wage that a mark without a number stands for in a table of `year`; None where it is not known."""
        within = (wage for first, last, wage in self.top_codes if year is None or first <= year <= last)
        return next(within, None) if year is not None or len(self.top_codes) == 1 else None
