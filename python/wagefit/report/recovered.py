"""Section: the whole distribution behind the published figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from wagefit.distributions import Distribution
from wagefit.report.blocks import Paragraph, Picture, Section, figures
from wagefit.text import dollars

PERCENTILES = (1, 5, 10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 95, 99)


@dataclass(frozen=True)
class Recovered:
    """The fitted distribution in numbers: dollars a year; `residuals` are relative, by percentile and "mean"."""

    family: str
    status: str
    reason: str
    notes: tuple[str, ...]
    residuals: dict[str, float]
    percentiles: dict[str, float]
    mean: float
    standard_deviation: float
    gini: float
    mean_of_lowest_third: float
    mean_of_highest_tenth: float
    shares_above: dict[str, float]


def measure(pay: Distribution, thresholds: Iterable[float] = ()) -> Recovered:
    """The numbers of a fitted distribution; `thresholds` are wages above which the share of people is wanted."""
    wages = pay.ppf(np.array(PERCENTILES) / 100)
    diagnostics = pay.diagnostics
    return Recovered(
        family=pay.name,
        status=diagnostics.status if diagnostics else "",
        reason=diagnostics.reason if diagnostics else "",
        notes=diagnostics.notes if diagnostics else (),
        residuals=_named(diagnostics.residuals) if diagnostics else {},
        percentiles={f"p{p}": float(wage) for p, wage in zip(PERCENTILES, wages, strict=True)},
        mean=pay.mean(),
        standard_deviation=pay.std(),
        gini=pay.gini(),
        mean_of_lowest_third=pay.mean_between(0, 1 / 3),
        mean_of_highest_tenth=pay.mean_between(0.9, 1),
        shares_above={f"{wage:g}": float(pay.sf(wage)) for wage in thresholds},
    )


def _named(residuals: Mapping[float | str, float]) -> dict[str, float]:
    return {p if isinstance(p, str) else f"p{100 * p:g}": residual for p, residual in residuals.items()}


def show_recovered(content: Recovered, pay: Distribution) -> Section:
    """The picture and what nobody publishes."""
    tails = ((f"P{p}", dollars(content.percentiles[f"p{p}"])) for p in (1, 5, 95, 99))
    return Section("The distribution behind those figures", (
        Picture(pay),
        Paragraph(_how_met(pay)),
        figures(*tails, ("standard deviation", dollars(content.standard_deviation)), ("Gini", f"{content.gini:.3f}")),
        Paragraph(_groups(content)),
        Paragraph("Between the published percentiles these are interpolated, beyond them estimated.", "quiet"),
    ))


def _how_met(pay: Distribution) -> str:
    if pay.diagnostics is None:
        return "What nobody publishes:"
    notes = "".join(f" {note[0].upper()}{note[1:]}." for note in pay.diagnostics.notes)
    return f"Fit: {pay.diagnostics.status} ({pay.diagnostics.reason}).{notes} What nobody publishes:"


def _groups(content: Recovered) -> str:
    shares = "".join(f"; {100 * share:.1f} % are paid more than {dollars(float(wage))}"
                     for wage, share in content.shares_above.items())
    return (
        f"The lowest-paid third averages {dollars(content.mean_of_lowest_third)}, the best-paid tenth "
        f"{dollars(content.mean_of_highest_tenth)}{shares}."
    )
