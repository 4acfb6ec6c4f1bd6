"""Roles of a career with what they pay, and the chances of moving between them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from wagefit import _core
from wagefit.distributions.distribution import Distribution
from wagefit.errors import FactError
from wagefit.factors.salary_model import SalaryModel
from wagefit.shared.arguments import FloatArray
from wagefit.shared.types import Number

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

    Examples
    --------
    >>> from wagefit.careers import CareerRole
    >>> CareerRole("coder", (wf.fit(mean=44_010, quantiles={0.1: 26_550, 0.9: 66_260}),))
    CareerRole(name='coder', pay=(<curve: mean $44,010, P10 $26,550, median $41,270, P90 $66,260, USD/year>,), note='')
    """

    name: str
    pay: tuple[Distribution, ...] = ()
    note: str = ""

    @classmethod
    def from_model(
        cls,
        name: str,
        model: SalaryModel,
        levels: Mapping[str, str | Number | None],
        *,
        experience: str = "experience",
        note: str = "",
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

    Examples
    --------
    >>> from wagefit.careers import CareerMove
    >>> CareerMove("coder", "lead coder", 0.08, after=2, source="assumption")
    CareerMove(origin='coder', destination='lead coder', chance=0.08, after=2, source='assumption', note='')
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
