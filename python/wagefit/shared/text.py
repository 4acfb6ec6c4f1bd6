"""Wages and fractions as people write them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from wagefit.shared.units import period_of, sign_of

FAR = 100.0  # an upper end that many times the estimate bounds nothing


def dollars(wage: float, unit: str = "USD/year") -> str:
    """A wage as people write it, with the sign of its unit's currency: whole dollars a year, cents an hour."""
    minus = "-" if wage < 0 else ""
    return f"{minus}{sign_of(unit)}{abs(wage):,.{decimals_of(unit)}f}"


def decimals_of(unit: str) -> int:
    """Decimals with which wages in `unit` are written."""
    return 2 if period_of(unit) == "hour" else 0


def signed(amount: float, decimals: int = 0) -> str:
    """An amount with its sign and without its unit, such as "+1,234"; what rounds to nothing is "+0"."""
    rounded = round(amount, decimals) + 0.0  # which makes 0 of -0
    return f"{rounded:+,.{decimals}f}"


def percent(fraction: float) -> str:
    """A fraction as a percentage with its sign, such as +14.5 %."""
    return f"{100 * fraction:+.1f} %"


def sentence(clause: str) -> str:
    """The clause with a capital letter."""
    return clause[:1].upper() + clause[1:]


def aligned(lines: Sequence[Sequence[str]]) -> list[str]:
    """Lines of equally many cells as text: the first column to the left, the others to the right, two blanks between.

    Examples
    --------
    >>> from wagefit.shared.text import aligned
    >>> aligned([("P10", "$8"), ("mean", "$12")])
    ['P10    $8', 'mean  $12']
    """
    first, *others = (max(map(len, column)) for column in zip(*lines, strict=True))
    rows = ((f"{name:<{first}}", *map(str.rjust, rest, others)) for name, *rest in lines)
    return ["  ".join(row).rstrip() for row in rows]


def with_year(source: str, year: int | None) -> str:
    """A source with the year of its figures, where it does not name the year itself."""
    return source if year is None or str(year) in source else f"{source}, {year}"


def interval_text(low: float, estimate: float, high: float, error: float, write: Callable[[float], str]) -> str:
    """Both ends, rounded to the power of ten just below their Monte Carlo `error`, such as "$88,400 to $102,200".

    The estimate lies between the rounded ends as well; without an error they stay as they are. Where nothing bounds the
    figure from above, as a mean that rests on the far tail, or only some power of ten, it is the lower end "or more".
    """
    is_bounded = high <= FAR * max(abs(estimate), abs(low))
    if error > 0:
        step = _step(low, error)
        low = min(step * round(low / step), step * math.floor(estimate / step))
        step = _step(high, error)
        high = max(step * round(high / step), step * math.ceil(estimate / step)) if is_bounded else high
    return f"{write(low)} to {write(high)}" if is_bounded else f"{write(low)} or more"


def _step(end: float, error: float) -> float:
    """The power of ten just below the error, and no more than that of the end itself, which would round to nothing."""
    step: float = 10.0 ** math.floor(math.log10(error))
    return min(step, 10.0 ** math.floor(math.log10(end))) if 0 < end < math.inf else step


def ordinal(number: float) -> str:
    """A number as people say a place, such as 43rd."""
    whole = round(number)
    suffix = "th" if 10 <= whole % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(whole % 10, "th")
    return f"{whole}{suffix}"
