"""Factors in a CSV file, a row a level, that a spreadsheet program opens as well."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from wagefit.errors import FactError
from wagefit.factors.factor_records import ALL_COLUMNS
from wagefit.factors.level_records import FLAGS, REQUIRED
from wagefit.factors.records import Record, column_name, hint_of_name
from wagefit.shared.messages import shown

NEEDED = ("factor", *REQUIRED)
DELIMITERS = ",;\t"
# What a spreadsheet program takes for a formula (OWASP) gets an apostrophe, and what begins with one another, so that
# reading takes away what writing has put there.
FORMULA = re.compile(r"'*\s*[=+\-@]")
MARKED = re.compile(r"'+\s*[=+\-@]")


def read_csv_records(path: Path) -> list[Record]:
    """The rows of a CSV file of factors; FactError naming line and column where it is none."""
    text = _text(path)
    delimiter = _delimiter(text)
    rows = list(_rows(path.name, text, delimiter))
    if not rows:
        raise FactError(f"{path.name} is empty; expected a line with {', '.join(NEEDED)} and a line for each level")
    (line, headers), *others = rows
    columns = _columns(path.name, line, headers)
    records = []
    for number, cells in others:
        if len(cells) != len(columns):
            raise FactError(
                f"line {number} of {path.name} has {len(cells)} cells; expected {len(columns)}, as many as the header "
                f"(a text with {delimiter!r} stands in quotation marks)"
            )
        values = {column: _unmarked(cell) for column, cell in zip(columns, cells, strict=True)}
        records.append(Record(values, f"in line {number} of {path.name}"))
    return records


def csv_text(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows by the names of their columns as a CSV file, without columns in which nothing stands."""
    said = [column for column in ALL_COLUMNS if any(row.get(column) is not None for row in rows)]
    columns = [column for column in ALL_COLUMNS if column in said or column in NEEDED]
    lines = [columns, *([_quoted(_cell(column, row.get(column))) for column in columns] for row in rows)]
    return "".join(f"{','.join(line)}\n" for line in lines)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FactError(f"{path.name} is not in UTF-8 ({error.reason}); expected a CSV file in UTF-8") from error


def _rows(name: str, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with the number of the line where it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise FactError(f"line {line} of {name} is no line of a CSV file: {error}; expected cells") from error


def _delimiter(text: str) -> str:
    """What stands between the headers most often."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=header.count)


def _columns(name: str, line: int, headers: Iterable[str]) -> list[str]:
    columns = [column_name(header) for header in headers]
    for column, header in zip(columns, headers, strict=True):
        if column not in ALL_COLUMNS:
            hint = hint_of_name(column, ALL_COLUMNS)
            raise FactError(
                f"line {line} of {name} has the column {shown(header)}; {hint}expected some of {', '.join(ALL_COLUMNS)}"
            )
        if columns.count(column) > 1:
            raise FactError(f"line {line} of {name} has the column {column!r} twice; expected it once")
    missing = [column for column in NEEDED if column not in columns]
    if missing:
        raise FactError(f"line {line} of {name} has no column {missing[0]!r}; expected at least {', '.join(NEEDED)}")
    return columns


def _cell(column: str, value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value).lower() if column in FLAGS else repr(int(value) if "year" in column else float(value))
    if value != value.strip() or "\0" in value:
        raise FactError(f"{column} is {shown(value)}; expected no blanks at its ends for a .csv, or a .toml")
    return f"'{value}" if FORMULA.match(value) else value


def _quoted(text: str) -> str:
    """The text as a cell; the writer of Python leaves carriage returns without quotation marks before 3.13."""
    if not re.search('[,;\t\r\n"]', text):
        return text
    return '"' + text.replace('"', '""') + '"'


def _unmarked(text: str) -> str:
    return text[1:] if MARKED.match(text) else text
