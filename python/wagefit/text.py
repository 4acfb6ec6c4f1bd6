"""Wages and distributions as text: dollars, small tables for terminals and notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wagefit.distributions import Distribution

PERCENTILES = (0.10, 0.25, 0.50, 0.75, 0.90)


def dollars(wage: float, unit: str = "USD/year") -> str:
    """A wage as people write it: whole dollars a year, cents an hour."""
    sign = "-" if wage < 0 else ""
    return f"{sign}${abs(wage):,.2f}" if unit.endswith("/hour") else f"{sign}${abs(wage):,.0f}"


def percent(fraction: float) -> str:
    """A fraction as a percentage with its sign, such as +14.5 %."""
    return f"{100 * fraction:+.1f} %"


def distribution_rows(pay: Distribution) -> list[tuple[str, str]]:
    """Label and value of what a reader first wants to know of a distribution."""
    rows = [("mean", dollars(pay.mean(), pay.unit))]
    rows += [(f"P{100 * p:.0f}", dollars(x, pay.unit)) for p, x in zip(PERCENTILES, pay.ppf(PERCENTILES), strict=True)]
    rows += [("standard deviation", dollars(pay.std(), pay.unit)), ("Gini", f"{pay.gini():.3f}")]
    if pay.diagnostics is not None:
        rows.append(("status", pay.diagnostics.status))
    return rows


def distribution_table(pay: Distribution) -> Any:
    """A rich table of `distribution_rows`."""
    from rich.table import Table

    table = Table(title=f"{pay.name}, {pay.unit}", show_header=False)
    table.add_column(justify="left")
    table.add_column(justify="right")
    for label, value in distribution_rows(pay):
        table.add_row(label, value)
    return table


def distribution_html(pay: Distribution) -> str:
    """An HTML table of `distribution_rows`."""
    rows = "".join(
        f"<tr><th style='text-align:left'>{label}</th><td style='text-align:right'>{value}</td></tr>"
        for label, value in distribution_rows(pay)
    )
    return f"<table><caption>{pay.name}, {pay.unit}</caption>{rows}</table>"
