"""Where a wage stands among people alike and in the occupation; which profiles are paid about a target wage."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from wagefit.errors import FactError
from wagefit.factors.factor import Factor
from wagefit.factors.profile import Profile
from wagefit.shared.arguments import as_count, as_number
from wagefit.shared.text import dollars, ordinal, sentence
from wagefit.shared.types import Number

Change: TypeAlias = tuple[float, dict[str, str | float]]
"""Log ratio of pay after some changes to pay before, and the new levels by factor."""

SHORTLIST = 40  # candidates per wanted profile whose pay is computed exactly


@dataclass(frozen=True)
class Rank:
    """Where a wage stands.

    Attributes
    ----------
    wage : float
    person, occupation : float
        Part of people like this, and of the whole occupation, who earn less, in [0, 1].
    person_interval : (float, float)
        Of `person`, from the errors of the ratios and what the facts leave open of the anchor; NaN where an error is
        unknown.
    level : float
        Of the interval.
    notes : tuple of str
    unit : str
        Of `wage`.

    Examples
    --------
    >>> model = wf.SalaryModel.health_information()
    >>> rank = model.rank(model.profile(experience=8, state="NJ"), 60_000)
    >>> round(rank.occupation, 2)
    0.84
    """

    wage: float
    person: float
    occupation: float
    person_interval: tuple[float, float]
    level: float
    notes: tuple[str, ...]
    unit: str = "USD/year"

    def __str__(self) -> str:
        return (
            f"{dollars(self.wage, self.unit)} stands at the {ordinal(100 * self.person)} percentile of people like "
            f"this ({self._interval()}) and at the {ordinal(100 * self.occupation)} of the occupation"
        )

    def _interval(self) -> str:
        low, high = self.person_interval
        if math.isnan(low):
            return "interval unknown"
        return f"{100 * self.level:g} %: {100 * low:.0f} to {100 * high:.0f}"


@dataclass(frozen=True)
class NearProfile:
    """A profile that is paid about a target.

    Attributes
    ----------
    profile : Profile
    changes : mapping {factor: new level as people say it}
    median : float
        Of its pay.
    difference : float
        Of `median` to the target.

    Examples
    --------
    >>> model = wf.SalaryModel.health_information()
    >>> near = model.nearest(model.profile(experience=3, credential="none"), 50_000, n=1)
    >>> round(near[0].median)
    50022
    """

    profile: Profile
    changes: Mapping[str, str]
    median: float
    difference: float

    def __str__(self) -> str:
        changed = ", ".join(f"{factor}: {level}" for factor, level in self.changes.items()) or "no change"
        return f"{changed}: median {dollars(self.median, self.profile.pay.unit)}"


def rank(person: Profile, wage: Number, level: float = 0.9) -> Rank:
    """Where a wage stands; see `SalaryModel.rank`."""
    paid = _wage("wage", wage)
    gaps = () if person.pay.posterior is None else person.pay.posterior.gaps
    return Rank(
        wage=paid,
        person=float(person.pay.cdf(paid)),
        occupation=float(person.model.anchor.cdf(paid)),
        person_interval=person.pay.credible("cdf", paid, level=level),
        level=level,
        notes=tuple(f"{sentence(gap)}, so that the interval is unknown." for gap in gaps),
        unit=person.pay.unit,
    )


def nearest(
    person: Profile, wage: Number, n: int = 5, *, factors: Sequence[str] | None = None, changes: int = 2
) -> tuple[NearProfile, ...]:
    """The profiles whose median pay is nearest to a wage; see `SalaryModel.nearest`."""
    target, wanted, most = _wage("wage", wage), as_count("n", n, 1), as_count("changes", changes, 1)
    model = person.model
    names = [factor.name for factor in model.factors] if factors is None else list(factors)
    options = {name: list(_options(person, model.factor(name))) for name in names}
    distance = math.log(target / float(person.pay.median()))
    found = sorted(_distinct(_combinations(options, most)), key=lambda each: (abs(each[0] - distance), len(each[1])))
    near = (_near(person, levels, target) for _, levels in found[: SHORTLIST * wanted])
    return tuple(sorted(near, key=lambda each: (abs(each.difference), len(each.changes)))[:wanted])


def _options(person: Profile, factor: Factor) -> Iterator[Change]:
    """Log ratio to the person's own level, and the change, of every other level."""
    own = person.levels.get(factor.name)
    here = math.log(factor.mean_ratio)
    if isinstance(own, str):
        here = math.log(factor.level(own).ratio)
    elif own is not None:
        here = math.log(factor.core.ratio_at(own))
    for level in factor.levels:
        choice: str | float = level.name if level.at is None else level.at
        rises = level.at is None or not isinstance(own, float) or level.at > own
        if choice != own and rises:
            yield math.log(level.ratio) - here, {factor.name: choice}


def _combinations(options: Mapping[str, list[Change]], most: int) -> Iterator[Change]:
    yield 0.0, {}
    for size in range(1, min(most, len(options)) + 1):
        for names in itertools.combinations(options, size):
            for chosen in itertools.product(*(options[name] for name in names)):
                merged = {name: choice for _, change in chosen for name, choice in change.items()}
                yield math.fsum(step for step, _ in chosen), merged


def _distinct(found: Iterator[Change]) -> Iterator[Change]:
    """One of the combinations that change the same factors by the same ratio."""
    seen = set()
    for step, change in found:
        key = (tuple(change), round(step, 9))
        if key not in seen:
            seen.add(key)
            yield step, change


def _near(person: Profile, levels: Mapping[str, str | float], target: float) -> NearProfile:
    profile = person.replace(**levels)
    median = float(profile.pay.median())
    labels = {name: person.model.factor(name).describe(profile.levels[name]) for name in levels}
    return NearProfile(profile, labels, median, median - target)


def _wage(name: str, wage: Number) -> float:
    paid = as_number(name, wage)
    if not (paid > 0 and math.isfinite(paid)):
        raise FactError(f"{name} is {paid:g}; expected a finite wage above 0")
    return paid
