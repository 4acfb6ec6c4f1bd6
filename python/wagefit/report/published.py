"""Section: what the Bureau of Labor Statistics published on an occupation in a release."""

from __future__ import annotations

from dataclasses import dataclass, fields

from wagefit.errors import FactError
from wagefit.oews import Cell, national, years
from wagefit.report.blocks import Paragraph, Section, figures
from wagefit.shared.text import dollars

DEFAULT_YEAR = 2018
# Health information technicians under the code that each release has for them, oldest first.
TECHNICIANS = ("32911", "29-2071", "29-2098", "29-2072")
MODELED = TECHNICIANS[1:]  # the factors are measured under these codes
SUCCESSION = (
    "The code of these technicians is 32911 to 1998, 29-2071 to May 2018, the wider 29-2098 in 2019 and 2020, 29-2072 "
    "(medical records specialists, most of them) from May 2021."
)


@dataclass(frozen=True)
class Published:
    """Figures as printed: dollars a year, people, relative standard errors in percent; None where none is printed."""

    year: int
    release: str
    occupation: str
    title: str
    employment: float | None
    employment_rse: float | None
    mean: float | None
    mean_rse: float | None
    p10: float | None
    p25: float | None
    p50: float | None
    p75: float | None
    p90: float | None
    at_least: dict[str, float]
    source: str


def choose_cell(year: int | None = None, occupation: str | None = None) -> Cell:
    """The national row of a release: of health information technicians and of May 2018 unless said otherwise.

    An occupation without a year means its newest release; FactError naming what there is.
    """
    if occupation is not None:
        return national(occupation, year)
    wanted = DEFAULT_YEAR if year is None else year
    codes = [code for code in TECHNICIANS if wanted in years(code)]
    if not codes:
        known = sorted(year for code in TECHNICIANS for year in years(code))
        raise FactError(f"year is {wanted}; expected a release from {known[0]} to {known[-1]}")
    return national(codes[0], wanted)


def read_published(cell: Cell) -> Published:
    """The figures of a cell."""
    copied = {field.name: getattr(cell, field.name) for field in fields(Published) if hasattr(cell, field.name)}
    bounds = {_figure_name(p): wage for p, wage in cell.at_least.items()}
    return Published(**copied | {"title": cell.occupation_title, "at_least": bounds})


def _figure_name(p: float | str) -> str:
    return p if isinstance(p, str) else f"p{100 * p:g}"


def show_published(content: Published) -> Section:
    """The figures in one table, with their precision and source."""
    names = ("mean", "p10", "p25", "p50", "p75", "p90")
    wages = [(name if name == "mean" else name.upper(), _figure(content, name)) for name in names]
    people = "" if content.employment is None else f"{content.employment:,.0f}"
    name = Paragraph(f"{content.occupation} {content.title}, United States", "strong")
    notes = _precision(content) + (f" {SUCCESSION}" if content.occupation in TECHNICIANS else "")
    return Section(
        f"What BLS published, {content.release}", (name, figures(("people", people), *wages), Paragraph(notes, "quiet"))
    )


def _figure(content: Published, name: str) -> str:
    wage = getattr(content, name)
    if wage is not None:
        return dollars(wage)
    return f">= {dollars(content.at_least[name])}" if name in content.at_least else "not published"


def _precision(content: Published) -> str:
    source = f"Dollars a year. Source: {content.source}."
    if content.mean is None or content.mean_rse is None:
        return f"{source} This release prints no standard errors that came with the package."
    error = dollars(content.mean * content.mean_rse / 100)
    people = "" if content.employment_rse is None else f", of employment {content.employment_rse:g} %"
    return f"{source} Relative standard error of the mean {content.mean_rse:g} % ({error}){people}."
