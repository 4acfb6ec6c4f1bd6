"""A table of published rows as arrays: which occupation and area each row is, and its figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wagefit.errors import FactError
from wagefit.oews import all_occupations
from wagefit.oews.areas import LEVELS, NATIONAL, STATE, key_of, wider_area
from wagefit.oews.cell import ALL_INDUSTRIES, DETAILED, Cell
from wagefit.oews.layouts import HOURS, PERCENTILES, WAGES, area_type
from wagefit.oews.row_facts import PERIODS
from wagefit.shared.arguments import FloatArray, as_figures
from wagefit.shared.frames import columns_of

Texts = NDArray[np.str_]


@dataclass(frozen=True)
class PublishedRows:
    """Detailed occupations of all industries together, one row a cell.

    Attributes
    ----------
    occupation, occupation_title, area, area_title : ndarray of str, shape (n,)
    level : ndarray of int, shape (n,)
        That of `wagefit.oews.areas`.
    key, wider : ndarray of str, shape (n,)
        Key of the area, and that of the next wider one; empty where unknown.
    wages : ndarray, shape (n, 6)
        Mean and percentiles in dollars, NaN where no number is published.
    bounds : ndarray, shape (n, 6)
        Top code where a figure is printed as ``#``, else NaN.
    employment : ndarray, shape (n,)
    year : int or None
        The release, where the table says it.
    """

    occupation: Texts
    occupation_title: Texts
    area: Texts
    area_title: Texts
    level: NDArray[np.intp]
    key: Texts
    wider: Texts
    wages: FloatArray
    bounds: FloatArray
    employment: FloatArray
    year: int | None

    def __len__(self) -> int:
        return len(self.occupation)

    def take(self, rows: NDArray[Any]) -> PublishedRows:
        """The rows that are chosen."""
        columns = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "year"}
        return PublishedRows(**{name: column[rows] for name, column in columns.items()}, year=self.year)

    def joined(self, other: PublishedRows) -> PublishedRows:
        """These rows and those of `other` whose occupation and area are not among them."""
        own = set(zip(self.key.tolist(), self.occupation.tolist(), strict=True))
        pairs = zip(other.key.tolist(), other.occupation.tolist(), strict=True)
        new = other.take(np.array([pair not in own for pair in pairs], dtype=bool))
        columns = [each.name for each in fields(self) if each.name != "year"]
        both = {name: np.concatenate([getattr(self, name), getattr(new, name)]) for name in columns}
        return PublishedRows(**both, year=self.year)


def read_rows(table: Any, unit: str) -> PublishedRows:
    """The rows of a table of `wagefit.oews.read`, or of cells; FactError where they are not of one release."""
    columns = _columns(table)
    needed = ("occupation", "area", *(f"{PERIODS[unit]}{name}" for name in PERCENTILES))
    missing = [name for name in needed if name not in columns]
    if missing:
        raise FactError(f"table has no column {missing[0]!r}; expected the columns of wagefit.oews.read")
    n = len(columns["area"])
    kept = np.ones(n, dtype=bool)
    if "occupation_group" in columns:
        kept &= _texts(columns, "occupation_group", n) == DETAILED
    if "industry" in columns:
        kept &= _texts(columns, "industry", n) == ALL_INDUSTRIES
    if not kept.any():
        raise FactError("table has no row of a detailed occupation in all industries together; expected some")
    rows = _rows(columns, n, PERIODS[unit]).take(kept)
    _require_distinct(rows)
    return rows


def embedded_rows(year: int | None, unit: str) -> PublishedRows | None:
    """The embedded rows of the nation and its states in the release of `year`; None where there are none."""
    chosen = all_occupations.rows_where(year=year, occupation_group=DETAILED)
    if year is None or not len(chosen):
        return None

    def texts(name: str) -> list[str]:
        known = np.array(all_occupations.texts(name), dtype=object)
        values: list[str] = known[all_occupations.numbers(name)[chosen]].tolist()
        return values

    names = ("occupation", "occupation_title", "area", "area_title", "area_type")
    columns: dict[str, Any] = {name: texts(name) for name in names}
    period = PERIODS[unit]
    for name in (*(f"{period}{wage}" for wage in WAGES), "employment"):
        columns[name] = all_occupations.figures(name)[chosen]
    columns["year"] = np.full(len(chosen), year)
    return _rows(columns, len(chosen), period)


def _columns(table: Any) -> Mapping[str, Any]:
    if hasattr(table, "columns") or not isinstance(table, Iterable):
        return columns_of(table)
    rows = list(table)
    if not rows or not all(isinstance(row, Cell) for row in rows):
        raise FactError(f"table is {type(table).__name__}; expected a table of wagefit.oews.read, or cells")
    return {each.name: np.array([getattr(row, each.name) for row in rows], dtype=object) for each in fields(Cell)}


def _rows(columns: Mapping[str, Any], n: int, period: str) -> PublishedRows:
    area, title = _texts(columns, "area", n), _texts(columns, "area_title", n)
    printed, primary = _texts(columns, "area_type", n), _texts(columns, "primary_state", n)
    different, first, number = np.unique(area, return_index=True, return_inverse=True)
    level, key, wider = _places(different, title[first], printed[first], primary[first])
    return PublishedRows(
        occupation=_texts(columns, "occupation", n),
        occupation_title=_texts(columns, "occupation_title", n).astype(object),
        area=area,
        area_title=title.astype(object),
        level=level[number],
        key=key[number],
        wider=wider[number],
        wages=np.stack([_figures(columns, f"{period}{name}", n) for name in WAGES], axis=1),
        bounds=_bounds(columns, n, period),
        employment=_figures(columns, "employment", n),
        year=_year(columns),
    )


def _places(
    area: Texts, title: Texts, printed: Texts, primary: Texts
) -> tuple[NDArray[np.intp], NDArray[np.str_], NDArray[np.str_]]:
    """Level, key and wider area of each area, the different ones of a table."""
    known = list(zip(area.tolist(), title.tolist(), printed.tolist(), primary.tolist(), strict=True))
    levels = [LEVELS.get(kind, LEVELS[area_type(code, "")]) for code, _, kind, _ in known]
    keys = [key_of(code, name, level) for (code, name, _, _), level in zip(known, levels, strict=True)]
    wider = [wider_area(name, level, state) for (_, name, _, state), level in zip(known, levels, strict=True)]
    return np.array(levels, dtype=np.intp), np.array(keys, dtype=str), np.array(wider, dtype=str)


def _texts(columns: Mapping[str, Any], name: str, n: int) -> Texts:
    if name not in columns:
        return np.full(n, "", dtype=str)
    values: list[Any] = np.asarray(columns[name], dtype=object).tolist()
    return np.array([value if isinstance(value, str) else "" for value in values], dtype=str)


def _figures(columns: Mapping[str, Any], name: str, n: int) -> FloatArray:
    return as_figures(name, columns[name]) if name in columns else np.full(n, np.nan)


def _bounds(columns: Mapping[str, Any], n: int, period: str) -> FloatArray:
    """Top codes of the figures printed as ``#``, shape (n, 6)."""
    coded = _texts(columns, f"{period}top_coded", n)
    code = _figures(columns, "top_code", n) / (HOURS if period else 1.0)
    has_mark = np.stack([np.char.find(coded, name) >= 0 for name in WAGES], axis=1)
    return np.where(has_mark, code[:, None], np.nan)


def _year(columns: Mapping[str, Any]) -> int | None:
    if "year" not in columns:
        return None
    years: Sequence[Any] = np.unique(np.asarray(columns["year"], dtype=float)).tolist()
    if len(years) != 1:
        raise FactError(f"table has rows of the years {years[0]:g} to {years[-1]:g}; expected those of one release")
    return int(years[0])


def _require_distinct(rows: PublishedRows) -> None:
    pairs = np.char.add(np.char.add(rows.area, " "), rows.occupation)
    values, counts = np.unique(pairs, return_counts=True)
    if len(values) < len(pairs):
        raise FactError(f"table has two rows of {str(values[np.argmax(counts)])!r} (area and occupation); expected one")


def is_wider(rows: PublishedRows) -> NDArray[np.bool_]:
    """Whether each row is of the nation or a state."""
    wider: NDArray[np.bool_] = (rows.level == NATIONAL) | (rows.level == STATE)
    return wider
