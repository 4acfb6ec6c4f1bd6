"""Text from the command line as years, numbers and wages; FactError says which option is wrong and what is expected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from wagefit.errors import FactError
from wagefit.shared.numbers import read_count, read_number
from wagefit.shared.units import SIGNS, as_unit, sign_of

_RELEASE = re.compile(r"(?:may\s*)?(\d{4})", re.IGNORECASE | re.ASCII)


def refuse(expected: str, **options: str | None) -> None:
    """FactError for an option that is given; `expected` says what it belongs to."""
    for name, text in options.items():
        if text is not None:
            raise FactError(f"--{name} is {text!r}; {expected}")


@contextmanager
def named_as_options() -> Iterator[None]:
    """Within it a FactError speaks of options such as --release instead of arguments such as release=."""
    try:
        yield
    except FactError as error:
        raise FactError(re.sub(r"\b(release|unit|year)=(?![\w'])", r"--\1", str(error))) from error


def parse_optional_year(text: str | None, option: str = "--year") -> int | None:
    """A year as `parse_year` reads it, None for none."""
    return None if text is None else parse_year(text, option)


def parse_year(text: str, option: str = "--year") -> int:
    """A year such as ``2018``, also as releases are called, ``May 2018``."""
    match = _RELEASE.fullmatch(text.strip())
    if match is None:
        raise FactError(f"{option} is {text!r}; expected a year such as 2018")
    return int(match[1])


def parse_number(option: str, text: str | None) -> float | None:
    """A number such as ``44010``, ``44,010`` or ``$44,010``, None for none."""
    return None if text is None else _number(option, text, text)


def parse_wage(option: str, text: str, unit: str) -> float:
    """A wage such as ``44,010``, with the sign of the currency of `unit` or without; another sign is a mistake."""
    amount = text.strip()
    for currency, sign in SIGNS.items():
        if sign in amount and sign != sign_of(unit):
            meant = f"{currency}/{unit.partition('/')[2]}"
            raise FactError(f"{option} is {text!r} and the unit is {unit}; expected --unit {meant}, or another figure")
    return _number(option, amount.replace(sign_of(unit).strip(), "", 1), text)


def _number(option: str, amount: str, text: str) -> float:
    number = read_number(amount)
    if number is None:
        raise FactError(f"{option} is {text!r}; expected a number such as 44010 or 44,010")
    return number


def parse_count(option: str, text: str) -> int:
    """A whole number such as ``100000`` or ``100,000``."""
    number = read_count(text)
    if number is None:
        raise FactError(f"{option} is {text!r}; expected a whole number")
    return number


def parse_unit(text: str | None, usual: str = "USD/year") -> str:
    """A unit such as ``GBP/year``, in any case; `usual` for none."""
    if text is None:
        return usual
    currency, slash, period = text.strip().partition("/")
    return as_unit(f"{currency.upper()}{slash}{period.lower()}")
