"""A career that stays in one occupation: its pay by years of experience, by the occupation's own salary model."""

from __future__ import annotations

from wagefit.careers.role import CareerRole
from wagefit.errors import FactError
from wagefit.factors.salary_model import SalaryModel

EXPERIENCE = "experience"


def model_of_occupation(occupation: str, year: int | None) -> SalaryModel:
    """The salary model of an occupation; FactError where it says nothing of experience."""
    model = SalaryModel.for_occupation(occupation, year)
    if EXPERIENCE not in {factor.name for factor in model.factors}:
        raise FactError(f"occupation is {occupation!r}, which has no factor of experience; expected another one")
    return model


def role_of(model: SalaryModel, levels: dict[str, str | None]) -> CareerRole:
    """The one role, called after the occupation."""
    name = "the occupation" if model.cell is None else model.cell.occupation_title
    return CareerRole.from_model(name, model, levels, experience=EXPERIENCE)


def notes_of(model: SalaryModel) -> tuple[str, ...]:
    """What is assumed beside the rules."""
    about = (note for note in model.notes if EXPERIENCE in note.partition(":")[0].split(", "))
    return (
        "nobody leaves the occupation or changes the employer or the place (assumption)",
        *(note.rstrip(".") for note in (*model.notes[:1], *about)),
    )
