"""Persons as they are typed: ``experience=8, education=bachelor, state=NJ``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from wagefit.errors import FactError
from wagefit.factors.factor import Factor
from wagefit.factors.salary_model import SalaryModel
from wagefit.shared.numbers import read_number
from wagefit.shell.named_values import parse_named

UNKNOWN = "unknown"
EXPECTED = "expected factors and levels such as experience=8,state=NJ"
_YEARS = re.compile(r"\s*years?", re.IGNORECASE)


def parse_person(option: str, text: str) -> dict[str, str | None]:
    """Levels by factor, as they are typed; ``unknown`` is no level."""
    levels: dict[str, str | None] = {}
    for factor, level in parse_named(option, text, EXPECTED):
        if factor in levels:
            raise FactError(f"{option} gives {factor} twice; expected each factor once")
        levels[factor] = None if level.lower() == UNKNOWN else level
    return levels


def levels_in(model: SalaryModel, typed: Mapping[str, str | None]) -> dict[str, str | float | None]:
    """The typed levels as a model takes them: amounts such as ``8`` or ``8 years`` of its continuous factors."""
    return {name: None if text is None else _level(model.factor(name), text) for name, text in typed.items()}


def _level(factor: Factor, text: str) -> str | float:
    number = read_number(_YEARS.sub("", text)) if factor.is_continuous else None
    return text if number is None else number
