"""What simulated careers have in common: pay by year, lifetime pay, time to each role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wagefit import _core
from wagefit.careers.rules import CareerRules
from wagefit.careers.simulation import Simulation
from wagefit.errors import FactError
from wagefit.plots.fan import plot_fan, plot_roles
from wagefit.plots.figures import new_figure
from wagefit.shared.arguments import FloatArray, as_array, as_count
from wagefit.shared.frames import make_frame
from wagefit.shared.text import dollars
from wagefit.shared.types import Axes, Backend, Number, Numbers

PERCENTILES = (0.10, 0.25, 0.50, 0.75, 0.90)


@dataclass(frozen=True)
class TimeToRole:
    """When people reach a role.

    Attributes
    ----------
    role : str
    reached : float
        Part of people who are ever in it within the simulated years.
    by_year : ndarray, shape (years,)
        Part of people who have been in it by the end of each year, rising.
    mean, p25, median, p75 : float
        Years from the start to the first year in the role, of those who reach it; NaN if nobody does.

    Examples
    --------
    >>> outcome = wf.Career.health_information().simulate(years=20, n=2_000, rng=1)
    >>> reached = outcome.time_to("health information manager")
    >>> round(reached.reached, 2)
    0.1
    """

    role: str
    reached: float
    by_year: FloatArray
    mean: float
    p25: float
    median: float
    p75: float


@dataclass(frozen=True, eq=False)
class CareerOutcome:
    """Simulated careers; made by `Career.simulate`. Pay is in the unit of the roles, at the prices of the start.

    Attributes
    ----------
    career : Career
        The rules, with their assumptions.

    Examples
    --------
    >>> outcome = wf.Career.health_information(state="NJ").simulate(years=10, n=2_000, rng=1)
    >>> outcome.time_to("health information manager").median
    7.0
    >>> outcome.role_shares.shape
    (10, 6)
    """

    career: CareerRules
    _result: _core.CareerOutcome
    _plan: _core.CareerPlan
    _simulation: Simulation

    @property
    def n(self) -> int:
        """People."""
        return self._simulation.n

    @property
    def years(self) -> int:
        """Years."""
        return self._simulation.years

    @property
    def discount(self) -> float:
        """Real rate a year at which lifetime pay is discounted."""
        return self._simulation.discount

    @property
    def mean(self) -> FloatArray:
        """Mean pay of the people at work, shape (years,); NaN in years in which nobody is."""
        return self._result.mean_pay

    @property
    def lifetime(self) -> FloatArray:
        """Sum of each person's pay, shape (n,); years without pay count as 0."""
        return self._result.lifetime

    @property
    def discounted(self) -> FloatArray:
        """Sum of each person's pay discounted to the start, shape (n,)."""
        return self._result.discounted

    @property
    def role_shares(self) -> FloatArray:
        """Part of people in each role, shape (years, roles)."""
        return np.asarray(self._result.in_role / self.n)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """Everything without a source that the figures rest on."""
        return self.career.assumptions

    def percentiles(self, p: Number | Numbers = PERCENTILES) -> FloatArray:
        """Percentiles of pay of the people at work, year by year.

        Parameters
        ----------
        p : array_like, shape (k,)
            Probabilities in [0, 1].

        Returns
        -------
        ndarray, shape (years, k)
            To a tenth of a percent (counted in 4,096 bins of log pay); NaN in years in which nobody is at work.
        """
        wanted = np.atleast_1d(as_array("p", p))
        if wanted.ndim != 1 or not ((wanted >= 0) & (wanted <= 1)).all():
            raise FactError(f"p is {p!r}; expected probabilities in [0, 1]")
        return self._result.quantiles(wanted)

    def lifetime_percentiles(self, p: Number | Numbers = PERCENTILES) -> FloatArray:
        """Percentiles of discounted lifetime pay, shape (k,)."""
        return np.asarray(np.quantile(self.discounted, as_array("p", p)))

    def time_to(self, role: str) -> TimeToRole:
        """When people reach `role`; FactError naming the roles that there are."""
        first = self._first_year(role)
        reached = first[first >= 0]
        counts = np.bincount(reached, minlength=self.years)
        p25, median, p75 = np.quantile(reached, [0.25, 0.5, 0.75]) if reached.size else (np.nan,) * 3
        mean = float(reached.mean()) if reached.size else float("nan")
        by_year = np.cumsum(counts) / self.n
        return TimeToRole(role, reached.size / self.n, by_year, mean, float(p25), float(median), float(p75))

    def paths(self, n: int) -> tuple[NDArray[np.str_], FloatArray]:
        """Roles and pay of the first `n` people year by year, each of shape (n, years); 0 without pay."""
        roles, pay = _core.career_paths(self._plan, n=as_count("n", n, 1), years=self.years, key=self._simulation.key)
        return np.array(self._roles())[roles], pay

    def to_frame(self, backend: Backend | None = None) -> Any:
        """A row a year: percentiles and mean of pay, part of people at work, part in each role."""
        columns: dict[str, Any] = {"year": list(range(self.years))}
        table = self.percentiles()
        columns |= {f"p{100 * p:.0f}": table[:, i].tolist() for i, p in enumerate(PERCENTILES)}
        columns["mean"] = self.mean.tolist()
        paid = [bool(role.pay) for role in self.career.roles]
        columns["at_work"] = self.role_shares[:, paid].sum(axis=1).tolist()
        columns |= {role: self.role_shares[:, i].tolist() for i, role in enumerate(self._roles())}
        types = {name: int if name == "year" else float for name in columns}
        return make_frame(columns, types, backend)

    def plot(self, ax: tuple[Axes, Axes] | None = None) -> tuple[Axes, Axes]:
        """Pay by year as a fan, roles by year as bands below it; takes and returns two matplotlib axes."""
        pay_axes, role_axes = new_figure(8.0, 6.5).subplots(2, 1, sharex=True) if ax is None else ax
        plot_fan(self.percentiles(), self.mean, pay_axes, unit=self.career.unit, what="real pay of those at work")
        plot_roles(self.role_shares, self._roles(), role_axes)
        if ax is None:
            pay_axes.set_xlabel("")  # the years stand below the roles
        return pay_axes, role_axes

    def _roles(self) -> list[str]:
        return [role.name for role in self.career.roles]

    def _first_year(self, role: str) -> NDArray[np.int16]:
        if role not in self._roles():
            raise FactError(f"role is {role!r}; expected one of {', '.join(map(repr, self._roles()))}")
        return np.asarray(self._result.first_year[:, self._roles().index(role)])

    def __repr__(self) -> str:
        low, middle, high = self.lifetime_percentiles([0.1, 0.5, 0.9])
        lines = [
            f"{self.n:,} careers of {self.years} years from {self.career.start}",
            f"lifetime pay, discounted at {100 * self.discount:g} %: median {dollars(middle, self.career.unit)}, "
            f"P10 {dollars(low, self.career.unit)}, P90 {dollars(high, self.career.unit)}",
        ]
        for role in self.career.roles:
            if role.name == self.career.start or not role.pay:
                continue
            when = self.time_to(role.name)
            waited = "" if np.isnan(when.median) else f", half of them within {when.median:.0f} years"
            lines.append(f"{role.name}: reached by {100 * when.reached:.1f} %{waited}")
        lines += self.career.sources
        return "\n".join([*lines, "Assumed:", *(f"- {line}" for line in self.assumptions)])
