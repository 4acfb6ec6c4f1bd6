"""What other shares of the workforce at one level would change in a profile's mean pay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wagefit.errors import FactError
from wagefit.factors.calibrated_model import CalibratedModel
from wagefit.factors.factor import Factor
from wagefit.factors.level import Level
from wagefit.factors.profile import Profile
from wagefit.shared.arguments import as_number
from wagefit.shared.types import Number


@dataclass(frozen=True)
class Sensitivity:
    """What another share of one level would change in a profile's mean pay.

    Attributes
    ----------
    factor, level : str
    share, low_share, high_share : float
        As in the model, and moved down and up.
    low_change, high_change : float
        Change of the mean pay at those shares, in the model's unit.
    share_is_assumed : bool
    """

    factor: str
    level: str
    share: float
    low_share: float
    high_share: float
    low_change: float
    high_change: float
    share_is_assumed: bool


def share_sensitivity(
    person: Profile, factor: str | None, level: str | Number | None, points: Number
) -> tuple[Sensitivity, ...]:
    """What a share that is `points` lower or higher would change; see `SalaryModel.sensitivity`."""
    step = as_number("points", points)
    if not 0 < step < 1:
        raise FactError(f"points is {step:g}; expected a part of the workforce between 0 and 1")
    return tuple(_moved(person, *chosen, step) for chosen in _chosen(person.model, factor, level))


def _chosen(model: CalibratedModel, factor: str | None, level: str | Number | None) -> Iterator[tuple[Factor, Level]]:
    if factor is None:
        if level is not None:
            raise FactError(f"level is {level!r} without a factor; expected both")
        yield from ((each, item) for each in model.factors for item in each.levels if item.share_is_assumed)
        return
    chosen = model.factor(factor)
    yield from ((chosen, item) for item in (chosen.levels if level is None else (chosen.exact_level(level),)))


def _moved(person: Profile, factor: Factor, level: Level, points: float) -> Sensitivity:
    mean, core, name = person.pay.mean(), person.model.core, factor.core_name(level)
    low, high = max(0.0, level.share - points), min(1.0, level.share + points)
    models = (core.with_share(factor.name, name, share) for share in (low, high))
    low_mean, high_mean = (model.pay(dict(person.levels)).mean() for model in models)
    return Sensitivity(
        factor=factor.name,
        level=level.name,
        share=level.share,
        low_share=low,
        high_share=high,
        low_change=low_mean - mean,
        high_change=high_mean - mean,
        share_is_assumed=level.share_is_assumed,
    )
