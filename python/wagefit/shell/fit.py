"""The distribution behind figures, those of the command line or those that are published."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, cast

import typer

from wagefit.distributions.distribution import Distribution
from wagefit.errors import FactError
from wagefit.fitting.fit import fit
from wagefit.report.recovered import measure, show_recovered
from wagefit.shared.types import Family
from wagefit.shell.answer import show_answer
from wagefit.shell.facts_text import parse_bounds, parse_quantiles
from wagefit.shell.options import parse_number, parse_unit, parse_wage
from wagefit.shell.periods import check_figures
from wagefit.shell.row_options import Facts, Json, Layout, Occupation, RowOptions, State, Title, Unit, Year

Wages = Annotated[list[str] | None, typer.Option(help="May be repeated.", metavar="P=WAGE")]
FamilyName = Annotated[
    str,
    typer.Option(help="curve, lognormal, weibull, gamma, loglogistic, singh-maddala, dagum or gb2.", metavar="NAME"),
]


def fit_figures(
    mean: Annotated[str | None, typer.Option(help="Mean wage.", metavar="WAGE")] = None,
    quantile: Wages = None,
    at_least: Wages = None,
    family: FamilyName = "curve",
    lower: Annotated[str | None, typer.Option(help="Lowest possible wage.", metavar="WAGE")] = None,
    upper: Annotated[str | None, typer.Option(help="Highest possible wage.", metavar="WAGE")] = None,
    occupation: Occupation = None,
    title: Title = None,
    year: Year = None,
    state: State = None,
    facts: Facts = None,
    layout: Layout = None,
    unit: Unit = None,
    as_json: Json = False,
) -> None:
    """The distribution behind a few figures, or behind those of a published row.

    Examples: wagefit fit --mean 44010 --quantile P90=63820 --family lognormal. wagefit fit --occupation 29-1141 --state
    NJ. P90, 90, 90% and .9 are the same percentile; the P of --at-least may be "mean".
    """
    typed = (mean, quantile, at_least, lower, upper)
    options = RowOptions(occupation, title, facts, layout, unit, year, state)
    if options == RowOptions(unit=unit):
        pay = _fit_typed(*typed, family, unit)
    elif any(typed):
        raise FactError("figures are given beside a published row; expected one of the two")
    else:
        pay = _fit_published(options, family)
    content = measure(pay)
    show_answer(asdict(content), [show_recovered(content, pay)], as_json)


def _fit_typed(
    mean: str | None,
    quantile: list[str] | None,
    at_least: list[str] | None,
    lower: str | None,
    upper: str | None,
    family: str,
    unit: str | None,
) -> Distribution:
    named = parse_unit(unit)
    quantiles = parse_quantiles("--quantile", quantile or (), named)
    average = None if mean is None else parse_wage("--mean", mean, named)
    if unit is None:
        check_figures([*quantiles.values(), *([] if average is None else [average])])
    return fit(
        mean=average,
        quantiles=quantiles or None,
        at_least=parse_bounds("--at-least", at_least or (), named) or None,
        family=cast(Family, family),  # another text is answered with the known families
        lower=parse_number("--lower", lower),
        upper=parse_number("--upper", upper),
        unit=named,
    )


def _fit_published(options: RowOptions, family: str) -> Distribution:
    subject = options.subject()
    return subject.pay if family == "curve" else fit(**subject.facts, family=cast(Family, family))
