"""Writes occupations.npz: every national row of every release at hand, and every state row of May 2025.

Usage: python occupations.py <data folder> [<output folder>]

Nothing is repaired: a figure is kept as printed, `#` as a top code, every other mark as a figure that is not published.
Footnote marks are taken from the titles. How the columns are packed is described in `wagefit.shared.packed_columns`;
what they are called, in `wagefit.oews.all_occupations`, which reads them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from tables import run

from wagefit.oews import read
from wagefit.oews.all_occupations import (
    FIGURES,
    HOURLY,
    HUNDREDTHS,
    KEYS,
    MISSING,
    NUMBER,
    TABLE,
    TEXTS,
    TOP_CODED,
    predicted_hourly,
)
from wagefit.shared.packed_columns import Bytes, Integers, pack, pack_texts

SORTED_BY = ["is_state", "occupation", "occupation_group", "year", "area"]
NEWEST = 2025


def releases(data: Path) -> Iterator[pd.DataFrame]:
    """The tidy table of each file, with a column that says which it is."""
    for path in sorted((data / "oews" / "national").glob("national_*")):
        yield read(path, backend="pandas").assign(source=f"BLS OEWS {path.name}", area="US", area_title="United States")
    newest = data / "oews" / "may2025"
    nation = read(newest / "oews_m2025_national.csv.gz", backend="pandas")
    yield nation.assign(source=f"BLS OEWS May {NEWEST} national", area="US", area_title="United States")
    yield read(newest / "oews_m2025_states.csv.gz", backend="pandas").assign(source=f"BLS OEWS May {NEWEST}")


def rows(data: Path) -> pd.DataFrame:
    """All rows in the order that packs best; pandas sorts stably."""
    table = pd.concat(list(releases(data)), ignore_index=True)
    table["is_state"] = table["area"] != "US"
    table["occupation_title"] = table["occupation_title"].str.replace("*", "").str.strip()
    return table.sort_values(SORTED_BY, kind="stable", ignore_index=True)


def marks(table: pd.DataFrame, name: str) -> Bytes:
    """What stands in each cell of a figure: a number, `#`, or nothing that is a number."""
    noted = table["hourly_top_coded" if name.startswith(HOURLY) else "top_coded"]
    is_top = noted.str.split().map(lambda names: name.removeprefix(HOURLY) in names)
    return np.where(table[name].isna(), np.where(is_top, TOP_CODED, MISSING), NUMBER).astype(np.uint8)


def packed_figures(table: pd.DataFrame) -> Iterator[tuple[str, Bytes | Integers]]:
    """The arrays of every figure: its marks, the bytes of its numbers, and the remainders of those that have one."""
    hundredths: dict[str, Integers] = {}
    for name, step in FIGURES.items():
        hundredths[name] = (table[name].fillna(0) * HUNDREDTHS).round().to_numpy().astype(np.int64)
        found, numbers = marks(table, name), hundredths[name]
        if name.startswith(HOURLY):
            numbers = numbers - predicted_hourly(hundredths[name.removeprefix(HOURLY)])
        multiples, remainders = np.divmod(numbers[found == NUMBER], step)
        yield f"{name} marks", found
        yield name, pack(multiples)
        if remainders.any():
            rows_with_one = np.flatnonzero(remainders)
            yield f"{name} remainders", np.array([rows_with_one, remainders[rows_with_one]], dtype=np.int32)


def packed_texts(table: pd.DataFrame) -> Iterator[tuple[str, Bytes]]:
    """The arrays of every column of texts: the texts in ascending order, and the number of each row's."""
    for name in TEXTS:
        numbers, texts = pd.factorize(table[name], sort=True)
        yield f"{name} texts", pack_texts(list(texts))
        yield name, pack(numbers.astype(np.int64))


def write(data: Path, output: Path) -> None:
    """Writes the table."""
    table = rows(data)
    arrays: dict[str, Any] = dict(packed_texts(table)) | dict(packed_figures(table))
    arrays |= {name: pack(table[name].to_numpy().astype(np.int64)) for name in KEYS}
    np.savez_compressed(output / f"{TABLE}.npz", **arrays)


if __name__ == "__main__":
    run(write)
