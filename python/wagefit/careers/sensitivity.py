"""What other values of a career's numbers would change."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from wagefit.careers.rules import CareerRules
from wagefit.careers.simulation import Simulation
from wagefit.shared.arguments import FloatArray


@dataclass(frozen=True)
class CareerSensitivity:
    """What another value of one number of a career would change.

    Attributes
    ----------
    what : str
    value, low, high : float
        As in the career, and moved down and up.
    low_change, high_change : float
        Change of the mean of lifetime pay, discounted as in the simulation, in the currency of the roles.
    low_error, high_error : float
        Standard errors of the changes, from the number of people simulated.
    low_reached, high_reached : float
        Change of the part of people who ever reach the last paid role.
    is_assumption : bool

    Examples
    --------
    >>> rows = wf.Career.health_information().sensitivity(years=5, n=1_000, rng=1)
    >>> rows[0].what, rows[0].value
    ('technician to coder, a year', 0.1)
    """

    what: str
    value: float
    low: float
    high: float
    low_change: float
    high_change: float
    low_error: float
    high_error: float
    low_reached: float
    high_reached: float
    is_assumption: bool


@dataclass(frozen=True)
class _Variant:
    """A career with one number moved down and up."""

    what: str
    value: float
    ends: tuple[float, float]
    careers: tuple[CareerRules, ...]
    is_assumption: bool


def career_sensitivity(rules: CareerRules, simulation: Simulation, step: float) -> tuple[CareerSensitivity, ...]:
    """What each number of a career would change; see `Career.sensitivity`."""
    base = _outcome(rules, simulation)
    return tuple(_compared(variant, base, simulation) for variant in _variants(rules, step))


def _outcome(rules: CareerRules, simulation: Simulation) -> tuple[FloatArray, float]:
    """Discounted lifetime pay, shape (n,), and the part of people who reach the last paid role."""
    core = simulation.of(rules.plan())
    last = max(i for i, role in enumerate(rules.roles) if role.pay)
    return core.discounted, float((core.first_year[:, last] >= 0).mean())


def _variants(rules: CareerRules, step: float) -> Iterator[_Variant]:
    for move in rules.moves:
        leaving = math.fsum(other.chance for other in rules.moves if other.origin == move.origin)
        low = move.chance * (1 - step)
        high = min(move.chance * (1 + step), move.chance + max(0.0, 1.0 - leaving))
        low_career, high_career = (rules.with_chance(move.origin, move.destination, chance) for chance in (low, high))
        name = f"{move.origin} to {move.destination}, a year"
        yield _Variant(name, move.chance, (low, high), (low_career, high_career), not move.source)
    rates = (rules.growth - 0.005, rules.growth + 0.005)
    careers = tuple(rules.replace(growth=rate) for rate in rates)
    yield _Variant("real growth of pay, a year", rules.growth, rates, careers, not rules.growth_source)
    ends = (max(0.0, rules.persistence - 0.1), min(1.0, rules.persistence + 0.1))
    careers = tuple(rules.replace(persistence=r) for r in ends)
    yield _Variant("rank's correlation, year to year", rules.persistence, ends, careers, not rules.persistence_source)


def _compared(variant: _Variant, base: tuple[FloatArray, float], simulation: Simulation) -> CareerSensitivity:
    (low_pay, low_reached), (high_pay, high_reached) = (_outcome(rules, simulation) for rules in variant.careers)
    low, high = low_pay - base[0], high_pay - base[0]
    return CareerSensitivity(
        variant.what, variant.value, *variant.ends, float(low.mean()), float(high.mean()), _error(low), _error(high),
        low_reached - base[1], high_reached - base[1], variant.is_assumption,
    )  # fmt: skip


def _error(changes: FloatArray) -> float:
    return float(changes.std() / math.sqrt(len(changes)))
