"""The rows of a file of one's own, whose columns are figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wagefit.errors import FactError
from wagefit.oews.typed_lists import read_list
from wagefit.shared.frames import require_distinct
from wagefit.shared.numbers import is_missing, is_number
from wagefit.shell.facts_text import Row, cell_of, column_of, is_fact, stated_unit
from wagefit.tables.row_names import RELEASE, text_of

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def read_own_rows(path: Path, unit: str | None, year: int | None) -> list[Row]:
    """The rows of a list whose columns are facts, those of a year if one is wanted; none where they are no facts."""
    rows = [row for row in read_list(path, "list of figures") if any(_text(cell) for cell in row)]
    header = list(map(_text, rows[0])) if rows else []
    if not any(map(is_fact, header)):
        return []
    columns = [column_of(head) for head in header]
    _require_one_column_each(path.name, header, columns)
    if len(rows) == 1:
        raise FactError(f"{path.name} has no rows below its header; expected a row of figures")
    own = [_own_row(path.name, header, columns, row, unit) for row in rows[1:]]
    return own if year is None else _of_year(own, path.name, year)


def year_of(row: Row) -> int | None:
    """The year that a row states, None where it states none."""
    match = _YEAR.search(text_of(row, *reversed(RELEASE)))
    return None if match is None else int(match[0])


def _text(cell: Any) -> str:
    """A cell as it would be typed; a number of a workbook without the point of a whole one."""
    if is_missing(cell):
        return ""
    return f"{cell:.15g}" if is_number(cell) else str(cell).strip()


def _require_one_column_each(name: str, header: Sequence[str], columns: Sequence[str]) -> None:
    """FactError where two columns hold one figure, or have one name."""
    first: dict[str, str] = {}
    for head, column in zip(header, columns, strict=True):
        if column in first and is_fact(head):
            both = f"{first[column]!r} and {head!r}"
            raise FactError(f"{name} has the columns {both}, which are one figure; expected one of them")
        first.setdefault(column, head)
    require_distinct([column for column in columns if column])


def _own_row(name: str, header: Sequence[str], columns: Sequence[str], cells: Sequence[Any], unit: str | None) -> Row:
    texts = list(map(_text, cells))
    if any(texts[len(header) :]):
        shown = ", ".join(texts[:3])
        raise FactError(
            f"{name} has a row of {len(texts)} cells, {shown}, ..., below a header of {len(header)}; expected as many, "
            "and quotes around numbers with commas"
        )
    printed = list(zip(header, columns, [*texts, *[""] * len(header)], strict=False))
    row: Row = {column: text for head, column, text in printed if column and not is_fact(head)}
    stated = stated_unit(name, row.pop("unit", None), unit)
    for head, _, text in printed:
        if text and is_fact(head):
            column, cell = cell_of(name, head, text, stated or "USD/year")
            row[column] = cell
    return row if stated is None else row | {"unit": stated}


def _of_year(rows: Sequence[Row], name: str, year: int) -> list[Row]:
    """The rows of that year; where no row states one, all rows are of it."""
    stated = {known for row in rows if (known := year_of(row)) is not None}
    if not stated:
        return [row | {"year": str(year)} for row in rows]
    if year not in stated:
        raise FactError(f"--year is {year} and {name} has rows of {', '.join(map(str, sorted(stated)))}; expected one")
    return [row for row in rows if year_of(row) == year]
