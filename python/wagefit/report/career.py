"""Section: simulated careers, year by year, and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wagefit.careers.outcome import CareerOutcome
from wagefit.careers.sensitivity import CareerSensitivity
from wagefit.report.blocks import Column, Listing, Paragraph, Section, Table, figures
from wagefit.shared.text import dollars
from wagefit.shared.units import currency_of

SHOWN_YEARS = (0, 1, 2, 5, 10, 15, 20, 25, 30, 40)
PERCENTILES = (10, 25, 50, 75, 90)
LIFETIME = "Lifetime pay in the field, nothing counted after leaving it, discounted at {:g} % a year:"
SENSITIVITY_NOTE = (
    "Chances a year, one changed at a time; change of mean discounted lifetime pay, {}. +-: standard error of the "
    "simulation. *: has a source, see below; all others are assumptions."
)


@dataclass(frozen=True)
class RoleTimes:
    """When people reach a role: part of people, and the median number of years of those who do (None: nobody does)."""

    role: str
    reached: float
    median_years: float | None


@dataclass(frozen=True)
class CareerReport:
    """Simulated careers: pay in `unit` at the prices of the start, in real terms.

    Attributes
    ----------
    start, people, years, discount : str, int, int, float
    lifetime : dict
        Mean and percentiles of discounted lifetime pay.
    by_year : tuple of dict
        Percentiles and mean of the pay of those at work, and the part of people at work; None where nobody is.
    roles : tuple of RoleTimes
    sensitivity : tuple of CareerSensitivity
    sources, assumptions : tuple of str
        What has a source, and what is assumed.
    """

    start: str
    people: int
    years: int
    discount: float
    lifetime: dict[str, float]
    by_year: tuple[dict[str, float | None], ...]
    roles: tuple[RoleTimes, ...]
    sensitivity: tuple[CareerSensitivity, ...]
    sources: tuple[str, ...]
    assumptions: tuple[str, ...]
    unit: str


def read_career(outcome: CareerOutcome, sensitivity: tuple[CareerSensitivity, ...]) -> CareerReport:
    """The figures of an outcome."""
    p = np.array(PERCENTILES) / 100
    lifetime = dict(zip((f"p{each}" for each in PERCENTILES), outcome.lifetime_percentiles(p).tolist(), strict=True))
    return CareerReport(
        start=outcome.career.start,
        people=outcome.n,
        years=outcome.years,
        discount=outcome.discount,
        lifetime={"mean": float(outcome.discounted.mean()), **lifetime},
        by_year=_by_year(outcome),
        roles=tuple(_times(outcome, role.name) for role in outcome.career.roles if role.name != outcome.career.start),
        sensitivity=sensitivity,
        sources=outcome.career.sources,
        assumptions=outcome.assumptions,
        unit=outcome.career.unit,
    )


def _by_year(outcome: CareerOutcome) -> tuple[dict[str, float | None], ...]:
    wages = outcome.percentiles(np.array(PERCENTILES) / 100)
    paid = [bool(role.pay) for role in outcome.career.roles]
    working = outcome.role_shares[:, paid].sum(axis=1)
    names = [f"p{each}" for each in PERCENTILES]
    return tuple(
        {"year": year, "at_work": float(working[year]), "mean": _known(outcome.mean[year])}
        | dict(zip(names, map(_known, wages[year]), strict=True))
        for year in range(outcome.years)
    )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _times(outcome: CareerOutcome, role: str) -> RoleTimes:
    when = outcome.time_to(role)
    return RoleTimes(role, when.reached, _known(when.median))


def show_career(content: CareerReport) -> list[Section]:
    """Pay by year, roles reached, how much the assumptions matter, and their list."""
    life = content.lifetime
    return [
        Section(
            _title(content),
            (
                Paragraph(LIFETIME.format(100 * content.discount)),
                figures(
                    *((name.upper() if name != "mean" else name, dollars(life[name], content.unit)) for name in life)
                ),
                Paragraph("Real pay of those at work, by years from the start:"),
                _pay_table(content),
                *((Paragraph("Roles:"), _role_table(content)) if content.roles else ()),
            ),
        ),
        Section(
            "How much the assumptions matter",
            (_sensitivity_table(content), Paragraph(SENSITIVITY_NOTE.format(currency_of(content.unit)), "quiet")),
        ),
        Section("What it rests on", (Listing((*content.sources, *content.assumptions)),)),
    ]


def _title(content: CareerReport) -> str:
    """How many careers, and from which role they start; of one that has no others, that role alone."""
    return f"{content.people:,} careers of {content.years} years {'from' if content.roles else 'as'} {content.start}"


def _pay_table(content: CareerReport) -> Table:
    columns = tuple(map(Column, ("year", "at work", *(f"P{each}" for each in PERCENTILES))))
    shown = [row for row in content.by_year if row["year"] in SHOWN_YEARS or row["year"] == content.years - 1]
    return Table(columns, tuple(_pay_row(row, content.unit) for row in shown))


def _pay_row(row: dict[str, float | None], unit: str) -> tuple[str, ...]:
    wages = (row[f"p{each}"] for each in PERCENTILES)
    shown = ("" if wage is None else dollars(wage, unit) for wage in wages)
    return (f"{row['year']:g}", f"{100 * (row['at_work'] or 0.0):.0f} %", *shown)


def _role_table(content: CareerReport) -> Table:
    rows = tuple(
        (
            each.role,
            f"{100 * each.reached:.1f} %",
            "" if each.median_years is None else f"{each.median_years:.0f} years",
        )
        for each in content.roles
    )
    return Table((Column("role", "left"), Column("reached by"), Column("half of those within")), rows)


def _sensitivity_table(content: CareerReport) -> Table:
    columns = (Column("", "left"), *map(Column, ("low", "high", "at low", "at high", "+-")))
    rows = tuple(
        (
            row.what.removesuffix(", a year") + ("" if row.is_assumption else " *"),
            f"{row.low:.3g}",
            f"{row.high:.3g}",
            f"{row.low_change:+,.0f}",
            f"{row.high_change:+,.0f}",
            f"{max(row.low_error, row.high_error):,.0f}",
        )
        for row in content.sensitivity
    )
    return Table(columns, rows)
