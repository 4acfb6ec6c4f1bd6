"""What a factor needs of published cells, read from objects, mappings or a table."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

from wagefit.errors import FactError
from wagefit.oews import Cell
from wagefit.shared.frames import columns_of
from wagefit.shared.types import Table

CellRecord: TypeAlias = Cell | Mapping[str, Any]
"""A published cell, or its figures by name."""

Cells: TypeAlias = Sequence[CellRecord] | Table
"""Published cells, one by one or as the rows of a table."""


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
    if isinstance(cells, Sequence):
        return [as_record(cell) for cell in cells]
    columns = columns_of(cells)
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def as_record(cell: CellRecord) -> Mapping[str, Any]:
    """The figures of a cell by name."""
    return cell if isinstance(cell, Mapping) else {each.name: getattr(cell, each.name) for each in fields(cell)}


def known(value: Any) -> float | None:
    """A figure as a number, None where it is missing."""
    return None if value is None or math.isnan(float(value)) else float(value)


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
    title = str(record.get(label or f"{level}_title") or name)
    year = record.get("year")
    return Part(
        level=name, label=title, wage=known(record[figure]), employment=known(record["employment"]),
        wage_rse=known(record.get("mean_rse")) if figure == "mean" else None,
        employment_rse=known(record.get("employment_rse")), year=None if year is None else int(year),
        source=str(record.get("source") or ""), population=f"{record.get('occupation') or ''}, {title}".strip(", "),
    )  # fmt: skip
