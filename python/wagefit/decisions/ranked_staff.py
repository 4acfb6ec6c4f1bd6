"""A list of staff with everybody's place in the market."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wagefit.errors import FactError
from wagefit.shared.files import replacing
from wagefit.shared.frames import make_frame, with_columns
from wagefit.shared.types import Backend

PLACED, TIED_STATUS, TOP_CODED, UNPLACED = "placed", "tied", "top-coded", "not placed"
STATUSES = (PLACED, TIED_STATUS, TOP_CODED, UNPLACED)
TEXTS = ("status", "note", "market_code", "market_title", "market_area", "market_release", "market_unit")
DECIMALS = {"compa_ratio": 4, "percentile": 2, "percentile_low": 2, "percentile_high": 2}  # in files
QUARTER = 25.0 - 1e-7  # a wage that is the published P25, which curves meet to 1e-10, is not below it
# What a text begins with that a spreadsheet program takes for a formula, blanks before it included (OWASP).
FORMULA = re.compile(r"\s*[=+\-@\t\r]")


class RankedStaff:
    """People and where each stands in the market; made by `wagefit.rank_staff`.

    Columns that are added to those of the list:

    ==================================  ===========================================================================
    status                              placed; tied: many earn the very wage, from percentile_low to percentile_high;
                                        top-coded: above the top code, where only a range is known; not placed
    note                                why somebody is not placed, or what is special about the row
    market_code, market_title           the occupation, ``market_area`` and ``market_release`` of the published row
    market_unit                         USD/year or USD/hour
    market_median                       of the row, in its unit; missing where it is above the top code
    market_wage                         the person's wage in the unit of the row, of a full-time year
    compa_ratio                         market_wage over market_median
    percentile                          of 100 people in the row, how many earn at most the wage; missing if top-coded
    percentile_low, percentile_high     its interval; of a tie from those who earn less to those who earn at most it
    ==================================  ===========================================================================

    Parameters
    ----------
    staff : table or path-like
        The list as it was given.
    given : mapping {name: column}
        Its columns.
    columns : mapping {name: ndarray of shape (n,)}
        The columns that are added.
    level : float
        Probability of the intervals.

    Examples
    --------
    >>> import pandas as pd
    >>> staff = pd.DataFrame({"occupation": ["29-1141", "29-1141"], "state": ["NJ", "CA"], "wage": [99_000, 99_000]})
    >>> wf.rank_staff(staff)
    <RankedStaff of 2 people: 2 placed; median ratio to the market's median 0.82, 100 % below the market's P25>
    """

    def __init__(self, staff: Any, given: Mapping[str, Any], columns: Mapping[str, NDArray[Any]], level: float) -> None:
        taken = [name for name in given if name in columns]
        if taken:
            raise FactError(
                f"staff has a column {taken[0]!r}, which is one of those that are added; expected none of them"
            )
        self._staff = staff
        self._given = given
        self._columns = columns
        self.level = level

    def __len__(self) -> int:
        return len(self._columns["status"])

    @property
    def columns(self) -> Mapping[str, NDArray[Any]]:
        """The columns that are added, each of shape (n,)."""
        return self._columns

    def first_column(self) -> list[Any]:
        """The first column of the list, by which people know each other."""
        return _listed(next(iter(self._given.values())))

    def counts(self) -> dict[str, int]:
        """Number of people of each status that occurs."""
        status = self._columns["status"]
        return {each: n for each in STATUSES if (n := int(np.sum(status == each)))}

    def reasons(self) -> dict[str, int]:
        """Why people are not placed, with the number of people, the most frequent first."""
        notes = self._columns["note"][self._columns["status"] == UNPLACED].tolist()
        return dict(Counter(notes).most_common())

    @property
    def is_below_quarter(self) -> NDArray[np.float64]:
        """1 for people below the market's P25, 0 for others, NaN where that is not known; shape (n,)."""
        low, percentile = self._columns["percentile_low"], self._columns["percentile"]
        is_coded = self._columns["status"] == TOP_CODED
        known = np.where(is_coded & (low >= QUARTER), low, percentile)
        return np.where(np.isnan(known), np.nan, (known < QUARTER).astype(float))

    def summary(self, backend: Backend | None = None) -> Any:
        """All people, then the people of each published occupation, the largest first.

        Parameters
        ----------
        backend : {"pandas", "polars", "pyarrow"}, optional
            Library of the table; the first of them that is installed when None.

        Returns
        -------
        pandas.DataFrame, polars.DataFrame or pyarrow.Table
            ``occupation`` (empty in the first row, of all), ``title``, ``people``, ``ranked`` (those with a percentile
            or a range), ``median_compa_ratio`` and ``below_p25``, the part of those ranked who are paid below the
            market's P25. People without a row of the market are in the first row alone.

        Examples
        --------
        >>> import pandas as pd
        >>> staff = pd.DataFrame({"code": ["29-1141", "29-1141"], "state": ["NJ", "CA"], "pay": [99_000, 160_000]})
        >>> wf.rank_staff(staff).summary(backend="pandas").round(2)
          occupation              title  people  ranked  median_compa_ratio  below_p25
        0                           all       2       2                1.04        0.5
        1    29-1141  Registered Nurses       2       2                1.04        0.5
        """
        rows = self.summary_rows()
        types = {"occupation": str, "title": str, "people": int, "ranked": int}
        types |= dict.fromkeys(("median_compa_ratio", "below_p25"), float)
        return make_frame({name: [row[name] for row in rows] for name in types}, types, backend)

    def summary_rows(self) -> list[dict[str, Any]]:
        """The rows of `summary`, each by the names of its columns."""
        codes = self._columns["market_code"].astype(str)
        names, first, counts = np.unique(codes, return_index=True, return_counts=True)
        titles = self._columns["market_title"]
        largest = np.argsort(-counts, kind="stable").tolist()
        rows = [self._summed("", "all", np.ones(len(self), dtype=bool))]
        named = ((str(names[j]), str(titles[first[j]])) for j in largest if names[j])
        return rows + [self._summed(code, title, codes == code) for code, title in named]

    def _summed(self, code: str, title: str, is_in: NDArray[np.bool_]) -> dict[str, Any]:
        ratios, below = self._columns["compa_ratio"][is_in], self.is_below_quarter[is_in]
        return {
            "occupation": code,
            "title": title,
            "people": int(is_in.sum()),
            "ranked": int(np.sum(self._columns["status"][is_in] != UNPLACED)),
            "median_compa_ratio": _or_none(np.median, ratios),
            "below_p25": _or_none(np.mean, below),
        }

    def to_frame(self, backend: Backend | None = None) -> Any:
        """The list with the added columns, a row a person in the order of the list.

        Parameters
        ----------
        backend : {"pandas", "polars", "pyarrow"}, optional
            Library of the table; when None that of the list, or of a file the first that is installed.
        """
        types = {name: str if name in TEXTS else float for name in self._columns}
        added = {name: _listed(column) for name, column in self._columns.items()}
        if not isinstance(self._staff, (str, PathLike)) and backend is None:
            return with_columns(self._staff, added, types)
        given = {name: _listed(column) for name, column in self._given.items()}
        kinds = {name: _kind(column) for name, column in given.items()}
        return make_frame({**_as_kinds(given, kinds), **added}, kinds | types, backend)

    def write_csv(self, path: str | PathLike[str]) -> None:
        """Writes the list with the added columns as CSV in UTF-8, ratios to 4 decimals and percentiles to 2.

        A text that spreadsheet programs would run as a formula gets an apostrophe before it. The file appears when it
        is complete.
        """
        columns = {name: _listed(column) for name, column in {**self._given, **self._columns}.items()}
        columns |= {name: _rounded(columns[name], DECIMALS.get(name, 2)) for name in self._columns if name not in TEXTS}
        with replacing(Path(path)) as partial, partial.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(map(_harmless, columns))
            writer.writerows(zip(*(map(_harmless, column) for column in columns.values()), strict=True))

    def __repr__(self) -> str:
        counts = ", ".join(f"{n:,} {status}" for status, n in self.counts().items()) or "nobody"
        total = self.summary_rows()[0]
        if total["median_compa_ratio"] is None:
            return f"<RankedStaff of {len(self):,} people: {counts}>"
        below = "" if total["below_p25"] is None else f", {100 * total['below_p25']:.0f} % below the market's P25"
        ratio = f"median ratio to the market's median {total['median_compa_ratio']:.2f}"
        return f"<RankedStaff of {len(self):,} people: {counts}; {ratio}{below}>"


def _or_none(function: Any, values: NDArray[np.float64]) -> float | None:
    known = values[~np.isnan(values)]
    return float(function(known)) if len(known) else None


def _listed(column: Any) -> list[Any]:
    """A column as values of Python, None for NaN and whatever else is missing."""
    values: list[Any] = np.asarray(column, dtype=object).tolist()
    return [None if value is None or type(value).__name__ == "NAType" or value != value else value for value in values]


def _kind(values: list[Any]) -> type:
    kinds = {type(value) for value in values if value is not None}
    return next((kind for kind in (bool, int, float) if kinds == {kind}), str)


def _as_kinds(columns: Mapping[str, list[Any]], kinds: Mapping[str, type]) -> dict[str, list[Any]]:
    return {
        name: [None if value is None else kinds[name](value) for value in values] for name, values in columns.items()
    }


def _rounded(values: list[Any], decimals: int) -> list[Any]:
    return ["" if value is None else f"{value:.{decimals}f}" for value in values]


def _harmless(value: Any) -> Any:
    if value is None:
        return ""
    is_formula = isinstance(value, str) and FORMULA.match(value) and not value.strip("-+").replace(".", "").isdigit()
    return f"'{value}" if is_formula else value
