"""The salary model behind a report, and the person whose pay it explains."""

from __future__ import annotations

from collections.abc import Mapping

from wagefit.errors import FactError
from wagefit.factors.factor import Factor
from wagefit.factors.profile import Profile
from wagefit.factors.salary_model import SalaryModel
from wagefit.factors.state_places import PLACES
from wagefit.oews import Cell
from wagefit.report.published import MODELED
from wagefit.report.subject import Subject
from wagefit.shared.types import Number

# A health information technician whose every circumstance but the location is known.
TECHNICIAN: dict[str, str | Number | None] = {
    "experience": 8,
    "education": "associate",
    "credential": "RHIT",
    "state": "NJ",
    "setting": "general hospital",
}
YEARS, STATE = 8.0, "NJ"  # of the person in the report on another occupation


def model_of(subject: Subject) -> SalaryModel:
    """The salary model of a row that comes with the package; FactError where there is none."""
    if subject.cell is None:
        raise FactError(f"no salary factors are at hand for {subject.title or 'the row'}")
    return model_of_cell(subject.cell)


def model_of_cell(cell: Cell) -> SalaryModel:
    """The salary model of the occupation of a published row, in the nation and in its year."""
    if cell.occupation in MODELED:
        return SalaryModel.health_information(cell.year)
    return SalaryModel.for_occupation(cell.occupation, cell.year)


def worked_profile(
    model: SalaryModel, subject: Subject, person: Mapping[str, str | Number | None] | None = None
) -> Profile:
    """The person that the report is about: `person`, or else one with common levels; in the state of the row."""
    place = _place(subject)
    if person is not None:
        return model.profile(**(place | dict(person)))
    is_technician = subject.cell is not None and subject.cell.occupation in MODELED
    usual = TECHNICIAN if is_technician else {factor.name: _common(factor) for factor in model.factors}
    known = {factor.name for factor in model.factors}
    return model.profile(**{name: level for name, level in (usual | place).items() if name in known})


def _place(subject: Subject) -> dict[str, str | Number | None]:
    """The state of the row, where it is a state's."""
    cell = subject.cell
    return {"state": cell.area} if cell is not None and cell.area_type in PLACES else {}


def _common(factor: Factor) -> str | float:
    """Eight years of experience, New Jersey, and of other factors the level of most people."""
    if factor.is_continuous:
        ends = [level.at for level in factor.levels if level.at is not None]
        return min(max(YEARS, min(ends)), max(ends))
    if any(level.name == STATE for level in factor.levels):
        return STATE
    return max(factor.levels, key=lambda level: level.share).name
