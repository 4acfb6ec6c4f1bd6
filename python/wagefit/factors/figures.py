"""The figures of a factor: what a profile chooses from, and what the core calibrates a model on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from wagefit import _core
from wagefit.errors import FactError
from wagefit.factors.level import MEAN, Level
from wagefit.shared.arguments import as_choice, as_number
from wagefit.shared.types import Number

LONGEST_LABEL = 24  # characters of a label that a line or a table of levels has room for

Scale = Literal["linear", "logarithmic"]
Errors = Literal["independent", "common"]
AnyFactor = TypeVar("AnyFactor", bound="FactorFigures")


@dataclass(frozen=True)
class FactorFigures:
    """The figures of a factor; see `wagefit.Factor`, which adds the ways to make one from what is published."""

    name: str
    levels: tuple[Level, ...]
    baseline: str = MEAN
    unit: str = ""
    scale: Scale = "linear"
    errors: Errors | None = None

    @property
    def is_continuous(self) -> bool:
        """Whether a profile gives an amount, not a level."""
        return any(level.at is not None for level in self.levels)

    @property
    def mean_ratio(self) -> float:
        """Average of the ratios over the workforce; pay at a level is ratio / mean_ratio times the anchor's mean."""
        return self.core.mean_ratio

    @property
    def shares_are_assumed(self) -> bool:
        """Whether any share is without a source."""
        return any(level.share_is_assumed for level in self.levels)

    @property
    def core(self) -> _core.Factor:
        """The factor as the core computes it; FactError if its figures are meaningless."""
        if self.is_continuous:
            knots = [(level.at, level.ratio, level.standard_error) for level in self.levels if level.at is not None]
            shares = [(level.at, level.share) for level in self.levels if level.at is not None]
            return _core.continuous_factor(self.name, knots, shares, _core.AmountScale[self._scale()])
        levels = [(level.name, level.ratio, level.standard_error, level.share) for level in self.levels]
        return _core.categorical_factor(self.name, levels, self._errors())

    def checked(self: AnyFactor) -> AnyFactor:
        """The factor itself, if a model could use it; FactError naming what is wrong otherwise."""
        self.core.validate()
        return self

    def with_assumed_errors(self: AnyFactor, relative_error: float) -> AnyFactor:
        """The factor with errors of `relative_error` times the ratio at levels whose source gives none."""
        levels = tuple(level.with_assumed_error(relative_error) for level in self.levels)
        return replace(self, levels=levels)

    def _scale(self) -> str:
        return as_choice(f"scale of {self.name}", self.scale, ("linear", "logarithmic"))

    def _errors(self) -> _core.RatioErrors:
        """Ratios derived from one estimate err together; the baseline has none of its own."""
        if self.errors is not None:
            return _core.RatioErrors[as_choice(f"errors of {self.name}", self.errors, ("independent", "common"))]
        sources = {level.source for level in self.levels if level.name != self.baseline}
        derived = self.baseline != MEAN and len(sources) == 1
        return _core.RatioErrors.common if derived else _core.RatioErrors.independent

    def choice(self, value: str | Number) -> str | float:
        """`value` as the core knows it: an amount, or the name of a level given by name or label in any case."""
        if self.is_continuous:
            return as_number(self.name, value)
        if not isinstance(value, str):
            raise FactError(f"{self.name} is {value!r}; expected one of {self._known()}")
        for level in self.levels:
            if value.casefold() in (level.name.casefold(), level.label.casefold()):
                return level.name
        raise FactError(f"{self.name} is {value!r}; expected one of {self._known()}")

    def level(self, choice: str | float) -> Level:
        """The level of a choice; of an amount, the knot at or above it (the last one beyond)."""
        if isinstance(choice, str):
            return next(level for level in self.levels if level.name == choice)
        above = (level for level in self.levels if level.at is not None and level.at >= choice)
        return next(above, self.levels[-1])

    def describe(self, choice: str | float | None) -> str:
        """A choice as people say it: a level's label, an amount with its unit, or that it is unknown."""
        if choice is None:
            return "unknown"
        if isinstance(choice, str):
            return self.level(choice).label or choice
        return f"{choice:g} {self.unit}".strip()

    def describe_briefly(self, choice: str | float) -> str:
        """A choice in few words: the label of a level, or its name where the label is long."""
        text = self.describe(choice)
        return choice if isinstance(choice, str) and len(text) > LONGEST_LABEL else text

    def _known(self) -> str:
        return ", ".join(repr(level.name) for level in self.levels)
