"""Interactions: pay at two levels together that is not the product of their ratios, and levels that come together."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from wagefit.errors import FactError
from wagefit.factors.factor import Factor
from wagefit.shared.arguments import FloatArray, as_number
from wagefit.shared.types import Number

Cell = tuple[str, str]
CoreInteraction = tuple[str, str, FloatArray, FloatArray, FloatArray]


@dataclass(frozen=True, repr=False)
class Interaction:
    """How far pay at two levels together departs from the product of their ratios, and how often levels come together.

    Only departures count: whatever depends on one of the two levels alone is taken up when the model makes the average
    ratio of each level the published one. A premium by level of the other factor can thus be given as published.

    Where levels come together more often than by chance, ratios measured one factor at a time count the same thing
    twice. With `shares` and no `ratios` the two factors are multiplied, and scaled until every level of either has its
    published mean over the people it really has.

    Attributes
    ----------
    first, second : str
        Names of two factors of the model, at most one of them continuous, neither in another interaction.
    ratios : mapping {(level of first, level of second): ratio}
        Above 0; pairs that are left out have the ratio 1. Levels by name; knots of a continuous factor too.
    standard_errors : mapping {(level, level): error}
        Of the ratios; pairs left out have an unknown one where a ratio is given, none otherwise.
    shares : mapping {(level, level): people}, optional
        How many are at both levels, in any unit, of this or of a similar workforce: scaled until both factors have
        their own shares (iterative proportional fitting). Pairs left out have nobody. None: independent.
    share_source : str
        Where `shares` come from.
    errors_are_assumed : bool
        Whether any of `standard_errors` is an assumption: see `SalaryModel.with_assumed_errors`.
    source, year, population, is_proxy, note
        As in `Level`.

    Examples
    --------
    >>> both = wf.factors.Interaction("credential", "education", {("RHIT", "associate"): 0.97}, source="a survey")
    >>> both.first, both.second
    ('credential', 'education')
    """

    first: str
    second: str
    ratios: Mapping[Cell, float] = field(default_factory=dict)
    standard_errors: Mapping[Cell, float] | None = None
    source: str = ""
    year: int | None = None
    population: str = ""
    is_proxy: bool = False
    note: str = ""
    shares: Mapping[Cell, float] | None = None
    share_source: str = ""
    errors_are_assumed: bool = False

    @classmethod
    def along(
        cls,
        first: Factor,
        second: Factor,
        premiums: Mapping[str, Mapping[float, Number]],
        *,
        source: str = "",
        year: int | None = None,
        population: str = "",
        is_proxy: bool = False,
        note: str = "",
    ) -> Interaction:
        """Premiums of levels of `first` that are known at a few amounts of the continuous factor `second`.

        Parameters
        ----------
        first, second : Factor
        premiums : mapping {level: {amount: ratio}}
            Between the amounts the log ratio is linear, beyond them held.
        source, year, population, is_proxy, note
            As in `Level`.

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
        return cls(
            first.name, second.name, ratios, source=source, year=year, population=population, is_proxy=is_proxy,
            note=note,
        )  # fmt: skip

    @property
    def name(self) -> str:
        """What explanations call it, such as "credential x experience"."""
        return f"{self.first} x {self.second}"

    @property
    def size(self) -> str:
        """How many pairs of levels have a ratio, and how many a share, such as "50 ratios, 7 shares"."""
        numbers = {"ratios": len(self.ratios), "shares": len(self.shares or {})}
        return ", ".join(f"{n} {what if n > 1 else what[:-1]}" for what, n in numbers.items() if n) or "no figures"

    def __repr__(self) -> str:
        return f"<interaction {self.name}: {self.size}>"

    def core(self, factors: Mapping[str, Factor]) -> CoreInteraction:
        """Names, ratios, errors and shares as the core takes them; FactError for unknown factors and levels."""
        for name in (self.first, self.second):
            if name not in factors:
                raise FactError(
                    f"interaction {self.name!r}: the factor {name!r} is unknown; "
                    f"expected two of {', '.join(map(repr, factors))}"
                )
        rows, columns = ([level.name for level in factors[name].levels] for name in (self.first, self.second))
        ratio, error = np.ones((len(rows), len(columns))), np.zeros((len(rows), len(columns)))
        for pair, value in self.ratios.items():
            at = self._position(pair, rows, columns)
            ratio[at] = as_number("a ratio", value)
            error[at] = as_number("a standard error", (self.standard_errors or {}).get(pair, math.nan))
        share = np.zeros((0, 0) if self.shares is None else (len(rows), len(columns)))
        for pair, people in (self.shares or {}).items():
            share[self._position(pair, rows, columns)] = as_number("a share", people)
        return self.first, self.second, ratio, error, share

    def with_assumed_errors(self, relative_error: float) -> Interaction:
        """The interaction with errors of `relative_error` times the ratio where a ratio has none."""
        known = self.standard_errors or {}
        assumed = {pair: relative_error * ratio for pair, ratio in self.ratios.items() if pair not in known}
        return replace(self, standard_errors={**known, **assumed}, errors_are_assumed=True) if assumed else self

    def _position(self, pair: Cell, rows: list[str], columns: list[str]) -> tuple[int, int]:
        a, b = pair
        if a not in rows or b not in columns:
            raise FactError(f"interaction {self.name!r}: the pair ({a!r}, {b!r}) is unknown; expected two levels")
        return rows.index(a), columns.index(b)


def _positive(level: str, value: Number) -> float:
    ratio = as_number(f"a premium of {level}", value)
    if not (ratio > 0 and math.isfinite(ratio)):
        raise FactError(f"a premium of {level} is {ratio:g}; expected a finite positive number")
    return ratio


def core_interactions(interactions: tuple[Interaction, ...], factors: Mapping[str, Factor]) -> list[CoreInteraction]:
    """All interactions as the core takes them."""
    return [interaction.core(factors) for interaction in interactions]
