"""Where a wage stands, or the wages of a whole list of staff."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from wagefit.decisions import RankedStaff, rank, rank_staff
from wagefit.errors import FactError
from wagefit.report.compared import show_rank
from wagefit.report.staff import show_staff
from wagefit.shell.answer import show_answer
from wagefit.shell.options import parse_number, parse_year

Text = Annotated[str | None, typer.Option(metavar="TEXT")]


def rank_wage(
    wage: Annotated[str | None, typer.Option(help="Wage of a year, or in --unit.", metavar="WAGE")] = None,
    occupation: Annotated[str | None, typer.Option(help="Code or title.", metavar="CODE")] = None,
    state: Annotated[str | None, typer.Option(help="Two letters or name; the nation without it.")] = None,
    year: Annotated[str | None, typer.Option(help="Year of the release, such as 2018.", metavar="YEAR")] = None,
    unit: Annotated[str | None, typer.Option(help="USD/year or USD/hour.", metavar="UNIT")] = None,
    hours: Annotated[str | None, typer.Option(help="Paid hours of the year, if not 2,080.", metavar="HOURS")] = None,
    staff: Annotated[
        Path | None, typer.Option(help="A list instead: columns of occupation, wage, state, ...", metavar="FILE")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the list with everybody's place.", metavar="FILE.csv")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON instead.")] = False,
) -> None:
    """Where a wage stands in an occupation, with an interval; or everybody of a list (--staff).

    Example: wagefit rank --wage 48000 --occupation 29-2072 --state NJ. Or: wagefit rank --staff staff.csv -o out.csv.
    """
    if staff is not None:
        _refuse(wage=wage, occupation=occupation, state=state, year=year, hours=hours)
        _rank_list(staff, output, "USD/year" if unit is None else unit, as_json)
        return
    if output is not None:
        raise FactError(f"--output is {str(output)!r}; expected it with --staff, a list")
    paid = parse_number("--wage", wage)
    if paid is None or occupation is None:
        missing = "--wage" if paid is None else "--occupation"
        raise FactError(f"{missing} is missing; expected --wage and --occupation, or --staff, a list of people")
    stands = rank(
        paid,
        occupation=occupation,
        state=state,
        year=parse_year(year),
        unit=unit,
        hours=parse_number("--hours", hours),
    )
    show_answer(asdict(stands) | {"ratio": stands.ratio}, [show_rank(stands)], as_json)


def _refuse(**options: str | None) -> None:
    """FactError for what the list itself says."""
    for name, text in options.items():
        if text is not None:
            raise FactError(f"--{name} is {text!r}; expected it without --staff, whose list says it by a column")


def _rank_list(staff: Path, output: Path | None, unit: str, as_json: bool) -> None:
    if output is not None:
        if output.suffix != ".csv":
            raise FactError(f"--output is {output.name!r}; expected a name that ends in .csv")
        if output.exists() and output.samefile(staff):
            raise FactError(f"--output is {output.name!r}, the list itself; expected another file")
    ranked = rank_staff(staff, unit=unit)
    if output is not None:
        ranked.write_csv(output)
    show_answer(_content(ranked), [show_staff(ranked, output is not None)], as_json)
    if output is not None and not as_json:
        typer.echo(f"{output} written")


def _content(ranked: RankedStaff) -> dict[str, Any]:
    people = {name: column.tolist() for name, column in ranked.columns.items()}
    return cast(
        dict[str, Any],
        {"counts": ranked.counts(), "summary": ranked.summary_rows(), "reasons": ranked.reasons(), "people": people},
    )
