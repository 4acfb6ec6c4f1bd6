"""Which release and occupation a quoted figure comes from."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wagefit.errors import FactError
from wagefit.oews.embedded import ALL_INDUSTRIES, Cell, cells, known_occupation
from wagefit.shared.arguments import as_number

# Name of a figure in `identify`, and the column it stands in.
COLUMNS = {
    "mean": "mean",
    "p10": "p10",
    "p25": "p25",
    "median": "p50",
    "p75": "p75",
    "p90": "p90",
    "employment": "employment",
}


@dataclass(frozen=True)
class FigureMatch:
    """One quoted figure beside the published one of a cell.

    Examples
    --------
    >>> found = wf.oews.identify(mean=44_010)
    >>> figure = found.matches[0].figures[0]
    >>> figure.figure, figure.asked, figure.published
    ('mean', 44010.0, 44010.0)
    """

    cell: Cell
    figure: str
    asked: float
    published: float

    @property
    def difference(self) -> float:
        """Published over asked, less one."""
        return self.published / self.asked - 1

    def __str__(self) -> str:
        cell = self.cell
        where = cell.area_title
        if cell.industry != ALL_INDUSTRIES:
            where += f", {cell.industry_title}, {cell.ownership}"
        apart = "exact" if self.published == self.asked else f"{100 * self.difference:+.2f} %"
        return (
            f"{self.figure} {self.published:,.0f}: {cell.release}, {cell.occupation} {cell.occupation_title}, "
            f"{where} ({apart})"
        )


@dataclass(frozen=True)
class Match:
    """A cell that has at least one of the quoted figures.

    Examples
    --------
    >>> found = wf.oews.identify(mean=44_010, p90=66_260)
    >>> found.matches[0].cell.year, found.matches[0].cell.occupation
    (2018, '29-2071')
    """

    cell: Cell
    figures: tuple[FigureMatch, ...]

    @property
    def release(self) -> str:
        """Name of the release."""
        return self.cell.release

    @property
    def occupation(self) -> str:
        """Code of the occupation."""
        return self.cell.occupation

    @property
    def difference(self) -> float:
        """The largest relative difference among the matching figures, unsigned."""
        return max(abs(figure.difference) for figure in self.figures)

    def __str__(self) -> str:
        return "; ".join(map(str, self.figures))


@dataclass(frozen=True)
class Identification:
    """The cells that have the quoted figures, best first, and the nearest national figure to each of them.

    Examples
    --------
    >>> found = wf.oews.identify(mean=44_010, p90=63_820)
    >>> found.unmatched
    ('p90',)
    """

    matches: tuple[Match, ...]
    nearest: tuple[FigureMatch, ...]
    unmatched: tuple[str, ...]

    def __iter__(self) -> Iterator[Match]:
        return iter(self.matches)

    def __len__(self) -> int:
        return len(self.matches)

    def __getitem__(self, index: int) -> Match:
        return self.matches[index]

    def __str__(self) -> str:
        missing = [near for near in self.nearest if near.figure in self.unmatched]
        nearest = (f"No national row has {near.figure} {near.asked:,.0f}; the nearest is {near}" for near in missing)
        return "\n".join([*map(str, self.matches), *nearest])


def identify(
    *,
    mean: Any = None,
    p10: Any = None,
    p25: Any = None,
    median: Any = None,
    p75: Any = None,
    p90: Any = None,
    employment: Any = None,
    occupation: str | None = None,
    tolerance: Any = 1e-4,
) -> Identification:
    """Find the release and occupation that quoted figures come from, among the embedded rows.

    Parameters
    ----------
    mean, p10, p25, median, p75, p90 : float, optional
        Quoted wages, in dollars a year.
    employment : float, optional
        Quoted number of people employed.
    occupation : str, optional
        Code of the only occupation to look among, such as ``"29-2071"``.
    tolerance : float
        Largest relative difference of a match; the default forgives the rounding to $10 and nothing more.

    Returns
    -------
    Identification
        A sequence of `Match`: most figures first, then national rows, then the nearest, then the newest.
        ``nearest`` has the national row nearest to each figure, ``unmatched`` the figures that no national row has.

    Raises
    ------
    FactError
        If no figure is given, one is not a positive number, the occupation is not embedded, or the tolerance negative.

    Examples
    --------
    >>> found = wf.oews.identify(mean=44_010)
    >>> print(found.matches[0])
    mean 44,010: May 2018, 29-2071 Medical Records and Health Information Technicians, United States (exact)
    """
    given = {"mean": mean, "p10": p10, "p25": p25, "median": median, "p75": p75, "p90": p90, "employment": employment}
    asked = {name: _positive(name, value) for name, value in given.items() if value is not None}
    if not asked:
        raise FactError(f"identify() got no figure; expected at least one of {', '.join(COLUMNS)}")
    limit = as_number("tolerance", tolerance)
    if not (math.isfinite(limit) and limit >= 0):
        raise FactError(f"tolerance is {limit}; expected a finite relative difference of at least 0")
    rows = cells(occupation=None if occupation is None else known_occupation(occupation))
    matches = sorted(_matches(rows, asked, limit), key=_rank)
    found = {figure.figure for match in matches if match.cell.is_national for figure in match.figures}
    nearest = tuple(_nearest(rows, name, value) for name, value in asked.items())
    return Identification(tuple(matches), nearest, tuple(name for name in asked if name not in found))


def _positive(name: str, value: Any) -> float:
    number = as_number(name, value)
    if not (math.isfinite(number) and number > 0):
        raise FactError(f"{name} is {number}; expected a positive finite number")
    return number


def _matches(rows: tuple[Cell, ...], asked: dict[str, float], tolerance: float) -> Iterator[Match]:
    for cell in rows:
        compared = (_compared(cell, name, value) for name, value in asked.items())
        close = tuple(match for match in compared if match is not None and abs(match.difference) <= tolerance)
        if close:
            yield Match(cell, close)


def _compared(cell: Cell, name: str, asked: float) -> FigureMatch | None:
    published = getattr(cell, COLUMNS[name])
    return None if published is None else FigureMatch(cell, name, asked, published)


def _nearest(rows: tuple[Cell, ...], name: str, asked: float) -> FigureMatch:
    compared = (_compared(cell, name, asked) for cell in rows if cell.is_national)
    return min((match for match in compared if match is not None), key=lambda match: abs(match.difference))


def _rank(match: Match) -> tuple[int, bool, bool, float, int]:
    cell = match.cell
    return (-len(match.figures), not cell.is_national, cell.area_type != "national", match.difference, -cell.year)
