"""How much wages grew between two releases."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, cast

import typer

from wagefit.decisions import growth
from wagefit.errors import FactError
from wagefit.prices import Index
from wagefit.report.growth import show_growth
from wagefit.shell.answer import show_answer
from wagefit.shell.options import parse_number, parse_year
from wagefit.shell.row_options import Json, Occupation, RowOptions, Title


def show_wage_growth(
    start: Annotated[str, typer.Option("--from", help="Year of the earlier release.", metavar="YEAR")],
    end: Annotated[str, typer.Option("--to", help="Year of the later release.", metavar="YEAR")],
    occupation: Occupation = None,
    title: Title = None,
    index: Annotated[
        str, typer.Option(help="CPI-U (prices) or ECI (cost of labor, 2013 to 2022).", metavar="INDEX")
    ] = "CPI-U",
    assumed_rse: Annotated[
        str | None,
        typer.Option(help="Relative standard error of the mean where none is printed.", metavar="PERCENT"),
    ] = None,
    as_json: Json = False,
) -> None:
    """How much an occupation's wages grew from one release to another, with the sampling error.

    Example: wagefit growth --title "registered nurses" --from 2018 --to 2021.
    """
    name = RowOptions(occupation, title).name
    if name is None:
        raise FactError("--occupation is missing; expected a code, or --title")
    content = growth(
        name,
        parse_year(start, "--from"),
        parse_year(end, "--to"),
        index=cast(Index, index),  # another text is answered with the known ones
        assumed_rse=parse_number("--assumed-rse", assumed_rse),
    )
    show_answer(asdict(content), [show_growth(content)], as_json)
