"""Every national row of the releases of 1997 to 2021 and May 2025 and every state row of May 2025, packed.

The rows are known by their number; each column is unpacked when it is first asked for. What a row says is a
`wagefit.oews.Cell`.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wagefit.oews.cell import ALL_INDUSTRIES, Cell
from wagefit.oews.layouts import HOURS, WAGES
from wagefit.oews.releases import release_name, top_code
from wagefit.shared.arguments import FloatArray
from wagefit.shared.embedded_tables import FOLDER
from wagefit.shared.packed_columns import Bytes, Integers, unpack, unpack_texts

TABLE = "occupations"
HOURLY = "hourly_"  # what the names of hourly figures begin with
HUNDREDTHS = 100  # in which the figures are kept
NUMBER, MISSING, TOP_CODED = 0, 1, 2  # what stands in the cell of a figure
TEXTS = ("area", "area_title", "area_type", "occupation", "occupation_title", "occupation_group", "source")
KEYS = ("year", "annual_only", "hourly_only")
# What the figures are rounded to, in hundredths: tens of people and dollars, tenths of a percent, cents.
FIGURES = {
    "employment": 1000,
    "employment_rse": 10,
    "mean_rse": 10,
    "location_quotient": 1,
    **dict.fromkeys(WAGES, 1000),
    **dict.fromkeys((f"{HOURLY}{name}" for name in WAGES), 1),
}


def predicted_hourly(annual: Integers) -> Integers:
    """Hourly wages that make annual ones, both in hundredths; the packed ones are the differences from these."""
    return np.rint(annual / HOURS).astype(np.int64)


@functools.cache
def texts(name: str) -> tuple[str, ...]:
    """The different texts of a column, ascending."""
    return tuple(unpack_texts(_arrays()[f"{name} texts"]))


@functools.cache
def numbers(name: str) -> Integers:
    """Of a column of texts the number of each row's text, or the column's own whole numbers; shape (n_rows,)."""
    return unpack(_arrays()[name])


@functools.cache
def figures(name: str) -> FloatArray:
    """A column of figures in dollars, people or percent, shape (n_rows,); NaN where no number is printed."""
    return np.where(_marks(name) == NUMBER, _hundredths(name) / HUNDREDTHS, np.nan)


def rows_where(**wanted: Any) -> NDArray[np.intp]:
    """Numbers of the rows that agree with every argument that is not None, a text or whole number of that column."""
    is_row: NDArray[np.bool_] = np.ones(len(numbers("year")), dtype=bool)
    for name, value in wanted.items():
        if isinstance(value, str):
            is_row &= numbers(name) == (texts(name).index(value) if value in texts(name) else -1)
        elif value is not None:
            is_row &= numbers(name) == value
    return np.flatnonzero(is_row)


def cell(i: int) -> Cell:
    """What row `i` says."""
    year = int(numbers("year")[i])
    said: dict[str, Any] = {name: texts(name)[numbers(name)[i]] for name in TEXTS}
    printed: dict[str, Any] = {name: _printed(name, i) for name in FIGURES}
    return Cell(
        year=year,
        release=release_name(year),
        industry=ALL_INDUSTRIES,
        industry_title="Cross-industry",
        ownership="All",
        top_code=top_code(year),
        top_coded=_top_coded(i, ""),
        kind="published",
        hourly_top_coded=_top_coded(i, HOURLY),
        annual_only=bool(numbers("annual_only")[i]),
        hourly_only=bool(numbers("hourly_only")[i]),
        **said,
        **printed,
    )


def _printed(name: str, i: int) -> float | None:
    return float(_hundredths(name)[i]) / HUNDREDTHS if _marks(name)[i] == NUMBER else None


def _top_coded(i: int, period: str) -> str:
    return " ".join(name for name in WAGES if _marks(f"{period}{name}")[i] == TOP_CODED)


def _marks(name: str) -> Bytes:
    return _arrays()[f"{name} marks"]


@functools.cache
def _hundredths(name: str) -> Integers:
    """A column of figures in hundredths; 0 where no number is printed."""
    arrays, is_number = _arrays(), _marks(name) == NUMBER
    kept = unpack(arrays[name]) * FIGURES[name]
    if f"{name} remainders" in arrays:
        rows, remainders = arrays[f"{name} remainders"]
        kept[rows] += remainders
    values = np.zeros(len(is_number), dtype=np.int64)
    values[is_number] = kept
    if name.startswith(HOURLY):
        values[is_number] += predicted_hourly(_hundredths(name.removeprefix(HOURLY)))[is_number]
    return values


@functools.cache
def _arrays() -> dict[str, Bytes]:
    with np.load(FOLDER / f"{TABLE}.npz", allow_pickle=False) as file:
        return dict(file)
