"""Which release and occupation a quoted figure comes from."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wagefit.errors import FactError
from wagefit.oews import all_occupations
from wagefit.oews.cell import ALL_INDUSTRIES, DETAILED, Cell
from wagefit.oews.embedded import cells, health_codes
from wagefit.oews.row_facts import ANNUAL, HOURLY, PERIODS
from wagefit.oews.titles import names_of, suggestions
from wagefit.shared.arguments import as_choice, as_number

NAMES = ("mean", "p10", "p25", "median", "p75", "p90", "employment")
SHOWN = 20  # matches in the text of an identification


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
    unit: str = ANNUAL

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
        digits = 2 if self.unit == HOURLY and self.figure != "employment" else 0
        return (
            f"{self.figure} {self.published:,.{digits}f}: {cell.release}, {cell.occupation} {cell.occupation_title}, "
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
    """The rows that have the quoted figures, best first, and the nearest national figure to each of them.

    Attributes
    ----------
    matches : tuple of Match
        The rows that have most of the figures.
    nearest : tuple of FigureMatch
        For each figure the nearest in a national row: of the occupations that were asked for, or else of that of the
        first match, or else of any.
    unmatched : tuple of str
        The figures that neither the first match nor such a national row has.
    among : str
        Code of the one occupation whose rows were searched for the nearest; empty where they are those of several.

    Examples
    --------
    >>> found = wf.oews.identify(mean=44_010, p90=63_820)
    >>> found.unmatched
    ('p90',)
    """

    matches: tuple[Match, ...]
    nearest: tuple[FigureMatch, ...]
    unmatched: tuple[str, ...]
    among: str = ""

    def __iter__(self) -> Iterator[Match]:
        return iter(self.matches)

    def __len__(self) -> int:
        return len(self.matches)

    def __getitem__(self, index: int) -> Match:
        return self.matches[index]

    def __str__(self) -> str:
        shown = [*map(str, self.matches[:SHOWN])]
        if len(self) > SHOWN:
            shown.append(f"and {len(self) - SHOWN:,} more rows")
        return "\n".join([*shown, *self.told_unmatched()])

    def told_unmatched(self) -> list[str]:
        """A sentence, without its full stop, for each figure that is not found."""
        where = f" of {self.among}" if self.among else ""
        return [
            f"No national row{where} has {near.figure} {near.asked:,.12g}; the nearest is {near}"
            for near in self.nearest
            if near.figure in self.unmatched
        ]


class _Quoted(NamedTuple):
    """What was asked: figures by name, and how near a published one must be."""

    figures: dict[str, float]
    tolerance: float
    rounding: float
    unit: str

    def column(self, name: str) -> str:
        """The column in which a figure stands."""
        own = "p50" if name == "median" else name
        return own if name == "employment" else f"{PERIODS[self.unit]}{own}"

    def is_near(self, name: str, published: Any) -> Any:
        """Whether published figures are what was quoted."""
        asked = self.figures[name]
        within = np.abs(published - asked) <= self.rounding / 2
        return within | (np.abs(published / asked - 1) <= self.tolerance)


def identify(
    *,
    mean: Any = None,
    p10: Any = None,
    p25: Any = None,
    median: Any = None,
    p75: Any = None,
    p90: Any = None,
    employment: Any = None,
    occupation: str | Sequence[str] | None = None,
    tolerance: Any = 1e-4,
    rounding: Any = 0,
    unit: str = ANNUAL,
) -> Identification:
    """Find the release and occupation that quoted figures come from, among all embedded rows.

    Parameters
    ----------
    mean, p10, p25, median, p75, p90 : float, optional
        Quoted wages, in `unit`.
    employment : float, optional
        Quoted number of people employed.
    occupation : str or sequence of str, optional
        Codes of the only occupations to look among, such as ``"29-2071"``.
    tolerance : float
        Largest relative difference of a match; the default forgives the rounding to $10 and nothing more.
    rounding : float
        Step to which the quoted figures were rounded, such as 1000: figures within half of it match as well.
    unit : {"USD/year", "USD/hour"}
        Whether the wages are those of a year or of an hour.

    Returns
    -------
    Identification
        A sequence of `Match`, the rows that have most of the figures: exact ones first, then national rows, then the
        nearest, then detailed occupations, then the newest. A broad occupation that is one detailed one is left out.

    Raises
    ------
    FactError
        No figure is given, one is not a positive number, the occupation is not embedded, or the tolerance or rounding
        is negative.

    Examples
    --------
    >>> found = wf.oews.identify(mean=44_010)
    >>> print(found.matches[0])
    mean 44,010: May 2018, 29-2071 Medical Records and Health Information Technicians, United States (exact)
    >>> found = wf.oews.identify(median=106_500, employment=92_680)
    >>> found.matches[0].cell.occupation_title, found.matches[0].cell.area
    ('Registered Nurses', 'NJ')
    """
    given = {"mean": mean, "p10": p10, "p25": p25, "median": median, "p75": p75, "p90": p90, "employment": employment}
    asked = {name: _positive(name, value) for name, value in given.items() if value is not None}
    if not asked:
        raise FactError(f"identify() got no figure; expected at least one of {', '.join(NAMES)}")
    as_choice("unit", unit, tuple(PERIODS))
    quoted = _Quoted(asked, _not_negative("tolerance", tolerance), _not_negative("rounding", rounding), unit)
    codes = None if occupation is None else _known([occupation] if isinstance(occupation, str) else occupation)
    matches = _without_repeats(sorted(_matches(quoted, codes), key=_rank(quoted)))
    scope = codes if codes is not None or not matches else frozenset([matches[0].occupation])
    nearest = tuple(near for name in asked for near in _nearest(quoted, name, scope))
    found = {near.figure for near in nearest if quoted.is_near(near.figure, near.published)}
    found |= {figure.figure for match in matches[:1] for figure in match.figures}
    among = next(iter(scope)) if scope is not None and len(scope) == 1 else ""
    return Identification(matches, nearest, tuple(name for name in asked if name not in found), among)


def _positive(name: str, value: Any) -> float:
    number = as_number(name, value)
    if not (math.isfinite(number) and number > 0):
        raise FactError(f"{name} is {number}; expected a positive finite number")
    return number


def _not_negative(name: str, value: Any) -> float:
    number = as_number(name, value)
    if not (math.isfinite(number) and number >= 0):
        raise FactError(f"{name} is {number}; expected a finite number of at least 0")
    return number


def _known(occupations: Sequence[str]) -> frozenset[str]:
    for code in occupations:
        if code not in health_codes() and not names_of(code):
            raise FactError(f"occupation is {code!r}; expected a code such as {suggestions(code)}")
    return frozenset(occupations)


def _matches(quoted: _Quoted, codes: frozenset[str] | None) -> list[Match]:
    """The rows that have most of the figures; those of the health information occupations have a table of their own."""
    health = [match for match in (_match(quoted, cell) for cell in _health_cells(codes)) if match.figures]
    rows, counts = _near_rows(quoted, codes)
    most = max([counts.max(initial=1), *(len(match.figures) for match in health)])
    others = (_match(quoted, all_occupations.cell(int(i))) for i in rows[counts == most])
    return [*(match for match in health if len(match.figures) == most), *others]


def _without_repeats(ranked: list[Match]) -> tuple[Match, ...]:
    """The matches without broad occupations that are one detailed one under another code."""
    found: dict[tuple[Any, ...], Match] = {}
    for match in ranked:
        cell = match.cell
        figures = tuple(figure.published for figure in match.figures)
        same = (cell.year, cell.area, cell.industry, cell.ownership, cell.occupation_title, figures)
        found.setdefault(same, match)
    return tuple(found.values())


def _health_cells(codes: frozenset[str] | None) -> Iterator[Cell]:
    return (cell for cell in cells() if codes is None or cell.occupation in codes)


def _match(quoted: _Quoted, cell: Cell) -> Match:
    compared = [_compared(quoted, name, cell) for name in quoted.figures]
    return Match(cell, tuple(one for one in compared if one and quoted.is_near(one.figure, one.published)))


def _compared(quoted: _Quoted, name: str, cell: Cell) -> FigureMatch | None:
    published = getattr(cell, quoted.column(name))
    return None if published is None else FigureMatch(cell, name, quoted.figures[name], published, quoted.unit)


def _near_rows(quoted: _Quoted, codes: frozenset[str] | None) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """Rows of other occupations that have any of the figures, and how many each has; two arrays of shape (k,)."""
    if codes is not None and codes <= health_codes():
        return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.int64)
    columns = [quoted.is_near(name, all_occupations.figures(quoted.column(name))) for name in quoted.figures]
    counts: NDArray[np.int64] = np.sum(columns, axis=0) * _is_other(codes)
    rows = np.flatnonzero(counts)
    return rows, counts[rows]


def _is_other(codes: frozenset[str] | None) -> NDArray[np.bool_]:
    """Whether each row is of one of the occupations, or any, and of none that has a table of its own."""
    wanted = [
        code not in health_codes() and (codes is None or code in codes) for code in all_occupations.texts("occupation")
    ]
    return np.array(wanted)[all_occupations.numbers("occupation")]


def _nearest(quoted: _Quoted, name: str, codes: frozenset[str] | None) -> list[FigureMatch]:
    """The nearest figure of the nation, in a list that is empty where no occupation has one."""
    found = [_compared(quoted, name, cell) for cell in _health_cells(codes) if cell.is_national]
    if codes is None or not codes <= health_codes():
        published = all_occupations.figures(quoted.column(name))
        is_national = _is_other(codes) & np.isin(np.arange(len(published)), all_occupations.rows_where(area="US"))
        apart = np.where(is_national, np.abs(published / quoted.figures[name] - 1), np.nan)
        if not np.isnan(apart).all():
            found.append(_compared(quoted, name, all_occupations.cell(int(np.nanargmin(apart)))))
    return sorted((near for near in found if near), key=lambda near: (abs(near.difference), -near.cell.year))[:1]


def _rank(quoted: _Quoted) -> Callable[[Match], tuple[Any, ...]]:
    order = list(quoted.figures)

    def rank(match: Match) -> tuple[Any, ...]:
        cell = match.cell
        return (
            order.index(match.figures[0].figure),
            match.difference > 0,
            not cell.is_national,
            cell.area_type != "national",
            match.difference,
            cell.occupation_group != DETAILED,
            -cell.year,
        )

    return rank
