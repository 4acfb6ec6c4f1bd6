"""Section: one person's pay, and what each of the person's circumstances adds to it in dollars."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from wagefit.factors.explanation import TRANSPORT, Explanation, ExplanationRow
from wagefit.factors.figures import LONGEST_LABEL
from wagefit.factors.profile import Profile
from wagefit.factors.published_pay import PublishedPay
from wagefit.factors.salary_model import SalaryModel
from wagefit.report.blocks import Block, Column, Paragraph, Section, Table, figures
from wagefit.report.estimates import Estimate, estimate_all
from wagefit.shared.numbers import add_up
from wagefit.shared.text import decimals_of, dollars, percent, signed
from wagefit.shared.units import in_words

PERCENTILES = (10, 25, 50, 75, 90)
TRANSPORT_NOTE = (
    "Rank-preserving transport: each person is paid what the published distribution pays at the person's rank, so that "
    "all people together are paid exactly as published; this line is what that adds to the product of the ratios."
)


@dataclass(frozen=True)
class FigureBeside:
    """A published figure and the model's of the same people, in the unit of the model; modeled / published - 1."""

    name: str
    published: float
    modeled: float
    difference: float


@dataclass(frozen=True)
class PlaceBeside:
    """What is published for everyone in the person's place, beside what the model says of them.

    Attributes
    ----------
    place, release, source : str
    figures : tuple of FigureBeside
    conflicts : tuple of str
        Names of the figures in which the two are at least one percent apart.
    """

    place: str
    release: str
    source: str
    figures: tuple[FigureBeside, ...]
    conflicts: tuple[str, ...]


@dataclass(frozen=True)
class Person:
    """One person's pay in the model, in `unit`.

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
    place : PlaceBeside or None
        What is published for the person's place; None where nothing is.
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
    place: PlaceBeside | None

    @property
    def unit(self) -> str:
        """Unit of all amounts."""
        return self.explanation.unit


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
        explanation=_explanation(profile),
        place=None if profile.published is None else _beside(profile.published),
    )


def _explanation(profile: Profile) -> Explanation:
    """What explains the pay; what is published for the place stands in a table of its own, not in the notes."""
    explanation = profile.explain()
    said = "" if profile.published is None else str(profile.published)
    return replace(explanation, notes=tuple(note for note in explanation.notes if note != said))


def _beside(published: PublishedPay) -> PlaceBeside:
    figures = (FigureBeside(each.name, each.published, each.modeled, each.difference) for each in published.figures)
    row = published.cell
    conflicts = tuple(each.name for each in published.conflicts)
    return PlaceBeside(row.area_title, row.release, row.source, tuple(figures), conflicts)


def show_person(content: Person) -> Section:
    """Percentiles, and an explanation whose dollars add up as printed."""
    wages = ((name.upper(), dollars(wage, content.unit)) for name, wage in content.percentiles.items())
    return Section(
        "One person",
        (
            Paragraph(content.explanation.person, "strong"),
            figures(("mean", dollars(content.mean, content.unit)), *wages),
            Paragraph(_compared(content)),
            _explanation_table(content),
            *map(Paragraph, certainty(content)),
            *_place(content),
            Paragraph(" ".join((*content.explanation.notes, TRANSPORT_NOTE)).replace("±", "+-"), "quiet"),
        ),
    )


def _place(content: Person) -> tuple[Block, ...]:
    """The published figures of the place beside the model's of everyone there."""
    if content.place is None:
        return ()
    place, unit = content.place, content.unit
    rows = tuple(
        (each.name, dollars(each.published, unit), dollars(each.modeled, unit), percent(each.difference))
        for each in place.figures
    )
    columns = (Column("", "left"), *map(Column, ("published", "model", "difference")))
    verdict = (
        f"The two differ in {', '.join(place.conflicts)}: for everyone there, go by the published figures."
        if place.conflicts
        else "The two agree within 1 %."
    )
    heading = f"Everyone in {place.place}, {place.release} ({place.source}), beside the model's line for them:"
    return Paragraph(heading), Table(columns, rows), Paragraph(verdict)


def _compared(content: Person) -> str:
    if not content.levels:
        return "Nothing is known of the person, so that this is the whole occupation. Where the mean comes from:"
    spread, usual = 100 * content.relative_spread, 100 * content.anchor_relative_spread
    return (
        f"Half of such people earn less than {dollars(content.percentiles['p50'], content.unit)}, which is more than "
        f"{100 * content.rank_of_median:.0f} % of the whole workforce earns. The standard deviation of their pay is "
        f"{spread:.0f} % of its mean, of the whole workforce {usual:.0f} %. Where the mean comes from:"
    )


def certainty(content: Person) -> tuple[str, ...]:
    """How far the mean may be off, in a sentence; nothing of the whole occupation, whose mean is published."""
    if content.unknown:
        return (f"How far this mean may be off is unknown: {'; '.join(content.unknown)}.",)
    ends = content.estimated_mean.interval(lambda wage: dollars(wage, content.unit))
    if not content.levels or not ends:
        return ()
    return (f"90 % interval of this mean, from the ratios' errors and what the published figures leave open: {ends}.",)


def _explanation_table(content: Person) -> Table:
    first, *between, last = steps(content)
    decimals = decimals_of(content.unit)
    details = [(f"{row.ratio:.3f}", _error(row, decimals)) for row in content.explanation.rows]
    rows = [
        (label, ratio, signed(amount, decimals), error)
        for (label, amount), (ratio, error) in zip(between, [*details, ("", "")], strict=True)
    ]
    columns = (Column(f"mean pay, {in_words(content.unit)}", "left"), *map(Column, ("ratio", "adds", "+-")))
    start = (first[0], "", f"{first[1]:,.{decimals}f}", "")
    return Table(columns, (start, *rows), total=(last[0], "", f"{last[1]:,.{decimals}f}", ""))


def steps(content: Person) -> list[tuple[str, float]]:
    """Label and amount of the baseline, of what is added to it, and of the person's mean, their sum.

    Amounts are rounded as wages in the unit are, to whole dollars a year or to cents an hour.
    """
    explanation = content.explanation
    amounts = [explanation.baseline, *(row.amount for row in explanation.rows), explanation.transport]
    labels = [explanation.baseline_name, *(f"{row.factor}: {_level(row, content.levels)}" for row in explanation.rows)]
    whole = 10 ** decimals_of(content.unit)
    parts = add_up([whole * amount for amount in amounts], whole * explanation.total)
    shown = zip([*labels, TRANSPORT], (part / whole for part in parts), strict=True)
    return [*shown, ("this person", sum(parts) / whole)]


def _level(row: ExplanationRow, levels: dict[str, str | float]) -> str:
    if row.standing == "unknown":
        return "not given"
    level = levels[row.factor]
    return row.level if len(row.level) <= LONGEST_LABEL or not isinstance(level, str) else level


def _error(row: ExplanationRow, decimals: int) -> str:
    if row.standing == "unknown":
        return ""
    return "unknown" if row.amount_error is None else f"{row.amount_error:,.{decimals}f}"
