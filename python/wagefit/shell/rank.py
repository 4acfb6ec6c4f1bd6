"""Where a wage stands, or the wages of a whole list of staff."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from wagefit.decisions import RankedStaff, Standing, rank, rank_staff
from wagefit.errors import FactError
from wagefit.oews import Cell
from wagefit.report.compared import show_rank
from wagefit.report.staff import show_staff
from wagefit.report.subject import subject_of_row
from wagefit.shell.answer import show_answer
from wagefit.shell.options import parse_number, parse_unit, parse_wage, refuse
from wagefit.shell.periods import check_wage
from wagefit.shell.row_options import Facts, Json, Layout, Occupation, RowOptions, State, Title, Year

IN_LIST = "expected it without --staff, whose list says it by a column"


def rank_wage(
    wage: Annotated[str | None, typer.Option(help="Wage of a year, or in --unit.", metavar="WAGE")] = None,
    occupation: Occupation = None,
    title: Title = None,
    state: State = None,
    year: Year = None,
    unit: Annotated[str | None, typer.Option(help="Unit of the wage, such as USD/hour.", metavar="UNIT")] = None,
    hours: Annotated[str | None, typer.Option(help="Paid hours of the year, if not 2,080.", metavar="HOURS")] = None,
    facts: Facts = None,
    layout: Layout = None,
    staff: Annotated[
        Path | None, typer.Option(help="A list instead: columns of occupation, wage, state, ...", metavar="FILE")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the list with everybody's place.", metavar="FILE.csv")
    ] = None,
    as_json: Json = False,
) -> None:
    """Where a wage stands in an occupation, with an interval; or everybody of a list (--staff).

    Example: wagefit rank --wage 48000 --occupation 29-2072 --state NJ. Or: wagefit rank --staff staff.csv -o out.csv.
    """
    row = RowOptions(occupation, title, facts, layout, None, year, state)
    if staff is not None:
        refuse(IN_LIST, wage=wage, hours=hours, **asdict(row))
        _rank_list(staff, output, "USD/year" if unit is None else unit, as_json)
        return
    if output is not None:
        raise FactError(f"--output is {str(output)!r}; expected it with --staff, a list")
    stands = _rank_one(wage, row, unit, hours)
    show_answer(asdict(stands) | {"ratio": stands.ratio}, [show_rank(stands)], as_json)


def _rank_one(wage: str | None, row: RowOptions, unit: str | None, hours: str | None) -> Standing:
    if wage is None or (row.name is None and row.facts is None):
        missing = "--wage" if wage is None else "--occupation"
        raise FactError(
            f"{missing} is missing; expected --wage with --occupation, --title or --facts, or --staff, a list of people"
        )
    market = row.published()
    given = parse_unit(unit, "USD/year" if isinstance(market, Cell) else subject_of_row(market).unit)
    paid = parse_wage("--wage", wage, given)
    stands = rank(paid, market, unit=given, hours=parse_number("--hours", hours))
    if unit is None:
        check_wage("--wage", paid, stands.median, stands.market_unit)
    return stands


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
