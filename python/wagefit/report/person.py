"""Section: one person's pay, and what each of the person's circumstances adds to it in dollars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from wagefit.factors.explanation import TRANSPORT, Explanation, ExplanationRow
from wagefit.factors.figures import LONGEST_LABEL
from wagefit.factors.profile import Profile
from wagefit.factors.salary_model import SalaryModel
from wagefit.report.blocks import Column, Paragraph, Section, Table, figures
from wagefit.report.estimates import Estimate, estimate_all
from wagefit.shared.text import dollars

WORKED: dict[str, Any] = {
    "experience": 8,
    "education": "associate",
    "credential": "RHIT",
    "state": "NJ",
    "setting": "general hospital",
}
PERCENTILES = (10, 25, 50, 75, 90)
TRANSPORT_NOTE = "The transport is what it takes for all people together to be paid exactly as published."


@dataclass(frozen=True)
class Person:
    """One person's pay in the model: dollars a year.

    Attributes
    ----------
    levels : dict
        Known levels by factor.
    mean, standard_deviation, percentiles
        Of the pay of people like that.
    relative_spread, anchor_relative_spread : float
        Standard deviation over mean, of such people and of the whole occupation.
    estimated_mean : wagefit.report.estimates.Estimate
        The mean with its interval, which is unknown where the standard error of a ratio is.
    unknown : tuple of str
        Why the interval is unknown.
    rank_of_median : float
        Part of the whole occupation that earns less than half of people like that.
    explanation : Explanation
        ``baseline + sum of the rows' amounts + transport = total``.
    """

    levels: dict[str, str | float]
    mean: float
    estimated_mean: Estimate
    unknown: tuple[str, ...]
    standard_deviation: float
    percentiles: dict[str, float]
    relative_spread: float
    anchor_relative_spread: float
    rank_of_median: float
    explanation: Explanation


def read_person(model: SalaryModel, profile: Profile) -> Person:
    """A profile's pay and its explanation."""
    pay = profile.pay
    wages = pay.ppf(np.array(PERCENTILES) / 100)
    return Person(
        levels=dict(profile.levels),
        mean=pay.mean(),
        estimated_mean=estimate_all(pay, {"mean": ("mean pay", lambda each: each.mean())})["mean"],
        unknown=() if pay.posterior is None else pay.posterior.gaps,
        standard_deviation=pay.std(),
        percentiles={f"p{p}": float(wage) for p, wage in zip(PERCENTILES, wages, strict=True)},
        relative_spread=pay.std() / pay.mean(),
        anchor_relative_spread=model.anchor.std() / model.anchor.mean(),
        rank_of_median=float(model.anchor.cdf(pay.median())),
        explanation=profile.explain(),
    )


def show_person(content: Person) -> Section:
    """Percentiles, and an explanation whose dollars add up as printed."""
    wages = ((name.upper(), dollars(wage)) for name, wage in content.percentiles.items())
    return Section(
        "One person",
        (
            Paragraph(content.explanation.person, "strong"),
            figures(("mean", dollars(content.mean)), *wages),
            Paragraph(_compared(content)),
            _explanation_table(content),
            *_certainty(content),
            Paragraph(" ".join((*content.explanation.notes, TRANSPORT_NOTE)).replace("±", "+-"), "quiet"),
        ),
    )


def _compared(content: Person) -> str:
    if not content.levels:
        return "Nothing is known of the person, so that this is the whole occupation. Where the mean comes from:"
    spread, usual = 100 * content.relative_spread, 100 * content.anchor_relative_spread
    return (
        f"Half of such people earn less than {dollars(content.percentiles['p50'])}, which is more than "
        f"{100 * content.rank_of_median:.0f} % of the occupation earns. The standard deviation of their pay is "
        f"{spread:.0f} % of its mean, in the occupation {usual:.0f} %. Where the mean comes from:"
    )


def _certainty(content: Person) -> tuple[Paragraph, ...]:
    """How far the mean may be off; nothing of the whole occupation, whose mean is published."""
    if content.unknown:
        return (Paragraph(f"How far this mean may be off is unknown: {'; '.join(content.unknown)}."),)
    ends = content.estimated_mean.interval(dollars)
    if not content.levels or not ends:
        return ()
    return (
        Paragraph(
            f"90 % interval of this mean, from the ratios' errors and what the published figures leave open: {ends}."
        ),
    )


def _explanation_table(content: Person) -> Table:
    first, *between, last = steps(content)
    details = [(f"{row.ratio:.3f}", _error(row)) for row in content.explanation.rows]
    rows = [
        (label, ratio, f"{amount:+,}", error)
        for (label, amount), (ratio, error) in zip(between, [*details, ("", "")], strict=True)
    ]
    columns = (Column("mean pay, dollars a year", "left"), *map(Column, ("ratio", "adds", "+-")))
    return Table(columns, ((first[0], "", f"{first[1]:,}", ""), *rows), total=(last[0], "", f"{last[1]:,}", ""))


def steps(content: Person) -> list[tuple[str, int]]:
    """Label and whole dollars of the baseline, of what is added to it, and of the person's mean, their sum."""
    explanation = content.explanation
    amounts = [explanation.baseline, *(row.amount for row in explanation.rows), explanation.transport]
    labels = [explanation.baseline_name, *(f"{row.factor}: {_level(row, content.levels)}" for row in explanation.rows)]
    dollars_ = add_up(amounts, explanation.total)
    return [*zip([*labels, TRANSPORT], dollars_, strict=True), ("this person", sum(dollars_))]


def add_up(amounts: list[float], total: float) -> list[int]:
    """Whole numbers within 1 of the `amounts` that add up to the rounded `total`, by largest remainders."""
    floors = np.floor(amounts).astype(int)
    missing = round(total) - int(floors.sum())
    by_remainder = np.argsort(floors - np.array(amounts))
    floors[by_remainder[:missing]] += 1
    return [int(part) for part in floors]


def _level(row: ExplanationRow, levels: dict[str, str | float]) -> str:
    if row.standing == "unknown":
        return "not given"
    level = levels[row.factor]
    return row.level if len(row.level) <= LONGEST_LABEL or not isinstance(level, str) else level


def _error(row: ExplanationRow) -> str:
    if row.standing == "unknown":
        return ""
    return "unknown" if row.amount_error is None else f"{row.amount_error:,.0f}"
