"""The report, on the terminal, as JSON, as a picture or as a page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wagefit.errors import FactError
from wagefit.report import Detail, Report, report_on
from wagefit.report.explained import model_of
from wagefit.shared.files import replacing
from wagefit.shell.answer import show_answer
from wagefit.shell.model_options import read_factors_option
from wagefit.shell.person_text import levels_in, parse_person
from wagefit.shell.row_options import Factors, Facts, Json, Layout, Occupation, RowOptions, State, Title, Unit, Year

Plot = Annotated[Path | None, typer.Option(help="Write a picture (png, svg, pdf).", metavar="FILE")]
Html = Annotated[Path | None, typer.Option(help="Write one self-contained page.", metavar="FILE")]
Someone = Annotated[
    str | None, typer.Option(help="Whose pay is explained, such as experience=3,state=TX.", metavar="LEVELS")
]
Short = Annotated[bool, typer.Option("--short", help="The answer alone.")]
Full = Annotated[bool, typer.Option("--full", help="Also every level of every factor, and what assumptions matter.")]


def write_report(
    occupation: Occupation = None,
    title: Title = None,
    year: Year = None,
    state: State = None,
    facts: Facts = None,
    layout: Layout = None,
    unit: Unit = None,
    factors: Factors = None,
    person: Someone = None,
    short: Short = False,
    full: Full = False,
    html: Html = None,
    plot: Plot = None,
    as_json: Json = False,
) -> None:
    """The report on an occupation: the answer, what is behind it, and the sources.

    Examples: wagefit report --title "registered nurses" --state NJ --short. wagefit report --facts ashe_table_14.csv
    --title nurses --html page.html.
    """
    options = RowOptions(occupation, title, facts, layout, unit, year, state)
    subject, own = options.subject(), read_factors_option(factors)
    levels = None if person is None else levels_in(model_of(subject, own), parse_person("--person", person))
    report = report_on(subject, levels, own)
    show_report(report, detail_of(short, full), html, plot, as_json)


def show_report(report: Report, detail: Detail, html: Path | None, plot: Path | None, as_json: bool) -> None:
    """Writes the files that are asked for; prints the report unless a page was."""
    if plot is not None:
        report.save_picture(plot)
    if html is not None:
        page = report.to_html(detail)
        with replacing(html) as partial:
            partial.write_text(page, encoding="utf-8")
        typer.echo(f"{html} written")
        return
    show_answer(report.to_dict() if as_json else {}, [] if as_json else report.sections(detail), as_json)


def detail_of(short: bool, full: bool) -> Detail:
    """How much of the report is wanted; FactError for both."""
    if short and full:
        raise FactError("--short and --full are given; expected one of them")
    return "short" if short else "full" if full else "usual"
