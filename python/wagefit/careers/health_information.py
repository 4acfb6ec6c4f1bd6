"""The career of a health information technician, from figures that come with the package."""

from __future__ import annotations

from typing import Any

from wagefit import oews
from wagefit.careers.career import Career, CareerMove, CareerRole, make_moves
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


def health_information_career(
    *,
    start: str = "technician",
    experience: int = 0,
    education: str | None = None,
    credential: str | None = "CCS",
    state: str | None = None,
    year: int | None = None,
    rank: float | None = None,
) -> Career:
    """Technician, coder, cancer registrar, health information manager, director.

    Parameters
    ----------
    start : {"technician", "coder", "cancer registrar", "health information manager", "director"}
        Role of the first year.
    experience : int
        Years in the field at the start.
    education, state : str, optional
        Levels of the embedded factors; None: averaged over the workforce. Education counts in the first two roles only.
    credential : str, optional
        Held from the role of coder on; technicians have none. It counts in that role only.
    year : int, optional
        Release of all pay; the newest when None (from 2021 on).
    rank : float, optional
        As in `Career`.

    Returns
    -------
    Career
        With every chance of moving marked as an assumption, since no public source gives any; real growth of pay from
        the occupation's own published means.

    Raises
    ------
    FactError
        An unknown role, level or year.

    Notes
    -----
    Technicians and coders are one occupation since May 2021, 29-2072: they differ here by the credential alone.
    Managers are 11-9111, all medical and health services managers; a director has no code of its own and is the part of
    11-9111 above its 75th percentile.
    """
    release = max(oews.years(SPECIALIST)) if year is None else year
    factors = embedded_factors()
    specialist = SalaryModel(_anchor(SPECIALIST, release), factors)
    levels: dict[str, Any] = {"education": education, "state": state}
    roles = (
        CareerRole.from_model(
            "technician", specialist, levels | {"credential": "none"}, note="29-2072 without credential"
        ),
        CareerRole.from_model(
            "coder", specialist, levels | {"credential": credential},
            note=f"29-2072 with {'the credential ' + credential if credential else 'any credential'}",
        ),
        _role("cancer registrar", REGISTRAR, release, factors, state),
        _role("health information manager", MANAGER, release, factors, state),
        _director(release, factors, state),
        CareerRole(GONE),
    )  # fmt: skip
    growth, source = real_growth()
    return Career(
        roles=roles, moves=embedded_moves(), start=start, experience=experience, rank=rank, growth=growth,
        growth_source=source, notes=_notes(release, state),
    )  # fmt: skip


def embedded_moves() -> tuple[CareerMove, ...]:
    """The moves between health information roles that come with the package."""
    return make_moves(read_table("career_moves"))


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


def _notes(year: int, state: str | None) -> tuple[str, ...]:
    notes = [f"pay of all roles: BLS OEWS {oews.national(SPECIALIST, year).release}, in its dollars"]
    if state is not None:
        notes.append(f"{state}: the ratio of technicians' means of 2018, for every role (an assumption)")
    return tuple(notes)
