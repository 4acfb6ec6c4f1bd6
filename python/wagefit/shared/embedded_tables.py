"""The tables that are part of the package."""

from __future__ import annotations

import csv
import functools
from importlib import resources

Row = dict[str, str]


@functools.cache
def read_table(name: str) -> tuple[Row, ...]:
    """The rows of the embedded table `name` as text; an empty string is a figure that is not known."""
    file = resources.files("wagefit") / "data" / f"{name}.csv"
    return tuple(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def optional_number(text: str) -> float | None:
    """A figure of an embedded table, None where the cell is empty."""
    return float(text) if text else None
