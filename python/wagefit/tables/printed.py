"""The part of a published file that is its table, column by column."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from wagefit.errors import FactError
from wagefit.oews.layouts import parse_text
from wagefit.oews.workbook import Form, PrintedTable, Rows, read_tables
from wagefit.shared.fact_names import fact_of
from wagefit.tables.cells import CellReader, Said
from wagefit.tables.layout import Layout, standard

LOWEST_HEADER = 60  # rows within which a header stands


class Printed(NamedTuple):
    """The rows of a table below its header.

    Attributes
    ----------
    name, context : str
        The file; its name, the sheet's and the lines above the header, where year and unit are found.
    columns : mapping {str: sequence}
        The printed cells of each key and fact, and of ``"unit"``, that the table has.
    n_rows : int
    """

    name: str
    context: str
    columns: Mapping[str, Sequence[Any]]
    n_rows: int


def read_printed(path: Path, layout: Layout, sheet: str | None) -> Printed:
    """The one table of that layout in a file; FactError where there is none, or several to choose from."""
    form = Form(lambda rows: _header(rows, layout) is not None, layout.encoding, layout.delimiter, layout.suppressed)
    tables = [table for table in read_tables(path, form) if form.is_table(table.rows)]
    if not tables:
        expected = ", ".join(column.names[0] for column in (*layout.keys.values(), *layout.facts.values()))
        if layout.indicator is not None and layout.value is not None:
            expected = f"{layout.indicator.names[0]}, {layout.value.names[0]}"
        raise FactError(f"{path.name} has no table of the layout {layout.name}; expected columns such as {expected}")
    table = _chosen(tables, layout, sheet, path.name)
    below = _below_header(table, layout)
    return below if layout.indicator is None else _spread(below, layout)


def _chosen(tables: Sequence[PrintedTable], layout: Layout, sheet: str | None, name: str) -> PrintedTable:
    wanted = (sheet,) if sheet is not None else layout.sheets
    named = [
        table for table in tables for each in wanted if standard(each) in (standard(table.sheet), standard(table.name))
    ]
    found = named or ([] if sheet is not None else list(tables))
    if len(found) == 1:
        return found[0]
    held = ", ".join(repr(table.sheet or table.name) for table in tables)
    if sheet is not None:
        raise FactError(f"sheet is {sheet!r}; expected one of {held}, which {name} holds")
    raise FactError(f"{name} holds several tables: {held}; expected sheet=, one of them")


def _header(rows: Rows, layout: Layout) -> int | None:
    """Number of the row that heads the table, from 0: the one with most of the layout's columns."""
    numbers = range(min(len(rows), LOWEST_HEADER)) if layout.header_row is None else (layout.header_row - 1,)
    found = {i: layout.positions(rows[i]) for i in numbers if i < len(rows)}
    heads = [i for i, positions in found.items() if layout.is_header(positions)]
    return max(heads, key=lambda i: len(found[i])) if heads else None


def _below_header(table: PrintedTable, layout: Layout) -> Printed:
    head = _header(table.rows, layout)
    assert head is not None
    header = table.rows[head]
    positions = layout.positions(header)
    if layout.indicator is None:
        _require(positions, layout, table.name)
    reader = CellReader(layout)
    rows = [
        _as_wide(row, header, table.name) for row in table.rows[head + 1 :] if _is_row(row, positions, reader, layout)
    ]
    if not rows:
        raise FactError(f"{table.name} has no figures below its header; expected rows of them")
    titles = [str(cell) for row in table.rows[:head] for cell in row if str(cell).strip()]
    context = "\n".join([Path(table.name).name, table.sheet, *titles])
    columns = {name: [row[place] for row in rows] for name, place in positions.items()}
    return Printed(table.name, context, columns, len(rows))


def _require(found: Container[str], layout: Layout, name: str) -> None:
    """FactError unless the columns that a table must have are among those `found`."""
    missing = layout.missing(found)
    if missing:
        shown = ", ".join(f"{column!r} ({fact})" for fact, column in missing.items())
        raise FactError(f"{name} lacks the column {shown}; expected it, or {next(iter(missing))!r} among the optional")


def _is_row(row: Sequence[Any], positions: Mapping[str, int], reader: CellReader, layout: Layout) -> bool:
    """Whether a row is one of the table, not a remark.

    It prints a figure or a mark, or all of several keys, or something in half of the columns of figures.
    """
    cells = {name: row[place] for name, place in positions.items() if place < len(row)}
    printed = {name: cell for name, cell in cells.items() if str(cell).strip()}
    figures = [name for name in positions if fact_of(name) is not None or name == "value"]
    said = [reader.read(printed[name]) for name in figures if name in printed]
    if any(each is not None and each != Said() for each in said) or 2 * len(said) >= max(len(figures), 2):
        return True
    keys = [name for name in layout.keys if name in positions]
    return len(keys) > 1 and all(name in printed for name in keys)


def _as_wide(row: Sequence[Any], header: Sequence[Any], name: str) -> Sequence[Any]:
    """A row of as many cells as the header; FactError where it prints more of them, or ends before its time."""
    if len(row) < len(header) or any(str(cell).strip() for cell in row[len(header) :]):
        raise FactError(
            f"{name} has a row of {len(row)} cells, {', '.join(map(str, row[:3]))}, ..., below a header of "
            f"{len(header)}; expected as many, and quotes around numbers with commas"
        )
    return row[: len(header)]


def _spread(printed: Printed, layout: Layout) -> Printed:
    """A row for each combination of keys, from a table with a figure a row; other indicators are left out."""
    facts = {standard(name): fact for fact, column in layout.facts.items() for name in column.names}
    keys = [name for name in printed.columns if name not in ("indicator", "value")]
    texts = [parse_text(printed.columns[name]) for name in keys]
    figures: dict[tuple[str, ...], dict[str, Any]] = {}
    indicators = map(standard, parse_text(printed.columns["indicator"]))
    for *key, indicator, value in zip(*texts, indicators, printed.columns["value"], strict=True):
        if indicator not in facts:
            continue
        row = figures.setdefault(tuple(key), {})
        if facts[indicator] in row:
            raise FactError(f"{printed.name} has {indicator} of {', '.join(key)} twice; expected it once")
        row[facts[indicator]] = value
    _require({*keys, *chain.from_iterable(figures.values())}, layout, printed.name)
    columns: dict[str, Sequence[Any]] = {name: [key[i] for key in figures] for i, name in enumerate(keys)}
    columns |= {fact: [row.get(fact, "") for row in figures.values()] for fact in layout.facts}
    return Printed(printed.name, printed.context, columns, len(figures))
