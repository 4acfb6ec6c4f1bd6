"""A distribution's first figures, for terminals and notebooks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from html import escape
from typing import Any

from wagefit.errors import FactError
from wagefit.plots.svg import svg_density
from wagefit.shared.frames import make_frame
from wagefit.shared.protocols import WageDistribution
from wagefit.shared.text import dollars
from wagefit.shared.types import Array, Backend

PREFIX = "fit_"
"""What the names of a fit's columns begin with beside columns of a table."""
PERCENTILES = (0.10, 0.25, 0.50, 0.75, 0.90)
SHOWN = {"p5": 0.05, "p10": 0.10, "p25": 0.25, "p50": 0.50, "p75": 0.75, "p90": 0.90, "p95": 0.95, "p99": 0.99}


def summary_frame(
    names: Mapping[str, Sequence[Any]],
    status: Sequence[str],
    moments: tuple[Sequence[float], Sequence[float], Sequence[float]],
    wages: Array,
    backend: Backend | None,
) -> Any:
    """A table of n distributions: `names`, status, (mean, standard deviation, Gini), and `wages` at SHOWN, (n, 8).

    A column of `names` keeps its name, and that of the distributions which has the same gets `PREFIX`; FactError where
    that is taken as well.
    """
    figures = dict(zip(("mean", "std", "gini"), moments, strict=True))
    figures |= {name: column.tolist() for name, column in zip(SHOWN, wages.T, strict=True)}
    shown = {_beside(names, name): name for name in ("status", *figures)}
    types: dict[str, type] = {name: _type_of(column) for name, column in names.items()}
    types |= {name: str if own == "status" else float for name, own in shown.items()}
    columns = {name: status if own == "status" else figures[own] for name, own in shown.items()}
    return make_frame({**names, **columns}, types, backend)


def _beside(names: Collection[str], own: str) -> str:
    """The name of a column of the distributions' own beside columns of `names`."""
    if own not in names:
        return own
    if f"{PREFIX}{own}" in names:
        raise FactError(f"keys have the columns {own!r} and {PREFIX + own!r}; expected one of them free for the fit")
    return f"{PREFIX}{own}"


def _type_of(column: Sequence[Any]) -> type:
    """Type of the first value that is not missing."""
    return next((type(value) for value in column if value is not None), str)


def summary_line(pay: WageDistribution) -> str:
    """Mean, tenth percentile, median and ninetieth percentile in one line, with the unit."""
    mean, p10, p50, p90 = (dollars(wage, pay.unit) for wage in (pay.mean(), *pay.ppf([0.1, 0.5, 0.9])))
    return f"mean {mean}, P10 {p10}, median {p50}, P90 {p90}, {pay.unit}"


def summary_rows(pay: WageDistribution) -> list[tuple[str, str]]:
    """Label and value of what a reader first wants to know of a distribution."""
    rows = [("mean", dollars(pay.mean(), pay.unit))]
    rows += [(f"P{100 * p:.0f}", dollars(x, pay.unit)) for p, x in zip(PERCENTILES, pay.ppf(PERCENTILES), strict=True)]
    rows += [("standard deviation", dollars(pay.std(), pay.unit)), ("Gini", f"{pay.gini():.3f}")]
    if pay.diagnostics is not None:
        rows.append(("status", pay.diagnostics.status))
    return rows


def summary_table(pay: WageDistribution) -> Any:
    """A rich table of `summary_rows`."""
    from rich.markup import escape as escape_markup
    from rich.table import Table

    table = Table(title=escape_markup(f"{pay.title}, {pay.unit}"), show_header=False)
    table.add_column(justify="left")
    table.add_column(justify="right")
    for label, value in summary_rows(pay):
        table.add_row(label, value)
    return table


def summary_html(pay: WageDistribution, beside: WageDistribution | None = None, name: str = "") -> str:
    """An HTML table of `summary_rows` and a drawing of the density, with that of another, called `name`, beside it."""
    rows = "".join(
        f"<tr><th style='text-align:left'>{label}</th><td style='text-align:right'>{value}</td></tr>"
        for label, value in summary_rows(pay)
    )
    drawing = svg_density(pay, beside, name)
    return f"<table><caption>{escape(pay.title)}, {escape(pay.unit)}</caption>{rows}</table>{drawing}"
