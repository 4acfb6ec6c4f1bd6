"""Roles, moves and growth of pay of a health information technician's career, from figures of the package."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from wagefit import oews
from wagefit.careers.role import CareerMove, CareerRole
from wagefit.errors import FactError
from wagefit.factors.factor import Factor
from wagefit.factors.health_information import factors_of
from wagefit.factors.salary_model import SalaryModel
from wagefit.factors.state_places import STATE as PLACES
from wagefit.fitting.fit import fit
from wagefit.prices import adjust
from wagefit.shared.embedded_tables import read_table

SPECIALIST, REGISTRAR, MANAGER = "29-2072", "29-9021", "11-9111"
GONE = "left the field"
UPPER_PART = 0.75
GROWTH_OF, GROWTH_YEARS = "29-2071", (1999, 2018)
EXPERIENCE_NOTE = "pay by experience as coders' (an assumption), total years in the field"


def release_year(year: int | None) -> int:
    """The release of all pay: the newest of specialists when `year` is None."""
    return max(oews.years(SPECIALIST)) if year is None else year


def roles(year: int, education: str | None, credential: str | None, state: str | None) -> tuple[CareerRole, ...]:
    """The roles with their pay in a release, at levels of the embedded factors and of the release's own places."""
    specialist = _model(SPECIALIST, year)
    places = [factor for factor in specialist.factors if factor.name == PLACES]
    managers, of_managers = _placed(MANAGER, year, state, places)
    registrars, of_registrars = _placed(REGISTRAR, year, state, places)
    levels, there = {"education": education, PLACES: state}, {PLACES: state}
    held = f"the credential {credential}" if credential else "any credential"
    return (
        CareerRole.from_model(
            "technician", specialist, levels | {"credential": "none"}, note="29-2072 without credential"
        ),
        CareerRole.from_model("coder", specialist, levels | {"credential": credential}, note=f"29-2072 with {held}"),
        CareerRole.from_model("cancer registrar", registrars, there, note=of_registrars),
        CareerRole.from_model("health information manager", managers, there, note=of_managers),
        _director(managers, state),
        CareerRole(GONE),
    )


def moves() -> tuple[CareerMove, ...]:
    """The moves between health information roles that come with the package."""
    return tuple(
        CareerMove(
            row["origin"], row["destination"], float(row["chance"]), int(row["after_years"]), row["source"], row["note"]
        )
        for row in read_table("career_moves")
    )


def real_growth() -> tuple[float, str]:
    """Yearly growth of technicians' mean pay in constant dollars while their code was one, and its source."""
    first, last = GROWTH_YEARS
    before, after = (oews.national(GROWTH_OF, year).mean for year in GROWTH_YEARS)
    if before is None or after is None:
        raise FactError(f"the means of {GROWTH_OF} in {first} and {last} are missing")
    rate = (after / adjust(before, first, last)) ** (1 / (last - first)) - 1
    return float(rate), f"mean of {GROWTH_OF}, BLS OEWS {first} to {last}, in constant dollars (CPI-U)"


def _model(occupation: str, year: int, used: Collection[str] | None = None) -> SalaryModel:
    """A model of an occupation with the embedded factors and the release's own places; only those in `used`."""
    cell = oews.national(occupation, year)
    pay = fit(cell)
    factors, notes = factors_of(cell, pay)
    return SalaryModel(pay, [factor for factor in factors if used is None or factor.name in used], notes, cell=cell)


def _placed(occupation: str, year: int, state: str | None, places: Sequence[Factor]) -> tuple[SalaryModel, str]:
    """A model of experience and place and a note on it; the `places` of specialists if it has no row of the state."""
    model, note = _model(occupation, year, ("experience", PLACES)), f"{occupation}; {EXPERIENCE_NOTE}"
    own = [factor for factor in model.factors if factor.name == PLACES]
    if state is None or not places or any(factor.find_level(state) for factor in own):
        return model, note
    others = [factor for factor in model.factors if factor.name != PLACES]
    borrowed = SalaryModel(model.anchor, [*others, *places], model.notes, cell=model.cell)
    return borrowed, f"{note}; no row of {state} is published, hence specialists' ratio (an assumption)"


def _director(managers: SalaryModel, state: str | None) -> CareerRole:
    """The upper part of the managers; the state as one factor of scale, experience not at all."""
    pay = managers.anchor.truncate(lower=float(managers.anchor.ppf(UPPER_PART)))
    if state is not None:
        places = managers.factor(PLACES)
        pay = pay.scale(places.level(places.choice(state)).ratio / places.mean_ratio)
    note = "the part of 11-9111 above its 75th percentile (an assumption), the same at any experience"
    return CareerRole("director", (pay,), note)


def notes(year: int, state: str | None) -> tuple[str, ...]:
    """What else is assumed."""
    release = oews.national(SPECIALIST, year).release
    found = [f"pay of all roles: BLS OEWS {release}, in its dollars"]
    if state is not None:
        found.append(f"{state}: the mean of each role's own row of {release}; a director's as all managers'")
    return tuple(found)
