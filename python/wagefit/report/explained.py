"""The salary model behind a report, and the person whose pay it explains."""

from __future__ import annotations

from collections.abc import Mapping

from wagefit.errors import FactError
from wagefit.factors.factor import Factor
from wagefit.factors.factor_set import FactorSet
from wagefit.factors.model_notes import anchor_note, factor_notes
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


def model_of(subject: Subject, own: FactorSet | None = None) -> SalaryModel:
    """The salary model of a row.

    Parameters
    ----------
    subject : Subject
    own : FactorSet, optional
        Of one's own; in the model of a row that comes with the package they replace its factors of the same name.

    Raises
    ------
    FactError
        The row does not come with the package, and there are no factors of one's own.
    """
    if subject.cell is not None:
        return model_of_cell(subject.cell, own)
    if own is None:
        name = subject.title or "the row"
        raise FactError(f"no salary factors are at hand for {name}; expected factors of one's own, a file of them")
    return SalaryModel.from_table(own, subject.pay)


def model_of_cell(cell: Cell, own: FactorSet | None = None) -> SalaryModel:
    """The salary model of the occupation of a published row, in the nation and in its year; see `model_of`."""
    given = FactorSet(()) if own is None else own
    if cell.occupation not in MODELED:
        model = SalaryModel.for_occupation(cell.occupation, cell.year, factors=given.factors)
    else:
        model = SalaryModel.health_information(cell.year)
        model = model if own is None else _with_own(model, given)
    return model.with_interactions(*given.interactions) if given.interactions else model


def _with_own(model: SalaryModel, own: FactorSet) -> SalaryModel:
    """The model with factors of one's own in the place of those of the same name, or added."""
    names = {factor.name for factor in own}
    factors = (*(factor for factor in model.factors if factor.name not in names), *own)
    anchored = () if model.cell is None else (anchor_note(model.cell),)
    return SalaryModel(model.anchor, factors, (*anchored, *factor_notes(factors)), cell=model.cell)


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


def _common(factor: Factor) -> str | float | None:
    """Eight years of experience, New Jersey, and of other factors the level of most people.

    None where the shares are not the occupation's own, as those of education are: most of a group of occupations may
    have a degree that hardly anyone has in this one.
    """
    if factor.is_continuous:
        ends = [level.at for level in factor.levels if level.at is not None]
        return min(max(YEARS, min(ends)), max(ends))
    if any(level.name == STATE for level in factor.levels):
        return STATE
    if any(level.is_proxy for level in factor.levels):
        return None
    return max(factor.levels, key=lambda level: level.share).name
