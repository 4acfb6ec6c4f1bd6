"""The figures of a factor: what a profile chooses from, and what the core calibrates a model on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any, Literal, TypeVar

from wagefit import _core
from wagefit.errors import FactError
from wagefit.factors.level import MEAN, Level
from wagefit.shared.arguments import as_choice, as_number
from wagefit.shared.numbers import is_number
from wagefit.shared.types import Number

LONGEST_LABEL = 24  # characters of a label that a line or a table of levels has room for

Scale = Literal["linear", "logarithmic"]
Errors = Literal["independent", "common"]
AnyFactor = TypeVar("AnyFactor", bound="FactorFigures")


@dataclass(frozen=True, repr=False)
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

    @property
    def errs_together(self) -> bool:
        """Whether the ratios err together, as those of a continuous factor always do."""
        return self.is_continuous or self._errors() is _core.RatioErrors.common

    def _scale(self) -> str:
        return as_choice(f"scale of {self.name}", self.scale, ("linear", "logarithmic"))

    def _errors(self) -> _core.RatioErrors:
        """One by one unless it is said that the ratios derive from one estimate, as those along a curve do."""
        if self.errors is not None:
            return _core.RatioErrors[as_choice(f"errors of {self.name}", self.errors, ("independent", "common"))]
        return _core.RatioErrors.common if self.is_continuous else _core.RatioErrors.independent

    def choice(self, value: str | Number) -> str | float:
        """`value` as the core knows it: an amount, or the name of a level given by name, label or number."""
        is_named = isinstance(value, str) or (is_number(value) and not self.is_continuous)
        found = self.find_level(value if isinstance(value, str) else f"{value:g}") if is_named else None
        if self.is_continuous and found is None:
            if isinstance(value, str):
                amount = f"a number of {self.unit}" if self.unit else "one number"
                named = ", ".join(repr(each.name) for each in self.levels if each.name != f"{each.at:g}")
                expected = f"{amount}, or one of {named}" if named else amount
                raise FactError(f"{self.name} is {value!r}; expected {expected}")
            return as_number(self.name, value)
        if found is None:
            raise FactError(f"{self.name} is {value!r}; expected one of {self._known()}{self._nearest(value)}")
        return found.name if found.at is None else found.at

    def find_level(self, text: str) -> Level | None:
        """The level that is called so, by name or else by label, in any case; None where there is none."""
        wanted = text.casefold()
        by_name = (level for level in self.levels if level.name.casefold() == wanted)
        return next(by_name, None) or next((level for level in self.levels if level.label.casefold() == wanted), None)

    def level(self, choice: str | float) -> Level:
        """The level of a choice; of an amount, the knot at or above it (the last one beyond)."""
        if isinstance(choice, str):
            return next(level for level in self.levels if level.name == choice)
        above = (level for level in self.levels if level.at is not None and level.at >= choice)
        return next(above, self.levels[-1])

    def exact_level(self, value: str | Number) -> Level:
        """The level that is called so, or the knot at that amount; FactError naming those that there are."""
        found = self.find_level(value) if isinstance(value, str) else None
        if found is None and not isinstance(value, str) and self.is_continuous:
            found = next((level for level in self.levels if level.at == value), None)
        if found is None:
            raise FactError(f"{self.name} is {value!r}; expected one of {self._known()}")
        return found

    def core_name(self, level: Level) -> str:
        """What the core calls a level: its name, or its amount as the core prints it."""
        return self.core.levels[self.levels.index(level)][0] if self.is_continuous else level.name

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

    def __repr__(self) -> str:
        if not self.levels:
            return f"<factor {self.name}: no levels>"
        low, high = (pick(self.levels, key=lambda level: level.ratio) for pick in (min, max))
        ratios = f"ratios {low.ratio:.3f} ({self._brief(low)}) to {high.ratio:.3f} ({self._brief(high)})"
        return f"<factor {self.name}: {len(self.levels)} {self._kind()}, {ratios}, baseline {self.baseline}>"

    def _kind(self) -> str:
        return "knots" if self.is_continuous else "level" if len(self.levels) == 1 else "levels"

    def _brief(self, level: Level) -> str:
        return self.describe_briefly(level.name if level.at is None else level.at)

    def _nearest(self, value: Any) -> str:
        """The level whose name or label looks most like `value`, in words; nothing where none does."""
        by_text = {text.casefold(): level for level in self.levels for text in (level.name, level.label) if text}
        near = get_close_matches(str(value).casefold(), by_text, 1, cutoff=0.7)
        return f"; nearest: {by_text[near[0]].name!r} ({by_text[near[0]].label})" if near else ""

    def _known(self) -> str:
        return ", ".join(repr(level.name) for level in self.levels)
