"""Section: the whole distribution behind the published figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from wagefit.distributions.distribution import Distribution
from wagefit.report.blocks import Block, Column, Paragraph, Picture, Section, Table
from wagefit.report.estimates import Estimate, Functional, estimate_all
from wagefit.report.published import figure_name
from wagefit.shared.text import dollars, sentence

PERCENTILES = (1, 5, 10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 95, 99)
TAILS = (1, 5, 95, 99)
NOTE = (
    "The published figures leave each of these within its interval with probability 90 %: little room between the "
    "published percentiles, much beyond them. Small bumps in the picture are not facts. The Gini coefficient is 0 "
    "where all earn the same and 1 where one person earns everything."
)
NO_INTERVALS = "There are no intervals: nothing says how far the truth is from a family that was chosen by name."


@dataclass(frozen=True)
class Recovered:
    """The fitted distribution in numbers, in `unit`; `residuals` are relative, by percentile and "mean"."""

    unit: str
    family: str
    status: str
    reason: str
    notes: tuple[str, ...]
    residuals: dict[str, float]
    mean: float
    percentiles: dict[str, float]
    estimates: dict[str, Estimate]


def measure(pay: Distribution, thresholds: Iterable[float] = ()) -> Recovered:
    """The numbers of a fitted distribution; `thresholds` are wages above which the share of people is wanted."""
    wages = pay.ppf(np.array(PERCENTILES) / 100)
    diagnostics = pay.diagnostics
    return Recovered(
        unit=pay.unit,
        family=pay.name,
        status=diagnostics.status if diagnostics else "",
        reason=diagnostics.reason if diagnostics else "",
        notes=diagnostics.notes if diagnostics else (),
        residuals={figure_name(p): each for p, each in diagnostics.residuals.items()} if diagnostics else {},
        mean=pay.mean(),
        percentiles={f"p{p}": float(wage) for p, wage in zip(PERCENTILES, wages, strict=True)},
        estimates=estimate_all(pay, _functionals(thresholds, pay.unit)),
    )


def _functionals(thresholds: Iterable[float], unit: str) -> dict[str, tuple[str, Functional]]:
    """Label and functional of what is estimated, by name."""
    tails = {f"p{p}": (f"P{p}", _percentile(p / 100)) for p in TAILS}
    shares = {
        f"share_above_{wage:g}": (f"paid more than {dollars(wage, unit)}", _share_above(wage)) for wage in thresholds
    }
    return (
        tails
        | {
            "mean_of_lowest_third": ("mean of the lowest-paid third", lambda pay: pay.mean_between(0, 1 / 3)),
            "mean_of_highest_tenth": ("mean of the best-paid tenth", lambda pay: pay.mean_between(0.9, 1)),
            "standard_deviation": ("standard deviation", lambda pay: pay.std()),
            "gini": ("Gini coefficient", lambda pay: pay.gini()),
        }
        | shares
    )


def _percentile(p: float) -> Functional:
    return lambda pay: float(pay.ppf(p))


def _share_above(wage: float) -> Functional:
    return lambda pay: float(pay.sf(wage))


def show_recovered(content: Recovered, pay: Distribution) -> Section:
    """The picture and what nobody publishes."""
    return Section("The distribution behind those figures", (Picture(pay), *estimates_of(content)))


def show_estimates(content: Recovered) -> Section:
    """What nobody publishes."""
    return Section("The distribution behind those figures", estimates_of(content))


def estimates_of(content: Recovered) -> tuple[Block, ...]:
    """How the facts are met, and the table of estimates with its note."""
    known = any(estimate.low is not None for estimate in content.estimates.values())
    rows = tuple((estimate.label, *_shown(estimate, content.unit)) for estimate in content.estimates.values())
    columns = (Column("what nobody publishes", "left"), Column("estimate"), Column("90 % interval" if known else ""))
    note = Paragraph(NOTE if known else NO_INTERVALS, "quiet")
    return (Paragraph(_how_met(content)), Table(columns, rows), note)


def _how_met(content: Recovered) -> str:
    notes = "".join(f" {sentence(note)}." for note in content.notes)
    return f"Fit: {content.status.replace('_', ' ')} ({content.reason}).{notes}"


def _shown(estimate: Estimate, unit: str) -> tuple[str, str]:
    """Estimate and interval in their unit."""
    if estimate.name == "gini":
        return _figures(estimate, "{:.3f}".format)
    if estimate.name.startswith("share"):
        return _figures(estimate, lambda share: f"{100 * share:.1f} %")
    return _figures(estimate, lambda wage: dollars(wage, unit))


def _figures(estimate: Estimate, write: Callable[[float], str]) -> tuple[str, str]:
    return write(estimate.value), estimate.interval(write)
