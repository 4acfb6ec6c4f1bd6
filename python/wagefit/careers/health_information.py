"""Roles, moves and growth of pay of a health information technician's career, from figures of the package."""

from __future__ import annotations

from wagefit import oews
from wagefit.careers.role import CareerMove, CareerRole
from wagefit.distributions.distribution import Distribution
from wagefit.errors import FactError
from wagefit.factors.factor import Factor
from wagefit.factors.health_information import embedded_factors
from wagefit.factors.salary_model import SalaryModel
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
    """The roles with their pay in a release, at levels of the embedded factors."""
    factors = embedded_factors()
    specialist = SalaryModel(_anchor(SPECIALIST, year), factors)
    levels = {"education": education, "state": state}
    held = f"the credential {credential}" if credential else "any credential"
    return (
        CareerRole.from_model(
            "technician", specialist, levels | {"credential": "none"}, note="29-2072 without credential"
        ),
        CareerRole.from_model("coder", specialist, levels | {"credential": credential}, note=f"29-2072 with {held}"),
        _role("cancer registrar", REGISTRAR, year, factors, state),
        _role("health information manager", MANAGER, year, factors, state),
        _director(year, factors, state),
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


def _anchor(occupation: str, year: int) -> Distribution:
    return fit(**oews.national(occupation, year).facts())


def _role(name: str, occupation: str, year: int, factors: tuple[Factor, ...], state: str | None) -> CareerRole:
    used = [factor for factor in factors if factor.name in ("experience", "state")]
    model = SalaryModel(_anchor(occupation, year), used)
    return CareerRole.from_model(name, model, {"state": state}, note=f"{occupation}; {EXPERIENCE_NOTE}")


def _director(year: int, factors: tuple[Factor, ...], state: str | None) -> CareerRole:
    """The upper part of the managers; the state as one factor of scale, experience not at all."""
    managers = _anchor(MANAGER, year)
    pay = managers.truncate(lower=float(managers.ppf(UPPER_PART)))
    if state is not None:
        places = next(factor for factor in factors if factor.name == "state")
        pay = pay.scale(places.level(places.choice(state)).ratio / places.mean_ratio)
    note = "the part of 11-9111 above its 75th percentile (an assumption), the same at any experience"
    return CareerRole("director", (pay,), note)


def notes(year: int, state: str | None) -> tuple[str, ...]:
    """What else is assumed."""
    found = [f"pay of all roles: BLS OEWS {oews.national(SPECIALIST, year).release}, in its dollars"]
    if state is not None:
        found.append(f"{state}: the ratio of technicians' means of 2018, for every role (an assumption)")
    return tuple(found)
