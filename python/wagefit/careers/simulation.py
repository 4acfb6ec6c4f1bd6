"""One simulation of careers: how long, how many people, and from which random numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass

from wagefit import _core
from wagefit.errors import FactError
from wagefit.shared.arguments import as_count, as_number
from wagefit.shared.progress import watch_call
from wagefit.shared.streams import Key, stream_key
from wagefit.shared.types import Number, Rng


@dataclass(frozen=True)
class Simulation:
    """What is simulated of a career.

    Attributes
    ----------
    years, n : int
        Length and people.
    discount : float
        Real rate a year.
    key : (int, int)
        Of the random streams.
    n_threads : int
        0: one for each processor.
    """

    years: int
    n: int
    discount: float
    key: Key
    n_threads: int

    def of(self, plan: _core.CareerPlan) -> _core.CareerOutcome:
        """The careers that a plan leads to."""
        with watch_call(f"simulating {self.n:,} careers"):
            return _core.simulate_careers(
                plan, n=self.n, years=self.years, key=self.key, log_discount=math.log1p(self.discount),
                n_threads=self.n_threads,
            )  # fmt: skip


def checked_simulation(years: int, n: int, rng: Rng, discount: Number, n_threads: int) -> Simulation:
    """The simulation that a user asks for; FactError for a number out of range."""
    rate = as_number("discount", discount)
    if not rate > -1:
        raise FactError(f"discount is {rate:g}; expected a rate above -1")
    threads = as_count("n_threads", n_threads)
    return Simulation(as_count("years", years, 1), as_count("n", n, 1), rate, stream_key(rng), threads)
