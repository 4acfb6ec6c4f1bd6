"""A move between places: pay as printed, and at one place's prices."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from wagefit import oews, prices
from wagefit.distributions.distribution import Distribution
from wagefit.errors import FactError
from wagefit.factors.profile import ASSOCIATION, Profile
from wagefit.fitting.fit import fit
from wagefit.shared.arguments import FloatArray, as_number, check_range
from wagefit.shared.frames import make_frame
from wagefit.shared.text import dollars, percent
from wagefit.shared.types import Backend, Number

PERCENTILES = (0.10, 0.25, 0.50, 0.75, 0.90)


@dataclass(frozen=True, eq=False)
class PlaceComparison:
    """Pay in two places, as printed and at one place's prices; made by `compare_places` or `move`.

    Attributes
    ----------
    origin, destination : str
    origin_pay, destination_pay : Distribution
        In dollars of either place.
    real_pay : Distribution
        `destination_pay` in dollars of the origin: what it would take there to buy as much.
    place_factor : float
        Dollars at the destination that buy what one dollar buys at the origin.
    cost : float
        Of moving.
    notes : tuple of str

    Examples
    --------
    >>> compared = wf.decisions.compare_places("NJ", "AR", wf.decisions.place_pay("NJ"), wf.decisions.place_pay("AR"))
    >>> round(compared.place_factor, 3)
    0.799
    >>> round(compared.real_pay.median())
    52239
    """

    origin: str
    destination: str
    origin_pay: Distribution
    destination_pay: Distribution
    real_pay: Distribution
    place_factor: float
    cost: float
    notes: tuple[str, ...]

    @property
    def nominal_gain(self) -> float:
        """Difference of mean pay as printed."""
        return self.destination_pay.mean() - self.origin_pay.mean()

    @property
    def real_gain(self) -> float:
        """Difference of mean pay in dollars of the origin."""
        return self.real_pay.mean() - self.origin_pay.mean()

    @property
    def payback(self) -> float:
        """Years of the real gain that pay for the move; inf where there is no gain."""
        if self.cost == 0:
            return 0.0
        return self.cost / self.real_gain if self.real_gain > 0 else math.inf

    def same_living(self, wage: Number) -> float:
        """Wage at the destination that buys what `wage` buys at the origin."""
        return as_number("wage", wage) * self.place_factor

    def to_frame(self, backend: Backend | None = None) -> Any:
        """Mean and percentiles: both places as printed, the destination at the origin's prices, changes in percent."""
        names = ["mean", *(f"p{100 * p:.0f}" for p in PERCENTILES)]

        def figures(pay: Distribution) -> FloatArray:
            return np.array([pay.mean(), *pay.ppf(np.array(PERCENTILES))])

        here, there, real = map(figures, (self.origin_pay, self.destination_pay, self.real_pay))
        columns: dict[str, Any] = {
            "figure": names,
            self.origin: here.tolist(),
            self.destination: there.tolist(),
            "at_origin_prices": real.tolist(),
            "nominal_percent": (100 * (there / here - 1)).tolist(),
            "real_percent": (100 * (real / here - 1)).tolist(),
        }
        return make_frame(columns, {name: str if name == "figure" else float for name in columns}, backend)

    def __repr__(self) -> str:
        mean, unit = self.origin_pay.mean(), self.origin_pay.unit
        return "\n".join(
            [
                f"{self.origin} -> {self.destination}: mean pay {dollars(mean, unit)} -> "
                f"{dollars(self.destination_pay.mean(), unit)} "
                f"({percent(self.nominal_gain / mean)})",
                f"at the prices of {self.origin}: {dollars(self.real_pay.mean(), unit)} "
                f"({percent(self.real_gain / mean)})",
                f"a dollar of {self.origin} is {self.place_factor:.3f} dollars of {self.destination}",
                *self.notes,
            ]
        )


def compare_places(
    origin: str,
    destination: str,
    origin_pay: Distribution,
    destination_pay: Distribution,
    *,
    cost: Number = 0.0,
    year: prices.When | None = None,
    to: prices.When | None = None,
) -> PlaceComparison:
    """Pay in two places in nominal and in price-adjusted dollars.

    Parameters
    ----------
    origin, destination : str
        ``"US"``, a state's two letters, or a metropolitan area's five digits.
    origin_pay, destination_pay : Distribution
    cost : float
        Of moving, dollars.
    year, to : int, str or (int, int), optional
        Month of the pay and of the dollars wanted, as in `wagefit.prices.adjust`; both or neither.

    Returns
    -------
    PlaceComparison

    Raises
    ------
    FactError
        A place without a published price level, pay in different units, one of `year` and `to` without the other.

    Notes
    -----
    Regional Price Parities (Bureau of Economic Analysis, 2024) price what people of all incomes buy; taxes are not in
    them.

    Examples
    --------
    >>> compared = wf.decisions.compare_places("NJ", "AR", wf.decisions.place_pay("NJ"), wf.decisions.place_pay("AR"))
    >>> round(compared.place_factor, 3)
    0.799
    >>> round(compared.real_pay.median())
    52239
    """
    factor = prices.place_factor(origin, destination)
    check_range("cost", cost, 0.0, math.inf)
    if origin_pay.unit != destination_pay.unit:
        raise FactError(f"pay is in {origin_pay.unit} and {destination_pay.unit}; expected one unit")
    if (year is None) != (to is None):
        raise FactError(f"year is {year!r} and to is {to!r}; expected both or neither")
    moved = 1.0 if year is None else prices.time_factor(year, to)
    here, there = (pay if moved == 1.0 else pay.scale(moved) for pay in (origin_pay, destination_pay))
    notes = ["Price levels: BEA Regional Price Parities, 2024; taxes are left out."]
    if year is not None:
        notes.append(f"Dollars of {to}, moved from {year} by the CPI-U ({moved:.4f}).")
    return PlaceComparison(
        origin, destination, here, there, there.scale(1.0 / factor), factor, float(cost), tuple(notes)
    )


def move(person: Profile, state: str, *, cost: Number = 0.0) -> PlaceComparison:
    """A person's move to another state, all other levels the same.

    Parameters
    ----------
    person : Profile
        With a known level of the factor ``"state"``.
    state : str
        Level of the destination.
    cost : float
        Of moving, dollars.

    Returns
    -------
    PlaceComparison

    Raises
    ------
    FactError
        The person's state is unknown, or the destination is.

    Examples
    --------
    >>> person = wf.SalaryModel.health_information().profile(experience=8, state="NJ")
    >>> moved = wf.decisions.move(person, "AR")
    >>> round(moved.real_pay.median() / moved.origin_pay.median(), 2)
    0.8
    """
    origin = person.levels.get("state")
    if not isinstance(origin, str):
        raise FactError("person has no known state; expected a profile with one")
    there = person.replace(state=state)
    comparison = compare_places(origin, str(there.levels["state"]), person.pay, there.pay, cost=cost)
    return replace(comparison, notes=(*comparison.notes, ASSOCIATION))


def place_pay(area: str, occupation: str = "29-2072", year: int = 2025) -> Distribution:
    """Pay of an occupation in a state or metropolitan area, fitted to the embedded row.

    Parameters
    ----------
    area : str
        ``"US"``, a state's two letters, or an area's code.
    occupation : str
    year : int
        Release.

    Raises
    ------
    FactError
        If there is no such row, or it has no figures.

    Examples
    --------
    >>> wf.decisions.place_pay("NJ")
    <curve: mean $54,013, P10 $33,280, median $50,240, P90 $83,650, USD/year>
    """
    found = [cell for cell in oews.cells(occupation=occupation, year=year, area=area) if cell.facts().get("quantiles")]
    if not found:
        raise FactError(f"area is {area!r}; expected one with published pay of {occupation} in {year}")
    return fit(**found[0].facts())
