"""What a factor needs of published cells, read from objects, mappings or a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from wagefit.errors import FactError
from wagefit.oews import Cell, PublishedRow
from wagefit.oews.row_facts import columns_of_row
from wagefit.shared.arguments import as_number
from wagefit.shared.frames import columns_of
from wagefit.shared.numbers import is_missing
from wagefit.shared.types import Table

CellRecord: TypeAlias = PublishedRow
"""A published row: a cell, or figures by name in a mapping, pandas Series or named tuple."""

Cells: TypeAlias = Sequence[CellRecord] | CellRecord | Table
"""Published rows, one by one or as those of a table; or one row alone."""


@dataclass(frozen=True)
class Part:
    """What is needed of a cell."""

    level: str
    label: str
    wage: float | None
    employment: float | None
    wage_rse: float | None
    employment_rse: float | None
    year: int | None
    source: str
    population: str


def as_records(cells: Cells) -> list[Mapping[str, Any]]:
    """The figures of each cell by name."""
    if isinstance(cells, Sequence) and not hasattr(cells, "_asdict"):
        return [as_record(cell) for cell in cells]
    if getattr(cells, "ndim", 1) == 1 and not hasattr(cells, "column_names"):
        return [as_record(cells)]
    columns = columns_of(cells)
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def as_record(cell: Any) -> Mapping[str, Any]:
    """The figures of a row by name; FactError where it is none."""
    return vars(cell) if isinstance(cell, Cell) else columns_of_row(cell)


def known(value: Any, name: str = "a figure") -> float | None:
    """A figure as a number, None where it is missing."""
    return None if is_missing(value) else as_number(name, value)


def read_parts(cells: Cells, level: str, label: str | None, figure: str) -> list[Part]:
    """What is needed of each cell; FactError unless there is at least one and no `level` occurs twice."""
    parts = [read_part(record, level, label, figure) for record in as_records(cells)]
    if not parts:
        raise FactError("cells is empty; expected at least one cell")
    names = [part.level for part in parts]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise FactError(f"cells has {level} {twice!r} more than once; expected one cell a level")
    return parts


def read_part(record: Mapping[str, Any], level: str, label: str | None, figure: str) -> Part:
    """What is needed of one cell; FactError naming the column that it lacks."""
    for needed in (level, figure, "employment"):
        if needed not in record:
            raise FactError(f"cells have no {needed!r}; expected one of {', '.join(record)}")
    name = str(record[level])
    title = _text(record, label or f"{level}_title") or name
    year = known(record.get("year"), "year")
    figures = {each: known(record.get(each), f"{each} of cell {name!r}") for each in ("employment", "employment_rse")}
    rse = known(record.get("mean_rse"), f"mean_rse of cell {name!r}") if figure == "mean" else None
    return Part(
        level=name, label=title, wage=known(record[figure], f"{figure} of cell {name!r}"),
        employment=figures["employment"], wage_rse=rse, employment_rse=figures["employment_rse"],
        year=None if year is None else int(year), source=_text(record, "source"),
        population=f"{_text(record, 'occupation')}, {title}".strip(", "),
    )  # fmt: skip


def _text(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    return str(value) if isinstance(value, str) or not is_missing(value) else ""
