"""Reading the public tables and writing the embedded ones, for every script in this folder."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

EMBEDDED = Path(__file__).resolve().parents[1] / "wagefit" / "data"

Row = dict[str, Any]


def read_table(path: Path) -> list[Row]:
    """The rows of a CSV file as dictionaries of text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text: Any) -> float | None:
    """A published figure, or None where the table prints nothing or a symbol (`*`, `**`, `#`)."""
    try:
        value = float(text)
    except (TypeError, ValueError):
        return None
    return None if value != value else value


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Writes `rows` as CSV with exactly `columns`; a missing value is an empty cell."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([[_text(row.get(column)) for column in columns] for row in rows])


def run(write: Callable[[Path, Path], None]) -> None:
    """Calls `write(shared data folder, folder of the embedded tables)` with the command line's one or two arguments."""
    if len(sys.argv) not in (2, 3):
        sys.exit(f"usage: {Path(sys.argv[0]).name} <data folder> [<output folder>]")
    write(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else EMBEDDED)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return format(round(value, 6), ".12g")
    return str(value)
