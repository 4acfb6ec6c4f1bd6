"""The release and occupation that quoted figures come from."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from wagefit.errors import FactError
from wagefit.oews import cell, identify
from wagefit.report.found import read_found, show_found
from wagefit.shell.answer import show_answer
from wagefit.shell.facts_text import parse_quantiles
from wagefit.shell.options import parse_number, parse_unit
from wagefit.shell.periods import check_figures
from wagefit.shell.row_options import Json, Occupation, RowOptions, Title, Unit

NAMES = {0.10: "p10", 0.25: "p25", 0.50: "median", 0.75: "p75", 0.90: "p90"}
Wage = Annotated[str | None, typer.Option(help="Quoted wage.", metavar="WAGE")]


def identify_figures(
    mean: Wage = None,
    p10: Wage = None,
    p25: Wage = None,
    median: Wage = None,
    p75: Wage = None,
    p90: Wage = None,
    employment: Annotated[str | None, typer.Option(help="Quoted number of people.", metavar="PEOPLE")] = None,
    tolerance: Annotated[str, typer.Option(help="Largest relative difference.", metavar="PART")] = "0.0001",
    rounding: Annotated[str, typer.Option(help="Step to which the figures were rounded.", metavar="WAGE")] = "0",
    quantile: Annotated[
        list[str] | None, typer.Option(help="A percentile, such as P90=63820; may be repeated.", metavar="P=WAGE")
    ] = None,
    occupation: Occupation = None,
    title: Title = None,
    unit: Unit = None,
    as_json: Json = False,
) -> None:
    """The release and occupation that quoted figures come from, among all occupations or the rows of one.

    Examples: wagefit identify --mean 44010. wagefit identify --quantile P90=63820 --title "registered nurses".
    """
    texts = {
        "mean": mean,
        "p10": p10,
        "p25": p25,
        "median": median,
        "p75": p75,
        "p90": p90,
        "employment": employment,
        "tolerance": tolerance,
        "rounding": rounding,
    }
    figures: dict[str, Any] = {name: parse_number(f"--{name}", text) for name, text in texts.items()}
    named = parse_unit(unit)
    for p, wage in parse_quantiles("--quantile", quantile or (), named).items():
        _add(figures, p, wage)
    if unit is None:
        check_figures([figures[name] for name in ("mean", *NAMES.values()) if figures[name] is not None])
    name = RowOptions(occupation, title).name
    codes = None if name is None else cell(name).occupation
    found = identify(**figures, occupation=codes, unit=named)
    show_answer(asdict(read_found(found)), [show_found(found)], as_json)


def _add(figures: dict[str, Any], p: float, wage: float) -> None:
    name = NAMES.get(p)
    if name is None:
        raise FactError(f"--quantile has P{100 * p:g}; expected one that is published: P10, P25, P50, P75 or P90")
    if figures.get(name) is not None:
        raise FactError(f"{name} is given twice; expected each figure once")
    figures[name] = wage
