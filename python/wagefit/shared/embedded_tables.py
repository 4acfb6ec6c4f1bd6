"""The tables that are part of the package."""

from __future__ import annotations

import csv
import functools
from pathlib import Path

Row = dict[str, str]

FOLDER = Path(__file__).parents[1] / "data"


@functools.cache
def read_table(name: str) -> tuple[Row, ...]:
    """The rows of the embedded table `name` as text; an empty string is a figure that is not known."""
    return tuple(csv.DictReader((FOLDER / f"{name}.csv").read_text(encoding="utf-8").splitlines()))


def optional_number(text: str) -> float | None:
    """A figure of an embedded table, None where the cell is empty."""
    return float(text) if text else None
