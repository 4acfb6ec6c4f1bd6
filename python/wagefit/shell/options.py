"""Text from the command line as years, wages and facts; FactError says which option is wrong and what was expected."""

from __future__ import annotations

from collections.abc import Iterable

from wagefit.errors import FactError


def parse_year(text: str | None) -> int | None:
    """A year, None for none."""
    if text is None:
        return None
    if not text.isdecimal():
        raise FactError(f"--year is {text!r}; expected a year such as 2018")
    return int(text)


def parse_number(option: str, text: str | None) -> float | None:
    """A number such as ``44010``, ``44,010`` or ``$44,010``, None for none."""
    if text is None:
        return None
    try:
        return float(text.strip().removeprefix("$").replace(",", ""))
    except ValueError:
        raise FactError(f"{option} is {text!r}; expected a number") from None


def parse_count(option: str, text: str) -> int:
    """A whole number such as ``100000`` or ``100,000``."""
    digits = text.strip().replace(",", "")
    if not digits.isdecimal():
        raise FactError(f"{option} is {text!r}; expected a whole number")
    return int(digits)


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
    try:
        return float(text)
    except ValueError:
        return text


def parse_facts(option: str, texts: Iterable[str]) -> dict[float | str, float]:
    """Facts such as ``.9=63820`` as {0.9: 63820.0}; the key ``mean`` is kept as it is."""
    facts: dict[float | str, float] = {}
    for text in texts:
        left, equals, right = text.partition("=")
        if not equals:
            raise FactError(f"{option} is {text!r}; expected a probability and a wage such as .9=63820")
        key = _parse_key(option, left.strip(), text)
        if key in facts:
            raise FactError(f"{option} gives {left.strip()} twice; expected each probability once")
        wage = parse_number(option, right)
        facts[key] = wage if wage is not None else 0.0
    return facts


def _parse_key(option: str, key: str, text: str) -> float | str:
    if key == "mean" and option == "--at-least":
        return key
    try:
        return float(key)
    except ValueError:
        raise FactError(f"{option} is {text!r}; expected a probability and a wage such as .9=63820") from None
