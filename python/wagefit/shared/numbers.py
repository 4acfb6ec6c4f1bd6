"""Numbers as people write them: with a dollar sign and thousands separators, or a word where there is none."""

from __future__ import annotations

import re
from decimal import Decimal
from math import floor
from numbers import Real
from typing import Any

# A sign, a dollar sign, digits in groups of three or ungrouped, decimals, an exponent.
_WRITTEN = re.compile(
    r"(?:[+-]?\$?|\$[+-])(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?", re.ASCII | re.IGNORECASE
)
_COUNT = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,4000}", re.ASCII)
_MISSING = frozenset({"", "nan", "na", "n/a", "<na>", "nat", "none", "null"})


def read_number(text: str) -> float | None:
    """The number that `text` writes, such as ``44010``, ``44,010`` or ``$44,010.50``; None where it writes none.

    Anything that could be meant otherwise is no number: ``44.010,50``, ``4,40``, ``44_010``, digits of other scripts.

    Examples
    --------
    >>> from wagefit.shared.numbers import read_number
    >>> read_number("$44,010.50"), read_number("44.010,50")
    (44010.5, None)
    """
    written = text.strip()
    if not _WRITTEN.fullmatch(written):
        return None
    number = float(written.replace("$", "", 1).replace(",", ""))
    return number if abs(number) != float("inf") else None


def read_count(text: str) -> int | None:
    """The whole number that `text` writes in digits alone, such as ``100000`` or ``100,000``; None otherwise."""
    written = text.strip()
    return int(written.replace(",", "")) if _COUNT.fullmatch(written) else None


def is_missing(value: Any) -> bool:
    """Whether `value` stands for a figure that there is not: None, NaN, the NA of pandas, a masked cell, empty text."""
    if isinstance(value, str):
        return value.strip().lower() in _MISSING
    # The NA of pandas and the masked constant of NumPy compare as neither equal nor unequal to themselves.
    return value is None or type(value).__name__ in ("NAType", "NaTType", "MaskedConstant") or bool(value != value)


def is_number(value: Any) -> bool:
    """Whether `value` is one number of Python or NumPy; flags are not."""
    return isinstance(value, (Real, Decimal)) and not isinstance(value, bool)


def add_up(amounts: list[float], total: float) -> list[int]:
    """Whole numbers within 1 of the `amounts` that add up to the rounded `total`, by largest remainders.

    Examples
    --------
    >>> from wagefit.shared.numbers import add_up
    >>> add_up([10.4, 20.4, 30.2], 61.0)
    [11, 20, 30]
    """
    wholes = [floor(amount) for amount in amounts]
    missing = round(total) - sum(wholes)
    by_remainder = sorted(range(len(amounts)), key=lambda i: wholes[i] - amounts[i])
    return [whole + (i in by_remainder[:missing]) for i, whole in enumerate(wholes)]
