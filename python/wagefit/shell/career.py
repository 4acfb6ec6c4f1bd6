"""Simulated careers."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, cast

import typer

from wagefit.careers.career import Career, HealthInformationRole
from wagefit.plots.figures import save_picture
from wagefit.report.career import read_career, show_career
from wagefit.shared.types import Figure
from wagefit.shell.answer import show_answer
from wagefit.shell.options import parse_count, parse_number, parse_optional_year, refuse
from wagefit.shell.person import Level
from wagefit.shell.row_options import Json, Occupation, RowOptions, State, Title, Year

HELD = "CCS"  # the credential of coders unless said otherwise
ELSEWHERE = "expected it without an occupation, in health information work"


def simulate_career(
    start: Annotated[str | None, typer.Option(help="Role of the first year: technician, ...", metavar="ROLE")] = None,
    experience: Annotated[str, typer.Option(help="Years of experience at the start.", metavar="YEARS")] = "0",
    education: Level = None,
    credential: Annotated[str | None, typer.Option(help="Held from the role of coder on.", metavar="LEVEL")] = None,
    state: State = None,
    occupation: Occupation = None,
    title: Title = None,
    years: Annotated[str, typer.Option(help="Length of the careers.", metavar="YEARS")] = "30",
    people: Annotated[str, typer.Option(help="Careers simulated.", metavar="PEOPLE")] = "100000",
    seed: Annotated[str, typer.Option(help="The same seed, the same people.", metavar="NUMBER")] = "0",
    discount: Annotated[str, typer.Option(help="Real rate a year.", metavar="RATE")] = "0.03",
    year: Year = None,
    plot: Annotated[Path | None, typer.Option(help="Write a picture (png, svg, pdf).", metavar="FILE")] = None,
    as_json: Json = False,
) -> None:
    """Simulated careers: technician, coder, cancer registrar, health information manager, director; or one occupation.

    Examples: wagefit career --state NJ --years 25. wagefit career --title electricians --state TX. Every chance of
    moving is an assumption; the output lists them.
    """
    name, began = RowOptions(occupation, title).name, parse_count("--experience", experience)
    release = parse_optional_year(year)
    if name is None:
        career = Career.health_information(
            start=cast(HealthInformationRole, start or "technician"),  # another text is answered with the known roles
            experience=began,
            education=education,
            credential=credential or HELD,
            state=state,
            year=release,
        )
    else:
        refuse(ELSEWHERE, start=start, credential=credential)
        career = Career.in_occupation(name, experience=began, education=education, state=state, year=release)
    length, number = parse_count("--years", years), parse_count("--seed", seed)
    rate = parse_number("--discount", discount) or 0.0
    outcome = career.simulate(length, parse_count("--people", people), rng=number, discount=rate)
    if plot is not None:
        save_picture(cast(Figure, outcome.plot()[0].figure), plot)
    changes = career.sensitivity(length, min(outcome.n, 50_000), rng=number, discount=rate)
    content = read_career(outcome, changes)
    show_answer(asdict(content), show_career(content), as_json)
