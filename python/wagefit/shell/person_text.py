"""Persons as they are typed: ``experience=8, education=bachelor, state=NJ``."""

from __future__ import annotations

import re

from wagefit.errors import FactError
from wagefit.shared.numbers import read_number

UNKNOWN = "unknown"
_NEXT = re.compile(r"\s*[,;]\s*(?=[^,;=]+=)")  # between two levels, not inside a level with a comma
_YEARS = re.compile(r"\s*years?", re.IGNORECASE)


def parse_person(option: str, text: str) -> dict[str, str | float | None]:
    """Levels by factor; ``unknown`` is no level."""
    levels: dict[str, str | float | None] = {}
    for part in _NEXT.split(text.strip()):
        factor, equals, level = (each.strip() for each in part.partition("="))
        if not equals or not factor or not level:
            raise FactError(f"{option} is {text!r}; expected factors and levels such as experience=8,state=NJ")
        if factor in levels:
            raise FactError(f"{option} gives {factor} twice; expected each factor once")
        levels[factor] = None if level.lower() == UNKNOWN else read_level(level)
    return levels


def read_level(text: str) -> str | float:
    """An amount such as ``8`` or ``8 years``, or the name of a level."""
    number = read_number(_YEARS.sub("", text))
    return text if number is None else number
