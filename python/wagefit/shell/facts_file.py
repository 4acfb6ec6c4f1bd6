"""A published row in a file: a small CSV file of one's own, or a table of an agency."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from wagefit.errors import FactError
from wagefit.oews.titles import title_key
from wagefit.shared.numbers import is_missing
from wagefit.shell.facts_text import cell_of, is_fact
from wagefit.shell.options import parse_unit
from wagefit.tables import layouts
from wagefit.tables.layout import Layout
from wagefit.tables.layout_files import load_layout
from wagefit.tables.printed import read_printed
from wagefit.tables.reading import read_columns

Row = dict[str, Any]

SUGGESTIONS = 5


def read_facts_file(
    file: str, layout: str | None, unit: str | None, occupation: str | None, year: int | None, state: str | None
) -> Row:
    """The row of a file, by the code or title of its occupation and by its state where there are several.

    Without a layout the file is a CSV file whose columns are facts, such as ``title,unit,mean,p10,median,p90``, or a
    table of one of the layouts that come with the package.
    """
    path = Path(file)
    if path.is_dir():
        raise FactError(f"--facts is {file!r}, a folder; expected a file with figures, or figures such as mean=44010")
    if not path.exists():
        raise FactError(f"--facts is {file!r}, and there is no such file; expected one, or figures such as mean=44010")
    rows = _rows(path, layout, unit, year) if layout is not None else _rows_of_any_layout(path, unit, year)
    return _chosen(rows, path.name, occupation, state)


def _rows_of_any_layout(path: Path, unit: str | None, year: int | None) -> list[Row]:
    """The rows of a table of the first layout that it has, or of a file of one's own; FactError where it is none."""
    for layout in layouts():
        if _has_table(path, load_layout(layout)):
            return _rows(path, layout, unit, year)
    rows = _own_rows(path, unit)
    if rows:
        return rows
    raise FactError(
        f"--facts is {path.name!r}, which has no columns of wages that are known; expected columns such as title, "
        f"unit, mean, p10, median, p90, or --layout with one of {', '.join(layouts())} or a file of one's own"
    )


def _has_table(path: Path, layout: Layout) -> bool:
    try:
        read_printed(path, layout, None)
    except FactError:
        return False
    return True


def _own_rows(path: Path, unit: str | None) -> list[Row]:
    """The rows of a CSV file whose columns are facts; none where they are not."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            heads = [head for head in reader.fieldnames or () if head and is_fact(head)]
            return [_own_row(path.name, line, heads, unit) for line in reader] if heads else []
    except (UnicodeDecodeError, csv.Error):
        return []


def _own_row(name: str, line: Mapping[str | None, Any], heads: Sequence[str], unit: str | None) -> Row:
    texts = {str(head).strip().lower(): value for head, value in line.items() if head not in heads}
    row: Row = texts | {"unit": parse_unit(unit or texts.get("unit") or None)}
    for head in heads:
        if not is_missing(line[head]):
            column, cell = cell_of(name, head, line[head].strip(), row["unit"])
            row[column] = cell
    return row


def _rows(path: Path, layout: str, unit: str | None, year: int | None) -> list[Row]:
    """The rows of a table by the names of its columns, with the statistics and the file that they come from."""
    columns = read_columns(path, load_layout(layout), unit=unit, year=year)
    source = ", ".join(filter(None, (layouts().get(layout, ""), path.name)))
    rows = (dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True))
    return [{"source": source, **row} for row in rows]


def _chosen(rows: Sequence[Row], name: str, occupation: str | None, state: str | None) -> Row:
    found = [row for row in rows if _is_named(row, "occupation", occupation) and _is_named(row, "area", state)]
    if len(found) == 1:
        return found[0]
    if found:
        raise FactError(f"{name} has {len(found)} such rows, {_shown(found)}; expected --occupation or --title of one")
    asked = " in ".join(filter(None, (occupation, state)))
    raise FactError(f"{name} has no row of {asked!r}; expected one such as {_shown(_nearest(rows, occupation or ''))}")


def _is_named(row: Row, key: str, wanted: str | None) -> bool:
    """Whether a row has this code or title, in any case, plural or singular; any where none is wanted."""
    names = (str(row.get(each) or "") for each in _columns_of(key))
    return wanted is None or any(name and title_key(name) == title_key(wanted) for name in names)


def _columns_of(key: str) -> tuple[str, ...]:
    return (
        ("occupation", "occupation_title", "title") if key == "occupation" else ("area", "area_title", "place", "state")
    )


def _name(row: Row) -> str:
    texts = (str(row.get(each) or "") for each in (*_columns_of("occupation"), *_columns_of("area")))
    return " ".join(dict.fromkeys(filter(None, texts))) or "without a name"


def _shown(rows: Sequence[Row]) -> str:
    return ", ".join(map(_name, rows[:SUGGESTIONS])) + (", ..." if len(rows) > SUGGESTIONS else "")


def _nearest(rows: Sequence[Row], asked: str) -> list[Row]:
    """The rows whose names have a word of what was asked for, else those that look like it, else the first."""
    words = set(title_key(asked).split())
    alike = [row for row in rows if words & set(title_key(_name(row)).split())]
    by_name = {title_key(_name(row)): row for row in rows}
    return alike or [by_name[name] for name in get_close_matches(title_key(asked), by_name, cutoff=0.4)] or list(rows)
