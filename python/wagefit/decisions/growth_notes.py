"""What separates two releases besides the growth of wages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wagefit import oews
from wagefit.oews.releases import FIRST_SPRING, reference_month

MODEL_BASED = 2021  # first release with the method MB3
FIRST_SOC = 1999  # a new cycle of samples began with the SOC: nothing before it was pooled with what came after
CYCLE = 36  # months: a release pools the samples of three years (BLS, Technical Notes for 2001 and May 2003)


def notes_of(
    begin: oews.Cell, finish: oews.Cell, assumed_rse: float | None, is_fitted: Sequence[bool]
) -> Iterator[str]:
    """What keeps the figures of two rows from being strictly comparable, and what their errors rest on."""
    followed = dict.fromkeys(cell.note for cell in (begin, finish) if cell.note)
    yield from followed
    if begin.occupation != finish.occupation and not followed:
        yield f"{begin.release} has the occupation as {begin.occupation}, {finish.release} as {finish.occupation}"
    vintages = [oews.soc_vintage(cell.year) for cell in (begin, finish)]
    if vintages[0] != vintages[1]:
        yield (
            f"{begin.release} uses the classification {_named(vintages[0])}, {finish.release} {_named(vintages[1])}: "
            "the same code or title can hold other jobs"
        )
    if begin.year < MODEL_BASED <= finish.year:
        yield (
            f"May {MODEL_BASED} began a new method of estimation (MB3, model-based): a part of the change can be the "
            "method's"
        )
    if begin.year < FIRST_SPRING:
        yield f"releases before May {FIRST_SPRING} are of October to December: their prices are those of November"
    if _share_establishments(begin.year, finish.year):
        yield (
            "a release pools establishments of up to 3 years, so that these two share some: their errors are taken as "
            "independent, which makes the intervals too wide rather than too narrow"
        )
    yield from _error_notes(begin, finish, assumed_rse, is_fitted)


def _share_establishments(begin: int, finish: int) -> bool:
    (first_year, first_month), (last_year, last_month) = reference_month(begin), reference_month(finish)
    months = 12 * (last_year - first_year) + last_month - first_month
    return months < CYCLE and not begin < FIRST_SOC <= finish


def _named(vintage: str) -> str:
    return "of the survey's own" if vintage == "OES" else f"SOC {vintage}"


def _error_notes(
    begin: oews.Cell, finish: oews.Cell, assumed_rse: float | None, is_fitted: Sequence[bool]
) -> Iterator[str]:
    silent = [cell.release for cell in (begin, finish) if cell.mean_rse is None]
    if silent and assumed_rse is None:
        yield f"{' and '.join(silent)} prints no standard errors: those of growth are unknown"
    elif silent:
        yield f"{' and '.join(silent)} prints no standard errors: {assumed_rse:g} % is assumed for its mean"
    for cell, fitted in zip((begin, finish), is_fitted, strict=True):
        if not fitted:
            yield f"no distribution has the figures that {cell.release} prints: the errors of percentiles are unknown"
    if not silent or assumed_rse is not None:
        yield (
            "errors of percentiles are approximations: those of a random sample as large as the published error of the "
            "mean implies (Woodruff 1952)"
        )
