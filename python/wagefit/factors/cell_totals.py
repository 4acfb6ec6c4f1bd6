"""Cells beside the cell of the whole: whether they add up to it, and who is left."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from wagefit.errors import FactError
from wagefit.factors.cell_parts import Part
from wagefit.factors.level import Level

EQUAL_SHARES = "Employment not published: an equal part of what the other cells leave, an assumption"
MOST_OVER = 0.01  # of the whole's employment, where no standard error is published
MANY_ERRORS = 3.0  # standard errors that sampling explains
TENS = 10.0  # BLS prints employment in tens of people


def people_left(parts: Sequence[Part], whole: Part) -> float:
    """People of the whole outside the cells, none where these may be all but for rounding; FactError if too many.

    What is left over is no remainder where the rounding of the printed figures alone explains it.
    """
    people, counted = _people(whole), math.fsum(map(_people, parts))
    allowed = max(MOST_OVER * people, _rounding(parts, whole), MANY_ERRORS * _standard_error(parts, whole))
    if counted > people + allowed:
        raise FactError(
            f"cells employ {counted:,.0f} people and the reference {people:,.0f}; expected at most as many, or "
            f"{allowed:,.0f} more by rounding and sampling"
        )
    left = people - counted
    return left if left > _rounding(parts, whole) else 0.0


def with_equal_shares(levels: Sequence[Level], parts: Sequence[Part], left: float) -> list[Level]:
    """Levels of cells without employment have equal parts of the share that is left."""
    unknown = sum(part.employment is None for part in parts)
    return [
        replace(each, share=left / unknown, share_source="Assumption", share_is_assumed=True, note=EQUAL_SHARES)
        if part.employment is None
        else each
        for each, part in zip(levels, parts, strict=True)
    ]


def remainder(parts: Sequence[Part], whole: Part, name: str, figure: str, share_source: str) -> Level:
    """Everybody outside the cells: the rest of the payroll over the rest of the people.

    Payroll is employment times the figure, which of a percentile is not what the whole is paid: with that ratio all
    ratios average to one over the workforce, which is what a model makes of them, and how far it is off is unknown.
    """
    people, wage = _people(whole), whole.wage or 1.0
    left = people - math.fsum(map(_people, parts))
    payroll = people * wage - _payroll(parts)
    if not payroll > 0:
        what = "are paid" if figure == "mean" else f"have {figure} times employment of"
        raise FactError(
            f"cells {what} {people * wage - payroll:,.0f} of {people * wage:,.0f}; expected less than all, so that "
            f"something is left for the {left:,.0f} people of the level {name!r} (others=None where there are none)"
        )
    is_mean = figure == "mean"
    note = f"What the cells leave: {left:,.0f} of {people:,.0f} people"
    if not is_mean:
        note += f"; open, as no {figure} of them is published: all ratios average to one with this"
    return Level(
        name=name, label="All others", ratio=payroll / left / wage,
        standard_error=_remainder_error(parts, whole, left) if is_mean else None, share=left / people,
        source=f"{whole.source}, what the cells leave", year=whole.year, population=whole.population,
        is_proxy=not is_mean, note=note, share_source=share_source, share_year=whole.year,
    )  # fmt: skip


def adding_up(levels: Sequence[Level], parts: Sequence[Part], whole: Part, figure: str) -> list[Level]:
    """The levels with shares that sum to one; their notes name the figures where these do not add up to the whole."""
    total = math.fsum(each.share for each in levels)
    notes = list(_mismatches(total, parts, whole, figure))
    return [
        replace(each, share=each.share / total, note="; ".join(filter(None, (each.note, *notes)))) for each in levels
    ]


def error_over_whole(part: float, whole: float, payroll: float) -> float:
    """Relative standard error of a part's mean over the whole's, where the parts are independent of one another.

    Parameters
    ----------
    part, whole : float
        Relative standard errors of both means, r and R.
    payroll : float
        The part's share s of the whole's payroll.

    Notes
    -----
    var = r^2 + R^2 - 2 s r^2, none where that is negative.
    """
    return math.sqrt(max(0.0, part**2 + whole**2 - 2 * payroll * part**2))


def _mismatches(total: float, parts: Sequence[Part], whole: Part, figure: str) -> Iterable[str]:
    if abs(total - 1.0) > 1e-9:
        counted = math.fsum(map(_people, parts))
        yield (
            f"The cells employ {counted:,.0f} people and the whole {_people(whole):,.0f}: shares are scaled by "
            f"{1 / total:.4f} to sum to one"
        )
    paid, all_paid = _payroll(parts), _people(whole) * (whole.wage or 1.0)
    if figure == "mean" and paid > all_paid * (1.0 + MOST_OVER):
        over = 100 * (paid / all_paid - 1)
        yield f"The cells are paid {paid:,.0f}, {over:.1f} % more than the whole's {all_paid:,.0f}"


def _people(part: Part) -> float:
    return part.employment or 0.0


def _payroll(parts: Sequence[Part]) -> float:
    return math.fsum(_people(part) * (part.wage or 0.0) for part in parts)


def _rounding(parts: Sequence[Part], whole: Part) -> float:
    """Most people by which rounding parts the cells' sum from the whole: to tens if all are tens."""
    figures = [_people(part) for part in (*parts, whole) if part.employment is not None]
    step = TENS if all(figure % TENS == 0 for figure in figures) else 1.0
    return 0.5 * step * len(figures)


def _standard_error(parts: Sequence[Part], whole: Part) -> float:
    """Standard error of the cells' employment less the whole's, from those that are published."""
    return math.hypot(*(_people(part) * (part.employment_rse or 0.0) / 100 for part in (*parts, whole)))


def _remainder_error(parts: Sequence[Part], whole: Part, left: float) -> float | None:
    """Of the ratio of the remainder's mean to the whole's, employment taken as exact.

    The whole W = S P + (1 - S) X of the parts' mean P and the remainder's X, parts and remainder independent:
    Var(X) = (Var(W) - S^2 Var(P)) / (1 - S)^2 and Cov(X, W) = (1 - S) Var(X). Where the parts alone vary more than the
    whole is published to, Var(X) is not identified.
    """
    people, wage = whole.employment or 1.0, whole.wage or 1.0
    if whole.wage_rse is None or any(part.wage_rse is None for part in parts):
        return None
    of_whole = (wage * whole.wage_rse / 100) ** 2
    of_parts = math.fsum(
        (_people(part) / people * (part.wage or 0.0) * (part.wage_rse or 0.0) / 100) ** 2 for part in parts
    )
    rest = left / people
    variance = (of_whole - of_parts) / rest**2
    if variance < 0:
        return None
    mean = (wage - _payroll(parts) / people) / rest
    ratio = mean / wage
    relative = variance / mean**2 + of_whole / wage**2 - 2 * rest * variance / (mean * wage)
    return ratio * math.sqrt(max(0.0, relative))
