"""Figures as people write them."""

from __future__ import annotations

import pytest

from wagefit.shared.text import dollars, interval_text, signed


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ((88_442.3, 95_883.0, 102_247.1, 420.0), "$88,400 to $102,200"),
        ((88_442.3, 95_883.0, 102_247.1, 100.0), "$88,400 to $102,200"),
        ((88_442.3, 95_883.0, 102_247.1, 99.0), "$88,440 to $102,250"),
        ((88_442.3, 95_883.0, 102_247.1, 0.02), "$88,442 to $102,247"),
        ((44_010.0, 44_010.0, 44_010.0, 0.0), "$44,010 to $44,010"),
    ],
)
def test_ends_are_rounded_to_their_error(figures: tuple[float, float, float, float], expected: str) -> None:
    """To the power of ten just below it; not at all where there is none."""
    assert interval_text(*figures, dollars) == expected


def test_rounded_ends_hold_the_estimate() -> None:
    """An end that would be rounded past it is rounded the other way."""
    assert interval_text(18_070.0, 18_080.0, 18_130.0, 300.0, dollars) == "$18,000 to $18,100"
    assert interval_text(18_010.0, 18_120.0, 18_130.0, 300.0, dollars) == "$18,000 to $18,200"


def test_an_interval_without_an_upper_end_says_so() -> None:
    inf = float("inf")
    assert interval_text(24_140.0, 30_000.0, inf, 100.0, dollars) == "$24,100 or more"
    assert interval_text(24_140.0, 30_000.0, inf, 0.0, dollars) == "$24,140 or more"


def test_an_amount_that_rounds_to_nothing_has_no_minus() -> None:
    assert [signed(-0.3), signed(0.3), signed(-1234.4), signed(0.126, 2)] == ["+0", "+0", "-1,234", "+0.13"]


def test_an_end_below_its_error_does_not_round_to_nothing() -> None:
    assert interval_text(23.4, 32.0, 290.0, 120.0, dollars) == "$20 to $300"


def test_an_upper_end_that_bounds_nothing_is_no_end() -> None:
    assert interval_text(104_000.0, 109_587.0, 1e110, 1e109, dollars) == "$100,000 or more"
