"""Continuous factors: from readings at a few amounts, or from an elasticity."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Literal

import numpy as np

from wagefit import _core
from wagefit.errors import FactError
from wagefit.factors.figures import AnyFactor, FactorFigures
from wagefit.factors.level import Level
from wagefit.shared.arguments import as_choice, as_number
from wagefit.shared.types import Number


class FactorFromAmounts(FactorFigures):
    """Adds `curve` and `elasticity`."""

    @classmethod
    def curve(
        cls: type[AnyFactor],
        name: str,
        ratios: Mapping[float, Number],
        shares: Mapping[float, Number],
        *,
        standard_errors: Mapping[float, Number] | None = None,
        shape: Literal["concave", "as given"] = "concave",
        unit: str = "",
        source: str = "",
        year: int | None = None,
        population: str = "",
        is_proxy: bool = False,
        share_source: str = "",
    ) -> AnyFactor:
        """A continuous factor, such as experience in years, from readings at a few amounts that become its knots.

        Parameters
        ----------
        name : str
        ratios : mapping {amount: ratio}
            At least two readings, in any unit common to them.
        shares : mapping {amount: share}
            Part of the workforce at each of the same amounts. Without `share_source` an assumption.
        standard_errors : mapping {amount: error}, optional
            Of the ratios; they also weigh the readings. None: unknown, readings weigh alike.
        shape : {"concave", "as given"}
            ``"concave"``: log ratios are moved to the nearest that never fall and rise ever more slowly, in weighted
            squares (surveys' readings scatter); readings that do so already are kept. ``"as given"``: never moved.
        unit, source, year, population, is_proxy, share_source
            As in `Level`.

        Returns
        -------
        Factor
            Ratios refer to the lowest amount, which has no error of its own; a note says by how much a reading was
            moved.

        Raises
        ------
        FactError
            A ratio is not positive, amounts of ratios and shares differ, shares do not sum to one.
        """
        as_choice("shape", shape, ("concave", "as given"))
        level = partial(
            Level,
            source=source,
            year=year,
            population=population,
            is_proxy=is_proxy,
            share_source=share_source,
            share_is_assumed=not share_source,
        )
        levels = [
            level(
                name=f"{at:g}",
                label=f"{at:g} {unit}".strip(),
                ratio=ratio,
                at=at,
                standard_error=error,
                share=as_number("a share", shares[at]),
                note=note,
            )
            for at, ratio, error, note in _readings(ratios, _amounts_of(ratios, shares), standard_errors, shape)
        ]
        return cls(name, tuple(levels), levels[0].name, unit).checked()

    @classmethod
    def elasticity(
        cls: type[AnyFactor],
        name: str,
        elasticity: Number,
        shares: Mapping[float, Number],
        *,
        standard_error: Number | None = None,
        unit: str = "",
        source: str = "",
        year: int | None = None,
        population: str = "",
        is_proxy: bool = False,
        note: str = "",
        share_source: str = "",
    ) -> AnyFactor:
        """Pay as a power of an amount, such as an area's price level, size, or demand for the occupation.

        Parameters
        ----------
        name : str
        elasticity : float
            Percent of pay that go with one percent of the amount.
        shares : mapping {amount: share}
            Part of the workforce at (about) each of two or more amounts, which are above 0; outside them pay is held
            and the profile says so. Without `share_source` they count as assumed.
        standard_error : float, optional
            Of the elasticity.
        unit, source, year, population, is_proxy, note, share_source
            As in `Level`.

        Returns
        -------
        Factor
            Continuous, on the logarithmic scale; ratios refer to the lowest amount.

        Raises
        ------
        FactError
            An amount is not positive, there is only one, or the shares do not sum to one.

        Notes
        -----
        ratio = (amount / lowest)^elasticity, whose logarithm has the standard error log(amount / lowest) times the
        elasticity's.
        """
        slope = as_number("elasticity", elasticity)
        error = None if standard_error is None else as_number("standard_error", standard_error)
        amounts = sorted(as_number("an amount of shares", amount) for amount in shares)
        if len(amounts) < 2 or not amounts[0] > 0:
            raise FactError(f"shares has the amounts {amounts[:5]}; expected at least two, all above 0")
        levels = []
        for amount in amounts:
            distance = math.log(amount / amounts[0])
            ratio = math.exp(slope * distance)
            levels.append(
                Level(
                    name=f"{amount:g}", label=f"{amount:g} {unit}".strip(), ratio=ratio, at=amount,
                    standard_error=None if error is None else ratio * distance * error,
                    share=as_number("a share", shares[amount]), source=source, year=year, population=population,
                    is_proxy=is_proxy, note=note, share_source=share_source, share_is_assumed=not share_source,
                )
            )  # fmt: skip
        return cls(name, tuple(levels), levels[0].name, unit, "logarithmic", "common").checked()


def _amounts_of(ratios: Mapping[float, Number], shares: Mapping[float, Number]) -> list[float]:
    """The amounts of readings, ascending; FactError where those of the shares differ or a ratio is not positive."""
    amounts = sorted(as_number("an amount of ratios", amount) for amount in ratios)
    if amounts != sorted(float(amount) for amount in shares):
        raise FactError("ratios and shares have different amounts; expected the same")
    if not all(ratio > 0 and math.isfinite(ratio) for ratio in ratios.values()):
        raise FactError(f"ratios has {min(ratios.values()):g}; expected finite positive numbers")
    return amounts


def _errors_of_logs(
    errors: Mapping[float, Number] | None, ratios: Mapping[float, Number], amounts: list[float]
) -> list[float] | None:
    """Standard errors of the logs of ratios, in the order of the amounts."""
    if errors is None:
        return None
    return [float(errors[amount]) / float(ratios[amount]) for amount in amounts]


def _errors_of_ratios(errors: list[float] | None, ratios: list[float]) -> list[float | None]:
    """Standard errors of ratios to the first one, which has none, from those of the logs."""
    if errors is None:
        return [0.0, *[None for _ in ratios[1:]]]
    others = [ratio * math.hypot(error, errors[0]) for ratio, error in zip(ratios[1:], errors[1:], strict=True)]
    return [0.0, *others]


def _readings(
    ratios: Mapping[float, Number],
    amounts: list[float],
    standard_errors: Mapping[float, Number] | None,
    shape: Literal["concave", "as given"],
) -> Iterator[tuple[float, float, float | None, str]]:
    """Amount, ratio to the lowest amount, its error, and how it was moved, of each amount."""
    read = np.array([math.log(ratios[amount]) for amount in amounts])
    errors = _errors_of_logs(standard_errors, ratios, amounts)
    moved = read if shape == "as given" else _core.fit_concave(amounts, read, _precisions(errors, len(amounts)))
    relative = [math.exp(each - moved[0]) for each in moved]
    notes = [_note_of_move(to - of) for of, to in zip(read, moved, strict=True)]
    return zip(amounts, relative, _errors_of_ratios(errors, relative), notes, strict=True)


def _note_of_move(by: float) -> str:
    """What a level says of having been moved by so many log points."""
    change = math.expm1(by)
    return f"Moved by {100 * change:+.2f} % to a concave curve" if abs(change) > 1e-9 else ""


def _precisions(errors: list[float] | None, n: int) -> list[float]:
    """Weights of readings: one over their squared errors, alike where these are unknown or one of them is nothing."""
    if errors is None or min(errors) <= 0:
        return [1.0] * n
    return [1.0 / error**2 for error in errors]
