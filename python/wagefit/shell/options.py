"""Text from the command line as years, wages and facts; FactError says which option is wrong and what was expected."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeVar

from wagefit.errors import FactError
from wagefit.shared.numbers import read_count, read_number

Key = TypeVar("Key")


def parse_year(text: str | None) -> int | None:
    """A year, None for none."""
    if text is None:
        return None
    if not (text.isascii() and text.isdecimal()):
        raise FactError(f"--year is {text!r}; expected a year such as 2018")
    return int(text)


def parse_number(option: str, text: str | None) -> float | None:
    """A number such as ``44010``, ``44,010`` or ``$44,010``, None for none."""
    if text is None:
        return None
    number = read_number(text)
    if number is None:
        raise FactError(f"{option} is {text!r}; expected a number")
    return number


def parse_count(option: str, text: str) -> int:
    """A whole number such as ``100000`` or ``100,000``."""
    number = read_count(text)
    if number is None:
        raise FactError(f"{option} is {text!r}; expected a whole number")
    return number


def parse_levels(option: str, texts: Iterable[str]) -> dict[str, str | float | None]:
    """Levels such as ``credential=RHIT`` or ``experience=8`` by factor; ``unknown`` is no level."""
    levels: dict[str, str | float | None] = {}
    for text in texts:
        factor, equals, level = (part.strip() for part in text.partition("="))
        if not equals or not factor or not level:
            raise FactError(f"{option} is {text!r}; expected a factor and a level such as credential=RHIT")
        if factor in levels:
            raise FactError(f"{option} gives {factor} twice; expected each factor once")
        levels[factor] = None if level == "unknown" else _as_level(level)
    return levels


def _as_level(text: str) -> str | float:
    number = read_number(text)
    return text if number is None else number


def parse_quantiles(option: str, texts: Iterable[str]) -> dict[float, float]:
    """Facts such as ``.9=63820`` as {0.9: 63820.0}."""
    quantiles: dict[float, float] = {}
    for text in texts:
        key, wage = _split(option, text)
        _add(quantiles, _probability(option, key, text), wage, f"{option} gives {key}")
    return quantiles


def parse_bounds(option: str, texts: Iterable[str]) -> dict[float | Literal["mean"], float]:
    """Lower bounds such as ``.9=63820`` or ``mean=40000``, by probability and ``"mean"``."""
    bounds: dict[float | Literal["mean"], float] = {}
    for text in texts:
        key, wage = _split(option, text)
        _add(bounds, "mean" if key == "mean" else _probability(option, key, text), wage, f"{option} gives {key}")
    return bounds


def _split(option: str, text: str) -> tuple[str, float]:
    left, equals, right = text.partition("=")
    if not equals:
        raise FactError(f"{option} is {text!r}; expected a probability and a wage such as .9=63820")
    wage = parse_number(option, right)
    return left.strip(), wage if wage is not None else 0.0


def _probability(option: str, key: str, text: str) -> float:
    number = read_number(key)
    if number is None:
        raise FactError(f"{option} is {text!r}; expected a probability and a wage such as .9=63820")
    return number


def _add(facts: dict[Key, float], key: Key, wage: float, given: str) -> None:
    if key in facts:
        raise FactError(f"{given} twice; expected each probability once")
    facts[key] = wage
