"""Reads the annual figures of the national OEWS workbooks as plainly as possible, for tests that use the real files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from .shared_data import shared_folder

PERCENTILES = (0.10, 0.25, 0.50, 0.75, 0.90)
TOP_CODES = {1997: 124_820, 1999: 145_600, 2008: 166_400, 2011: 187_200, 2016: 208_000}
COLUMNS = {
    "occ_code": "code",
    "a_mean": "mean",
    **{f"a_{stem}{p}": f"p{p}" for p in (10, 25, 50, 75, 90) for stem in ("wpct", "pct")},
    "a_median": "p50",
}


@dataclass(frozen=True)
class Release:
    """One workbook's rows: NaN where a figure is not a number, and where `#` stood."""

    year: int
    codes: list[str]
    mean: np.ndarray  # (n,)
    quantiles: np.ndarray  # (n, 5)
    is_top_coded: np.ndarray  # (n, 5)
    top_code: float


def data_folder() -> Path:
    """The folder of real data; skips the test when it is absent."""
    return shared_folder("oews/national").parents[1]


@cache
def national_releases() -> tuple[Release, ...]:
    """All national workbooks, by year."""
    files = sorted((data_folder() / "oews" / "national").glob("national*"))
    return tuple(sorted((read_release(file) for file in files), key=lambda release: release.year))


def read_release(file: Path) -> Release:
    from python_calamine import CalamineWorkbook

    year = int(re.search(r"(19|20)\d\d", file.name).group())
    rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    header = next(i for i, row in enumerate(rows) if "occ_code" in [str(cell).strip().lower() for cell in row])
    names = [COLUMNS.get(str(cell).strip().lower()) for cell in rows[header]]
    column = {name: i for i, name in enumerate(names) if name}
    body = [row for row in rows[header + 1 :] if str(row[column["code"]]).strip()]
    cells = np.array([[str(row[column[f"p{round(100 * p)}"]]).strip() for p in PERCENTILES] for row in body])
    return Release(
        year=year,
        codes=[str(row[column["code"]]).strip() for row in body],
        mean=np.array([to_float(row[column["mean"]]) for row in body]),
        quantiles=np.vectorize(to_float)(cells),
        is_top_coded=cells == "#",
        top_code=max(code for since, code in TOP_CODES.items() if since <= year) if year >= 1997 else np.nan,
    )


def to_float(cell: object) -> float:
    try:
        return float(str(cell).replace(",", ""))
    except ValueError:
        return np.nan
