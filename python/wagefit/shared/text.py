"""Wages and fractions as people write them."""

from __future__ import annotations


def dollars(wage: float, unit: str = "USD/year") -> str:
    """A wage as people write it: whole dollars a year, cents an hour."""
    sign = "-" if wage < 0 else ""
    return f"{sign}${abs(wage):,.2f}" if unit.endswith("/hour") else f"{sign}${abs(wage):,.0f}"


def percent(fraction: float) -> str:
    """A fraction as a percentage with its sign, such as +14.5 %."""
    return f"{100 * fraction:+.1f} %"
