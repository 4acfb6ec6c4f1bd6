"""What a report is about: a published row, whichever table it is of, and the distribution behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from wagefit.decisions.market import parent_of
from wagefit.distributions.distribution import ANNUAL, Distribution
from wagefit.errors import FactError
from wagefit.fitting.fit import fit
from wagefit.oews import Cell, PublishedRow, cell, national, years
from wagefit.oews.row_facts import columns_of_row
from wagefit.tables.facts import row_facts
from wagefit.tables.row_names import PLACE, RELEASE, TITLE, text_of

DEFAULT_YEAR = 2018
# Health information technicians under the code that each release has for them, oldest first.
TECHNICIANS = ("32911", "29-2071", "29-2098", "29-2072")
WITH_ARTICLE = ("United States", "District of Columbia", "Virgin Islands", "United Kingdom", "Netherlands")


@dataclass(frozen=True)
class Subject:
    """A published row.

    Attributes
    ----------
    title, occupation, place, release, source : str
        Name and code of the occupation, where, the release, and who published it; empty where the row does not say.
    year : int or None
    facts : mapping
        The arguments of `wagefit.fit`.
    employment_rse : float or None
        Relative standard error of the employment, in percent.
    cell : wagefit.oews.Cell or None
        The row itself, where it is one that comes with the package.
    note : str
        What was assumed to find the row.
    """

    title: str
    occupation: str
    place: str
    release: str
    source: str
    year: int | None
    facts: Mapping[str, Any]
    employment_rse: float | None = None
    cell: Cell | None = None
    note: str = ""

    @property
    def unit(self) -> str:
        """Unit of the wages."""
        return str(self.facts.get("unit", ANNUAL))

    @cached_property
    def pay(self) -> Distribution:
        """The distribution behind the figures; that of a state or area borrows the shape of the nation's."""
        nation = None if self.cell is None else parent_of(self.cell)
        return fit(**self.facts, like=None if nation is None else fit(nation))

    def headline(self) -> str:
        """What it is about in one line, such as "Pay in New Jersey: Registered Nurses, May 2025"."""
        where = f" in the {self.place}" if self.place in WITH_ARTICLE else f" in {self.place}" if self.place else ""
        what = ", ".join(filter(None, (self.title, self.release)))
        return f"Pay{where}" + (f": {what}" if what else "")


def subject_of_cell(row: Cell) -> Subject:
    """A row that comes with the package."""
    return Subject(
        title=row.occupation_title,
        occupation=row.occupation,
        place=row.area_title,
        release=row.release,
        source=row.source,
        year=row.year,
        facts=row.facts(),
        employment_rse=row.employment_rse,
        cell=row,
        note=row.note,
    )


def subject_of_row(row: PublishedRow) -> Subject:
    """A row of a table, such as one of `wagefit.tables.read`; FactError where it has no wages."""
    if isinstance(row, Cell):
        return subject_of_cell(row)
    columns = columns_of_row(row)
    year = text_of(columns, "year")
    return Subject(
        title=text_of(columns, *TITLE),
        occupation=text_of(columns, "occupation"),
        place=text_of(columns, *PLACE),
        release=text_of(columns, *RELEASE),
        source=text_of(columns, "source"),
        year=int(year) if year.isdecimal() else None,
        facts=row_facts(row),
    )


def choose_cell(year: int | None = None, occupation: str | None = None, state: str | None = None) -> Cell:
    """The row of a release: of health information technicians in the nation unless said otherwise.

    The year is 2018 where nothing is given, else the newest that has the row; FactError naming what there is.
    """
    if occupation is not None:
        return national(occupation, year) if state is None else cell(occupation, area=state, year=year)
    if state is not None and year is None:
        return cell(TECHNICIANS[-1], area=state)
    wanted = DEFAULT_YEAR if year is None else year
    codes = [code for code in TECHNICIANS if wanted in years(code)]
    if not codes:
        known = sorted(year for code in TECHNICIANS for year in years(code))
        raise FactError(f"year is {wanted}; expected a release from {known[0]} to {known[-1]}")
    return national(codes[0], wanted) if state is None else _of_state(codes[0], state, wanted)


def _of_state(occupation: str, state: str, year: int) -> Cell:
    """The row of a state; FactError where the release has none with percentiles."""
    row = cell(occupation, area=state, year=year)
    if not row.quantiles:
        raise FactError(
            f"year is {year} and state {state!r}; expected year 2025 or no state: {row.release} prints no percentiles "
            "of states that came with the package. The command person estimates the state's pay from the nation's"
        )
    return row
