"""Interactions: pay at two levels together that is not the product of their ratios."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from wagefit.arguments import FloatArray, as_number
from wagefit.errors import FactError
from wagefit.factors import Factor
from wagefit.tables import read_table

Cell = tuple[str, str]


@dataclass(frozen=True)
class Interaction:
    """How far pay at two levels together departs from the product of their ratios.

    Only departures count: whatever depends on one of the two levels alone is taken up when the model makes the average
    ratio of each level the published one. A premium by level of the other factor can thus be given as published.

    Attributes
    ----------
    first, second : str
        Names of two factors of the model, at most one of them continuous.
    ratios : mapping {(level of first, level of second): ratio}
        Above 0; pairs that are left out have the ratio 1. Levels by name; knots of a continuous factor too.
    standard_errors : mapping {(level, level): error}
        Of the ratios; pairs left out have an unknown one where a ratio is given, none otherwise.
    source, year, population, is_proxy, note
        As in `Level`.
    """

    first: str
    second: str
    ratios: Mapping[Cell, float]
    standard_errors: Mapping[Cell, float] | None = None
    source: str = ""
    year: int | None = None
    population: str = ""
    is_proxy: bool = False
    note: str = ""

    @classmethod
    def along(
        cls, first: Factor, second: Factor, premiums: Mapping[str, Mapping[float, float]], **rest: Any
    ) -> Interaction:
        """Premiums of levels of `first` that are known at a few amounts of the continuous factor `second`.

        Parameters
        ----------
        first, second : Factor
        premiums : mapping {level: {amount: ratio}}
            Between the amounts the log ratio is linear, beyond them held.
        **rest
            Source, year, population, is_proxy, note.

        Raises
        ------
        FactError
            `second` is not continuous, a level is unknown, or a ratio is not positive.
        """
        if not second.is_continuous:
            raise FactError(f"second is {second.name!r}; expected a continuous factor")
        ratios: dict[Cell, float] = {}
        for level, known in premiums.items():
            name = str(first.choice(level))
            amounts = np.array(sorted(known), dtype=float)
            logs = np.log([_positive(level, known[amount]) for amount in sorted(known)])
            for knot in second.levels:
                ratios[name, knot.name] = math.exp(float(np.interp(knot.at or 0.0, amounts, logs)))
        return cls(first.name, second.name, ratios, **rest)

    @property
    def name(self) -> str:
        """What explanations call it, such as "credential x experience"."""
        return f"{self.first} x {self.second}"

    def core(self, factors: Mapping[str, Factor]) -> tuple[str, str, FloatArray, FloatArray]:
        """Names, ratios and errors as the core takes them; FactError for unknown factors and levels."""
        for name in (self.first, self.second):
            if name not in factors:
                raise FactError(
                    f"interaction {self.name!r}: the factor {name!r} is unknown; "
                    f"expected two of {', '.join(map(repr, factors))}"
                )
        rows, columns = ([level.name for level in factors[name].levels] for name in (self.first, self.second))
        ratio, error = np.ones((len(rows), len(columns))), np.zeros((len(rows), len(columns)))
        for (a, b), value in self.ratios.items():
            if a not in rows or b not in columns:
                raise FactError(f"interaction {self.name!r}: the pair ({a!r}, {b!r}) is unknown; expected two levels")
            ratio[rows.index(a), columns.index(b)] = as_number("a ratio", value)
            known = (self.standard_errors or {}).get((a, b), math.nan)
            error[rows.index(a), columns.index(b)] = as_number("a standard error", known)
        return self.first, self.second, ratio, error


def certification_by_experience(factors: Mapping[str, Factor] | None = None) -> Interaction:
    """Certification is worth less to the experienced: AAPC 2010, x1.145 in the first year, x1.123 after 25.

    Parameters
    ----------
    factors : mapping {name: Factor}, optional
        Holding ``"credential"`` and ``"experience"``; the embedded ones when None.

    Returns
    -------
    Interaction
        Of every credential with experience; a proxy for all but the CPC. No standard error is published.
    """
    if factors is None:
        from wagefit.embedded_factors import embedded_factors

        factors = {factor.name: factor for factor in embedded_factors()}
    credential, experience = factors["credential"], factors["experience"]
    by_years = {
        25.0 if "25 years" in row["population"] else 0.0: float(row["ratio"])
        for row in read_table("readings")
        if row["factor"] == "credential" and row["year"] == "2010" and row["use"] == "pooled"
    }
    held = [level.name for level in credential.levels if level.name != credential.baseline]
    return Interaction.along(
        credential,
        experience,
        dict.fromkeys(held, by_years),
        source="AAPC 2010 salary survey, reported in Becker's ASC Review",
        year=2010,
        population="Medical coders, United States",
        is_proxy=True,
        note="Premium of certified coders at their first year and at more than 25; log-linear in between",
    )


def _positive(level: str, value: Any) -> float:
    ratio = as_number(f"a premium of {level}", value)
    if not (ratio > 0 and math.isfinite(ratio)):
        raise FactError(f"a premium of {level} is {ratio:g}; expected a finite positive number")
    return ratio


def core_interactions(
    interactions: tuple[Interaction, ...], factors: Mapping[str, Factor]
) -> list[tuple[str, str, FloatArray, FloatArray]]:
    """All interactions as the core takes them."""
    return [interaction.core(factors) for interaction in interactions]
