"""Lists that people keep in a spreadsheet: workbooks and text, whatever stands between its cells."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from wagefit.errors import FactError
from wagefit.oews.workbook import Form, read_tables

ARCHIVES = (b"\xd0\xcf\x11\xe0", b"PK", b"\x1f\x8b")  # what workbooks and archives begin with


def read_list(path: Path, content: str) -> list[list[Any]]:
    """Every row of a workbook, of text with commas, semicolons or tabs between cells, or of an archive of one.

    `content` says in messages what the file should hold, such as ``"list of staff"``. Text is
    UTF-8, or Windows-1252 where it cannot be that.

    Raises
    ------
    FactError
        The file is damaged, or holds several tables.
    FileNotFoundError
        There is no such file.
    """
    if not path.is_file():
        raise FileNotFoundError(f"{path} is no file; expected a {content}")
    held = path.read_bytes()
    if held.startswith(ARCHIVES):
        tables = [table for table in read_tables(path, Form(bool)) if table.rows]
        if len(tables) != 1:
            raise FactError(f"{path.name} holds {len(tables)} tables; expected one, the {content}")
        return tables[0].rows
    try:
        text = held.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = held.decode("cp1252", "replace")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise FactError(f"{path.name} is damaged or no table: {error}; expected a CSV file") from error
