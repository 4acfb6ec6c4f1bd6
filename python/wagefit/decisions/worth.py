"""What a credential, a degree or another change of levels is worth."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from wagefit import _core
from wagefit.errors import FactError
from wagefit.factors.profile import ASSOCIATION, Profile
from wagefit.plots.outcomes import plot_outcomes
from wagefit.shared.arguments import FloatArray, as_count, as_number, check_range
from wagefit.shared.frames import make_frame
from wagefit.shared.streams import as_generator
from wagefit.shared.text import dollars
from wagefit.shared.types import Axes, Backend, Number, Rng
from wagefit.shared.units import currency_of, require_yearly

SCORES = np.linspace(-5.0, 5.0, 161)  # normal scores at which pay is tabulated
PERCENTILES = (0.10, 0.25, 0.50, 0.75, 0.90)


@dataclass(frozen=True, eq=False)
class Worth:
    """What a change of levels is worth to people like one person; made by `worth`. Amounts are in the model's currency.

    Attributes
    ----------
    person, changed : Profile
    gains : ndarray, shape (n,)
        What the change adds to pay in the first whole year after the study, one a draw.
    npv : ndarray, shape (n,)
        Discounted gains less what the change costs.
    payback : ndarray, shape (n,)
        Years from the start until discounted gains have paid for it; inf if they never do.
    spent : ndarray, shape (n,)
        Cost, and pay forgone during the study.
    years, months, discount, causal, leaving, growth : float
        As given.
    notes : tuple of str
        What is assumed and what is missing.

    Examples
    --------
    >>> person = wf.SalaryModel.health_information().profile(experience=8, credential="none")
    >>> value = wf.worth(person, credential="RHIT", cost=3_000, months=6, n=2_000)
    >>> value.npv.shape
    (2000,)
    >>> value.years
    20
    """

    person: Profile
    changed: Profile
    gains: FloatArray
    npv: FloatArray
    payback: FloatArray
    spent: FloatArray
    years: int
    months: float
    discount: float
    causal: float
    leaving: float
    growth: float
    notes: tuple[str, ...]

    @property
    def unit(self) -> str:
        """Unit of the pay."""
        return self.person.model.unit

    @property
    def probability_of_loss(self) -> float:
        """Part of the draws whose net present value is below 0."""
        return float((self.npv < 0).mean())

    @property
    def break_even(self) -> float:
        """Causal part of the premium at which the mean net present value is 0; inf where the gains are none."""
        gained = float((self.npv + self.spent).mean())
        return math.inf if gained <= 0 else self.causal * float(self.spent.mean()) / gained

    def percentiles(self, p: Sequence[float] = PERCENTILES) -> dict[str, FloatArray]:
        """Percentiles of the yearly gain, the net present value and the payback time, each of shape (k,)."""
        chosen = {"gain": self.gains, "npv": self.npv}
        found = {name: np.asarray(np.quantile(values, p)) for name, values in chosen.items()}
        # Never paid back is the longest of all times: order statistics without interpolation keep it so.
        found["payback"] = np.asarray(np.quantile(self.payback, p, method="inverted_cdf"))
        return found

    def to_frame(self, backend: Backend | None = None) -> Any:
        """A row a percentile: yearly gain, net present value, payback time in years (inf: never)."""
        found = self.percentiles()
        columns: dict[str, Any] = {"percentile": [100 * p for p in PERCENTILES]}
        columns |= {name: values.tolist() for name, values in found.items()}
        return make_frame(columns, dict.fromkeys(columns, float), backend)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Net present value as a histogram, losses in another color; returns the matplotlib axes."""
        return plot_outcomes(self.npv, f"net present value, {currency_of(self.unit)}", ax, self.unit)

    def __repr__(self) -> str:
        gain, npv, payback = (self.percentiles((0.1, 0.5, 0.9))[name] for name in ("gain", "npv", "payback"))
        shown = partial(dollars, unit=self.unit)
        back = "never" if math.isinf(payback[1]) else f"{payback[1]:.1f} years"
        return "\n".join(
            [
                f"{self.person.describe()} -> {self.changed.describe()}",
                f"yearly gain: median {shown(gain[1])} (P10 {shown(gain[0])}, P90 {shown(gain[2])})",
                f"net present value over {self.years} years at {100 * self.discount:g} %: mean "
                f"{shown(float(self.npv.mean()))}, median {shown(npv[1])} (P10 {shown(npv[0])}, P90 {shown(npv[2])})",
                f"paid back after {back} (median); probability of a loss {100 * self.probability_of_loss:.1f} %",
                f"breaks even on average if {100 * self.break_even:.0f} % of the premium is cause",
                *self.notes,
            ]
        )


def worth(
    person: Profile,
    *,
    cost: Number = 0.0,
    months: Number = 0.0,
    forgone: Number = 0.0,
    years: int = 20,
    discount: Number = 0.03,
    growth: Number = 0.0,
    leaving: Number = 0.0,
    causal: Number = 1.0,
    wage: Number | None = None,
    n: int = 20_000,
    rng: Rng = 0,
    **levels: str | Number | None,
) -> Worth:
    """What a change of levels, such as a credential or a degree, is worth.

    Parameters
    ----------
    person : Profile
        Known levels; with a known experience, pay moves along its curve in the years to come.
    cost : float
        At the start, in the model's currency: tuition, examination, membership.
    months : float
        Of study before the change counts.
    forgone : float
        Part of present pay that is not earned during the study, in [0, 1]; 0: beside the job.
    years : int
        Over which gains are counted, study included.
    discount, growth : float
        Real rates a year: of discounting, and of all pay.
    leaving : float
        Chance a year of leaving the field, after which the change gains nothing.
    causal : float
        Part of the premium that the change would bring, in [0, 1]. Premiums are associations: 1 assumes that all of it
        is cause.
    wage : float, optional
        Present pay; fixes the person's rank among people alike. None: the rank is drawn.
    n : int
        Draws.
    rng : int, numpy.random.Generator or None
        Equal seeds give equal draws.
    **levels
        The change: factors with their new levels.

    Returns
    -------
    Worth

    Raises
    ------
    FactError
        No change, an unknown level, or a number out of range; or the model's pay is not that of a year.

    Notes
    -----
    A person keeps her rank among people alike: the gain of a year is causal (Q1(u) exp(s e) - Q0(u)), Q0 and Q1 the
    quantile functions of pay before and after, s the standard error of the log of the changed ratios, u uniform and e
    normal. Each draw is one person and one possible truth. Gains come in the middle of each year.

    Examples
    --------
    >>> person = wf.SalaryModel.health_information().profile(experience=8, credential="none")
    >>> value = wf.worth(person, credential="RHIT", cost=3_000, months=6)
    >>> float(np.median(value.npv).round(-3))
    93000.0
    """
    require_yearly("pay of the model", person.model.unit)
    changed = person.replace(**levels)
    _check_change(person, changed)
    cost, months = _checked(math.inf, cost=cost, months=months)
    forgone, leaving, causal = _checked(1.0, forgone=forgone, leaving=leaving, causal=causal)
    discount, growth = _checked_rates(discount=discount, growth=growth)
    length, size = as_count("years", years, 1), as_count("n", n, 1)
    generator = as_generator(rng)
    scores = _scores(person, wage, size, generator)
    error, missing = _log_error(person, changed)
    factor = np.exp(error * generator.standard_normal(size))[:, None]
    before, after = (_pay_by_year(each, scores, length) for each in (person, changed))
    grown = (1.0 + growth) ** np.arange(length)
    gain = causal * (after * factor - before) * grown
    counted = np.clip(np.arange(1, length + 1) - months / 12.0, 0.0, 1.0) * _at_work(leaving, length, size, generator)
    spent = cost + forgone * months / 12.0 * before[:, 0]
    flows = gain * counted / (1.0 + discount) ** (np.arange(length) + 0.5)
    first = min(math.ceil(months / 12.0), length - 1)
    return Worth(
        person=person, changed=changed, gains=gain[:, first], npv=flows.sum(axis=1) - spent,
        payback=_payback(flows, spent), spent=spent, years=length, months=months, discount=discount, causal=causal,
        leaving=leaving, growth=growth,
        notes=tuple(_notes(person, causal, leaving, missing)),
    )  # fmt: skip


def _checked(high: float, **given: Number) -> Iterator[float]:
    """The numbers; FactError naming the first one that is not in [0, high]."""
    for name, value in given.items():
        check_range(name, value, 0.0, high)
        yield float(value)


def _checked_rates(**given: Number) -> Iterator[float]:
    """The rates; FactError naming the first one that is not above -1."""
    for name, value in given.items():
        rate = as_number(name, value)
        if not rate > -1:
            raise FactError(f"{name} is {rate:g}; expected a rate above -1")
        yield rate


def _check_change(person: Profile, changed: Profile) -> None:
    if dict(changed.levels) == dict(person.levels):
        raise FactError("levels change nothing; expected a factor with a new level")
    for name in changed.levels:
        if name not in person.levels:
            raise FactError(f"{name} is unknown in person; expected the level that {changed.levels[name]!r} replaces")
    lost = [name for name in person.levels if name not in changed.levels]
    if lost:
        raise FactError(f"{lost[0]} is None; expected a new level")


def _scores(person: Profile, wage: Number | None, n: int, rng: np.random.Generator) -> FloatArray:
    if wage is None:
        return rng.standard_normal(n)
    check_range("wage", wage, 0.0, math.inf)
    rank = float(person.pay.cdf(wage))
    if not 0 < rank < 1:
        raise FactError(f"wage is {wage:,.0f}, beyond the pay of people like this; expected one inside its support")
    return np.full(n, float(_core.normal_quantile(rank)))


def _log_error(person: Profile, changed: Profile) -> tuple[float, list[str]]:
    """Standard error of the log of the changed ratios, and the factors for which none is published."""
    rows = [row for row in changed.explain(person).rows if row.ratio != 1.0]
    missing = [row.factor for row in rows if row.ratio_error is None]
    return math.hypot(0.0, *((row.ratio_error or 0.0) / row.ratio for row in rows)), missing


def _pay_by_year(profile: Profile, scores: FloatArray, years: int) -> FloatArray:
    """Pay at the scores' ranks in years to come, shape (n, years): experience goes on where it is known."""
    at = profile.levels.get("experience")
    steps = range(years) if isinstance(at, float) else range(1)
    probabilities = _core.normal_cdf(SCORES)
    columns = []
    for step in steps:
        later = profile.replace(experience=at + step) if isinstance(at, float) else profile
        columns.append(np.exp(np.interp(scores, SCORES, np.log(later.pay.ppf(probabilities)))))
    return np.broadcast_to(np.column_stack(columns), (len(scores), years))


def _at_work(leaving: float, years: int, n: int, rng: np.random.Generator) -> FloatArray:
    """1 in the years before the first yearly draw falls below the chance of leaving, shape (n, years)."""
    if leaving == 0.0:
        return np.ones((1, years))
    left = rng.random((n, years)) < leaving
    before = np.cumsum(left, axis=1, dtype=int) - left
    return np.asarray(before == 0, dtype=float)


def _payback(flows: FloatArray, spent: FloatArray) -> FloatArray:
    """Years until the sum of the flows has reached what was spent for good, linear inside a year; inf if never."""
    balance = np.cumsum(flows, axis=1) - spent[:, None]
    never = balance[:, -1] < 0
    below = balance < 0
    last = np.where(below.any(axis=1), balance.shape[1] - np.argmax(below[:, ::-1], axis=1), 0)
    year = np.minimum(last, balance.shape[1] - 1)
    rows = np.arange(len(balance))
    start = np.where(last > 0, balance[rows, np.maximum(last - 1, 0)], -spent)
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.where(start < 0, -start / flows[rows, year], 0.0)
    return np.where(never, np.inf, last + np.clip(part, 0.0, 1.0))


def _notes(person: Profile, causal: float, leaving: float, missing: list[str]) -> Iterator[str]:
    yield ASSOCIATION
    yield f"Assumed: {100 * causal:g} % of the premium is what the change brings; the rank among people alike stays."
    if leaving == 0.0:
        yield "Assumed: nobody leaves the field."
    if not isinstance(person.levels.get("experience"), float):
        yield "Experience is unknown: pay stays as it is."
    if missing:
        yield f"No standard error is published for {', '.join(missing)}; the spread leaves it out."
