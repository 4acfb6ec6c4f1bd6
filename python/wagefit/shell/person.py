"""One person's pay, and what it goes with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

import typer

from wagefit.errors import FactError
from wagefit.report.compared import show_rank
from wagefit.report.person import read_person, show_person
from wagefit.shell.answer import show_answer
from wagefit.shell.model_options import AssumedError, ModelOptions
from wagefit.shell.options import parse_wage
from wagefit.shell.periods import check_wage
from wagefit.shell.person_text import levels_in, parse_person
from wagefit.shell.row_options import Factors, Facts, Json, Layout, Occupation, RowOptions, State, Title, Unit, Year

Level = Annotated[str | None, typer.Option(metavar="LEVEL")]
Levels = Annotated[
    list[str] | None,
    typer.Option(help="A level of any factor, such as union=member; may be repeated.", metavar="FACTOR=LEVEL"),
]
Wage = Annotated[str | None, typer.Option(help="Also say where this wage stands.", metavar="WAGE")]


def explain_person(
    experience: Annotated[str | None, typer.Option(help="Years of experience.", metavar="YEARS")] = None,
    education: Level = None,
    credential: Level = None,
    state: State = None,
    setting: Level = None,
    location: Level = None,
    level: Levels = None,
    wage: Wage = None,
    assumed_error: AssumedError = None,
    occupation: Occupation = None,
    title: Title = None,
    year: Year = None,
    facts: Facts = None,
    layout: Layout = None,
    unit: Unit = None,
    factors: Factors = None,
    as_json: Json = False,
) -> None:
    """One person's pay and what it goes with; what is left out is averaged over the workforce.

    Example: wagefit person --experience 8 --education associate --credential RHIT --state NJ --setting "all other". A
    wrong level is answered with the known ones. Without an occupation: health information technicians.
    """
    named = {
        "experience": experience,
        "education": education,
        "credential": credential,
        "state": state,
        "setting": setting,
        "location": location,
    }
    model = ModelOptions(RowOptions(occupation, title, facts, layout, unit, year), factors, assumed_error).model()
    profile = model.profile(**levels_in(model, _levels(named, level or ())))
    content = read_person(model, profile)
    if wage is None:
        show_answer(asdict(content), [show_person(content)], as_json)
        return
    paid = parse_wage("--wage", wage, model.unit)
    check_wage("--wage", paid, float(model.anchor.median()), model.unit)
    stands = model.rank(profile, paid)
    show_answer(asdict(content) | {"rank": asdict(stands)}, [show_person(content), show_rank(stands)], as_json)


def _levels(named: dict[str, str | None], others: Sequence[str]) -> dict[str, str | None]:
    """The levels that are given, by factor."""
    given: dict[str, str | None] = {name: text for name, text in named.items() if text is not None}
    for text in others:
        for factor, level in parse_person("--level", text).items():
            if factor in given:
                raise FactError(f"--level gives {factor} twice; expected each factor once")
            given[factor] = level
    return given
