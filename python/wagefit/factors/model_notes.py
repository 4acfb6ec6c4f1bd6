"""What the reader of a salary model's figures should know, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wagefit import oews
from wagefit.factors.factor import Factor
from wagefit.factors.interactions import Interaction
from wagefit.factors.level import MEAN
from wagefit.factors.profile import ASSOCIATION


def anchor_note(cell: oews.Cell) -> str:
    """Which published row the model adds up to."""
    return f"Anchor: {cell.occupation} {cell.occupation_title}, {cell.area_title}, {cell.release} ({cell.source})."


def error_notes(error: float, factors: Iterable[Factor], interactions: Iterable[Interaction]) -> Iterator[str]:
    """Whose standard errors are assumed to be the part `error` of the ratio."""
    names = [factor.name for factor in factors if any(level.error_is_assumed for level in factor.levels)]
    names += [interaction.name for interaction in interactions if interaction.errors_are_assumed]
    if names:
        yield f"Where no standard error is published, {100 * error:g} % of the ratio is assumed: {', '.join(names)}."


def factor_notes(factors: Iterable[Factor]) -> Iterator[str]:
    """What ratios and shares are, and what is assumed of them."""
    yield ASSOCIATION
    yield (
        "Assumption: the shares of different factors are independent of one another over the workforce, "
        "but for pairs whose joint shares an interaction gives."
    )
    for factor in factors:
        if factor.baseline == MEAN and abs(factor.mean_ratio - 1.0) > 1e-9:
            yield (
                f"{factor.name}: the published ratios average {factor.mean_ratio:.4f} over the workforce and are "
                "divided by that, so that they add up to the published mean."
            )
    assumed = [factor.name for factor in factors if factor.shares_are_assumed]
    if assumed:
        yield f"Shares without a source are assumptions: {', '.join(assumed)}."
