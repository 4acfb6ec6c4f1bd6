"""A published row in a file: a small CSV file of one's own, or a table of an agency."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from wagefit.errors import FactError
from wagefit.oews.titles import title_key
from wagefit.shell.facts_text import Row, with_unit
from wagefit.shell.options import named_as_options
from wagefit.shell.own_rows import read_own_rows, year_of
from wagefit.tables import layouts
from wagefit.tables.layout import Layout
from wagefit.tables.layout_files import load_layout
from wagefit.tables.printed import read_printed
from wagefit.tables.reading import read_columns

SUGGESTIONS = 5


def read_facts_file(
    file: str, layout: str | None, unit: str | None, occupation: str | None, year: int | None, state: str | None
) -> Row:
    """The row of a file, by the code or title of its occupation and by its state where there are several.

    Without a layout the file is a list whose columns are facts, such as ``title,unit,mean,p10,median,p90``, or a
    table of one of the layouts that come with the package.
    """
    path = Path(file)
    if path.is_dir():
        raise FactError(f"--facts is {file!r}, a folder; expected a file with figures, or figures such as mean=44010")
    if not path.exists():
        raise FactError(f"--facts is {file!r}, and there is no such file; expected one, or figures such as mean=44010")
    rows = _rows(path, layout, unit, year) if layout is not None else _rows_of_any_layout(path, unit, year)
    return with_unit(_chosen(rows, path.name, occupation, state))


def _rows_of_any_layout(path: Path, unit: str | None, year: int | None) -> list[Row]:
    """The rows of a table of the first layout that it has, or of a file of one's own; FactError where it is none."""
    for layout in layouts():
        if _has_table(path, load_layout(layout)):
            return _rows(path, layout, unit, year)
    rows = read_own_rows(path, unit, year)
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


def _rows(path: Path, layout: str, unit: str | None, year: int | None) -> list[Row]:
    """The rows of a table by the names of its columns, with the statistics and the file that they come from."""
    with named_as_options():
        columns = read_columns(path, load_layout(layout), unit=unit, year=year)
    source = ", ".join(filter(None, (layouts().get(layout, ""), path.name)))
    rows = (dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True))
    return [{"source": source, **row} for row in rows]


def _chosen(rows: Sequence[Row], name: str, occupation: str | None, state: str | None) -> Row:
    found = [row for row in rows if _is_named(row, "occupation", occupation) and _is_named(row, "area", state)]
    if len(found) == 1:
        return found[0]
    if found and len({_name(row) for row in found}) == 1 and len({year_of(row) for row in found}) == len(found):
        years = ", ".join(str(year_of(row) or "no year") for row in found)
        raise FactError(f"{name} has {len(found)} rows of {_name(found[0])}, of {years}; expected --year of one")
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
