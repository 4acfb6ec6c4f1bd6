"""Careers: roles, the chances of moving between them, and pay year by year, simulated for many people at once."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from wagefit import _core
from wagefit.careers.outcome import CareerOutcome
from wagefit.distributions.distribution import Distribution
from wagefit.errors import FactError
from wagefit.factors.salary_model import SalaryModel
from wagefit.shared.arguments import FloatArray, as_count, as_number
from wagefit.shared.streams import stream_key
from wagefit.shared.text import percent

ASSUMPTION = "assumption"
SCORES = np.linspace(-5.0, 5.0, 161)  # five in ten million people are beyond


@dataclass(frozen=True)
class CareerRole:
    """A role and what it pays.

    Attributes
    ----------
    name : str
    pay : tuple of Distribution
        Pay by complete years of experience, from none on; held beyond the last. Empty: a role without pay, such as
        having left the field.
    note : str
        What the reader should know of the pay.
    """

    name: str
    pay: tuple[Distribution, ...] = ()
    note: str = ""

    @classmethod
    def from_model(
        cls, name: str, model: SalaryModel, levels: Mapping[str, Any], *, experience: str = "experience", note: str = ""
    ) -> CareerRole:
        """A role whose pay follows a salary model: a profile with `levels` at each year of the factor `experience`."""
        last = max(level.at or 0.0 for level in model.factor(experience).levels)
        profiles = (model.profile(**levels, **{experience: years}) for years in range(math.floor(last) + 1))
        return cls(name, tuple(profile.pay for profile in profiles), note)

    @cached_property
    def log_wages(self) -> FloatArray | None:
        """Log pay by years of experience and normal score, shape (len(pay), len(SCORES)); None without pay."""
        if not self.pay:
            return None
        lower = SCORES < 0
        below, above = _core.normal_cdf(SCORES[lower]), _core.normal_sf(SCORES[~lower])
        wages = np.array([np.concatenate([pay.ppf(below), pay.isf(above)]) for pay in self.pay])
        if not (wages > 0).all():
            raise FactError(f"role {self.name!r} has people without pay; expected wages above 0")
        return np.asarray(np.log(wages))


@dataclass(frozen=True)
class CareerMove:
    """A chance of moving from one role to another at the end of a year.

    Attributes
    ----------
    origin, destination : str
        Names of roles.
    chance : float
        A year, in [0, 1].
    after : int
        Years in the role before the chance exists; 0 and 1: from the end of the first year on.
    source : str
        Where the chance comes from; empty: an assumption, and the output says so.
    note : str
    """

    origin: str
    destination: str
    chance: float
    after: int = 0
    source: str = ""
    note: str = ""

    def __str__(self) -> str:
        wait = f" after {self.after} years" if self.after > 1 else ""
        return (
            f"{self.origin} to {self.destination}: {100 * self.chance:g} % a year{wait} ({self.source or ASSUMPTION})"
        )


@dataclass(frozen=True)
class CareerSensitivity:
    """What another value of one number of a career would change.

    Attributes
    ----------
    what : str
    value, low, high : float
        As in the career, and moved down and up.
    low_change, high_change : float
        Change of the mean of lifetime pay, discounted as in the simulation, in dollars.
    low_error, high_error : float
        Standard errors of the changes, from the number of people simulated.
    low_reached, high_reached : float
        Change of the part of people who ever reach the last paid role.
    is_assumption : bool
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
class Career:
    """Rules by which careers go on, year by year. Immutable.

    A person's rank among people of the same role and experience has the normal score z, which moves from year to year
    as z' = r z + sqrt(1 - r^2) e: pay in a role keeps the role's distribution, and r says how far the well paid stay
    so.

    Attributes
    ----------
    roles : tuple of CareerRole
        With distinct names.
    moves : tuple of CareerMove
    start : str
        Role of the first year.
    experience : int
        Years of experience at the start; grows by one in each paid year, whatever the role.
    rank : float, optional
        Rank at the start, in (0, 1); drawn when None.
    persistence, persistence_at_moves : float
        r of a year in one role, and at a change of role, in [0, 1].
    growth : float
        Real growth of all pay, a year: 0.005 is half a percent.
    growth_source, persistence_source : str
        Empty: assumptions.
    notes : tuple of str
        What else is assumed.

    Raises
    ------
    FactError
        An unknown role, a chance outside [0, 1], chances that sum to more than one, a rank outside (0, 1).
    """

    roles: tuple[CareerRole, ...]
    moves: tuple[CareerMove, ...]
    start: str
    experience: int = 0
    rank: float | None = None
    persistence: float = 0.9
    persistence_at_moves: float = 0.7
    growth: float = 0.0
    growth_source: str = ""
    persistence_source: str = ""
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        names = [role.name for role in self.roles]
        if len(set(names)) != len(names):
            raise FactError(f"roles has {', '.join(names)}; expected distinct names")
        _ = self.plan()

    @classmethod
    def health_information(cls, **options: Any) -> Career:
        """From technician to director: see `wagefit.health_careers.health_information_career`."""
        from wagefit.careers.health_information import health_information_career

        return health_information_career(**options)

    @property
    def sources(self) -> tuple[str, ...]:
        """Every number with a source, in words."""
        found = [str(move) for move in self.moves if move.source]
        if self.growth_source:
            found.append(f"real pay grows by {percent(self.growth)} a year ({self.growth_source})")
        return tuple(found + ([f"rank's correlations: {self.persistence_source}"] if self.persistence_source else []))

    @property
    def assumptions(self) -> tuple[str, ...]:
        """Everything without a source, in words."""
        return tuple(self._assumptions())

    def _assumptions(self) -> Iterator[str]:
        yield from (str(move) for move in self.moves if not move.source)
        if not self.persistence_source:
            yield (
                f"rank: correlation {self.persistence:g} from year to year in a role, {self.persistence_at_moves:g} at "
                f"a move ({ASSUMPTION})"
            )
        if not self.growth_source:
            yield f"real pay grows by {percent(self.growth)} a year ({ASSUMPTION})"
        yield from (f"{role.name}: {role.note}" for role in self.roles if role.note)
        yield from self.notes

    def replace(self, **changes: Any) -> Career:
        """The same career with other attributes."""
        return replace(self, **changes)

    def with_chance(self, origin: str, destination: str, chance: float, *, source: str = "") -> Career:
        """The same career with another chance of a move (a year, in [0, 1]); FactError if there is no such move."""
        found = [move for move in self.moves if (move.origin, move.destination) == (origin, destination)]
        if not found:
            known = ", ".join(f"{move.origin} to {move.destination}" for move in self.moves)
            raise FactError(f"the move {origin} to {destination} is unknown; expected one of {known}")
        changed = (replace(move, chance=chance, source=source) if move in found else move for move in self.moves)
        return replace(self, moves=tuple(changed))

    def simulate(
        self,
        years: int = 30,
        n: int = 100_000,
        *,
        seed: Any = 0,
        discount: float = 0.03,
        n_threads: int = 0,
    ) -> CareerOutcome:
        """Simulates careers.

        Parameters
        ----------
        years : int
            Length, 1 to 120.
        n : int
            People. A million careers of thirty years take a few seconds on one core.
        seed : int or numpy.random.Generator
            The same seed gives the same people, whatever the number of threads, of years, or of people after them.
        discount : float
            Real rate a year at which lifetime pay is discounted to the start.
        n_threads : int
            0: one for each processor.

        Returns
        -------
        CareerOutcome

        Raises
        ------
        FactError
            A number is out of range.
        """
        rate = as_number("discount", discount)
        if not rate > -1:
            raise FactError(f"discount is {rate:g}; expected a rate above -1")
        key = stream_key(seed)
        plan = self.plan()
        size, length = as_count("n", n, 1), as_count("years", years, 1)
        core = _core.simulate_careers(
            plan,
            n=size,
            years=length,
            key=key,
            log_discount=math.log1p(rate),
            n_threads=as_count("n_threads", n_threads),
        )
        return CareerOutcome(self, core, plan, size, length, rate, key)

    def sensitivity(
        self, years: int = 30, n: int = 50_000, *, seed: Any = 0, discount: float = 0.03, change: float = 0.5
    ) -> tuple[CareerSensitivity, ...]:
        """What other values of each chance, of the growth and of the persistence would change.

        Parameters
        ----------
        years, n, seed, discount
            As in `simulate`; every row is simulated with the same random numbers.
        change : float
            Part by which a chance is moved down and up (the up side no further than the chances of a role allow);
            growth moves by half a percentage point, persistence by 0.1.

        Returns
        -------
        tuple of CareerSensitivity
        """
        step = as_number("change", change)
        if not 0 < step <= 1:
            raise FactError(f"change is {step:g}; expected a part in (0, 1]")
        key = stream_key(seed)

        def outcome(career: Career) -> tuple[FloatArray, float]:
            core = _core.simulate_careers(
                career.plan(), n=n, years=years, key=key, log_discount=math.log1p(discount), n_threads=0
            )
            top = max(i for i, role in enumerate(career.roles) if role.pay)
            return core.discounted, float((core.first_year[:, top] >= 0).mean())

        base = outcome(self)
        return tuple(_sensitivity(variant, base, outcome) for variant in self._variants(step))

    def _variants(self, step: float) -> Iterator[_Variant]:
        for move in self.moves:
            leaving = math.fsum(other.chance for other in self.moves if other.origin == move.origin)
            low = move.chance * (1 - step)
            high = min(move.chance * (1 + step), move.chance + max(0.0, 1.0 - leaving))
            low_career, high_career = (
                self.with_chance(move.origin, move.destination, chance) for chance in (low, high)
            )
            name = f"{move.origin} to {move.destination}, a year"
            yield _Variant(name, move.chance, (low, high), (low_career, high_career), not move.source)
        rates = (self.growth - 0.005, self.growth + 0.005)
        careers = tuple(self.replace(growth=rate) for rate in rates)
        yield _Variant("real growth of pay, a year", self.growth, rates, careers, not self.growth_source)
        ends = (max(0.0, self.persistence - 0.1), min(1.0, self.persistence + 0.1))
        careers = tuple(self.replace(persistence=r) for r in ends)
        yield _Variant("rank's correlation, year to year", self.persistence, ends, careers, not self.persistence_source)

    def plan(self) -> _core.CareerPlan:
        """The career as the core simulates it."""
        names = {role.name: i for i, role in enumerate(self.roles)}
        for what, name in self._named_roles():
            if name not in names:
                raise FactError(f"{what} is {name!r}; expected one of {', '.join(map(repr, names))}")
        if not as_number("growth", self.growth) > -1:
            raise FactError(f"growth is {self.growth:g}; expected a rate above -1")
        return _core.CareerPlan(
            roles=[(role.name, role.log_wages) for role in self.roles],
            first_score=float(SCORES[0]),
            score_step=float(SCORES[1] - SCORES[0]),
            transitions=[
                (names[m.origin], names[m.destination], as_number("chance", m.chance), as_count("after", m.after))
                for m in self.moves
            ],
            start_role=names[self.start],
            start_experience=as_count("experience", self.experience),
            start_score=_score(self.rank),
            persistence=as_number("persistence", self.persistence),
            persistence_at_moves=as_number("persistence_at_moves", self.persistence_at_moves),
            log_growth=math.log1p(self.growth),
        )

    def _named_roles(self) -> Iterator[tuple[str, str]]:
        yield "start", self.start
        for move in self.moves:
            yield "origin", move.origin
            yield "destination", move.destination

    def __repr__(self) -> str:
        head = f"<career from {self.start}: {', '.join(role.name for role in self.roles)}>"
        return "\n".join([head, *self.sources, "Assumed:", *(f"- {line}" for line in self.assumptions)])


@dataclass(frozen=True)
class _Variant:
    """A career with one number moved down and up."""

    what: str
    value: float
    ends: tuple[float, float]
    careers: tuple[Career, ...]
    is_assumption: bool


def _sensitivity(variant: _Variant, base: tuple[FloatArray, float], outcome: Any) -> CareerSensitivity:
    (low_pay, low_reached), (high_pay, high_reached) = map(outcome, variant.careers)
    low, high = low_pay - base[0], high_pay - base[0]
    return CareerSensitivity(
        variant.what, variant.value, *variant.ends, float(low.mean()), float(high.mean()), _error(low), _error(high),
        low_reached - base[1], high_reached - base[1], variant.is_assumption,
    )  # fmt: skip


def _error(changes: FloatArray) -> float:
    return float(changes.std() / math.sqrt(len(changes)))


def _score(rank: float | None) -> float:
    if rank is None:
        return math.nan
    if not 0 < as_number("rank", rank) < 1:
        raise FactError(f"rank is {rank:g}; expected a number inside (0, 1)")
    return float(_core.normal_quantile(rank))


def make_moves(rows: Sequence[Mapping[str, str]]) -> tuple[CareerMove, ...]:
    """Moves from the rows of an embedded table."""
    return tuple(
        CareerMove(
            row["origin"], row["destination"], float(row["chance"]), int(row["after_years"]), row["source"], row["note"]
        )
        for row in rows
    )
