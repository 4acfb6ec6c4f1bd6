"""Two persons' pay, and what separates them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from wagefit.errors import FactError
from wagefit.factors.profile import Profile
from wagefit.factors.salary_model import SalaryModel
from wagefit.report.compared import read_compared, show_compared
from wagefit.shell.answer import show_answer
from wagefit.shell.model_options import AssumedError, ModelOptions
from wagefit.shell.person_text import levels_in, parse_person
from wagefit.shell.row_options import Factors, Facts, Json, Layout, Occupation, RowOptions, State, Title, Unit, Year

Persons = Annotated[
    list[str],
    typer.Option(help="A person, such as experience=8,state=NJ; given twice, or once with --other.", metavar="LEVELS"),
]
Other = Annotated[str | None, typer.Option(help="What is different in the other, such as state=TX.", metavar="LEVELS")]


def compare_persons(
    person: Persons,
    other: Other = None,
    assumed_error: AssumedError = None,
    occupation: Occupation = None,
    title: Title = None,
    year: Year = None,
    state: State = None,
    facts: Facts = None,
    layout: Layout = None,
    unit: Unit = None,
    factors: Factors = None,
    as_json: Json = False,
) -> None:
    """Two persons' pay and what separates them, factor by factor.

    Examples: wagefit compare --person experience=8,state=NJ --person experience=3,state=TX. wagefit compare --person
    experience=8,credential=RHIT --other credential=none. A level that holds blanks or commas needs quotes around the
    person; --state is that of both where they name none.
    """
    model = ModelOptions(RowOptions(occupation, title, facts, layout, unit, year), factors, assumed_error).model()
    first, second = _profiles(model, person, other, {} if state is None else {"state": state})
    content = read_compared(model.compare(first, second))
    show_answer(asdict(content), [show_compared(content)], as_json)


def _profiles(
    model: SalaryModel, persons: list[str], other: str | None, common: dict[str, str | None]
) -> tuple[Profile, Profile]:
    """Both persons; FactError unless there are two of them."""
    typed = [common | parse_person("--person", text) for text in persons]
    profiles = [model.profile(**levels_in(model, levels)) for levels in typed]
    if other is not None:
        profiles.append(profiles[0].replace(**levels_in(model, parse_person("--other", other))))
    if len(profiles) != 2:
        given = f"{len(persons)} times{' and --other once' if other is not None else ''}"
        raise FactError(
            f"--person is given {given}; expected it twice, or once with --other: the levels of a person stand in one "
            "text, such as experience=8,state=NJ"
        )
    return profiles[0], profiles[1]
