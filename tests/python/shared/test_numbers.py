"""Text as numbers: what people write, and what could be meant otherwise."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagefit.shared.numbers import is_missing, read_count, read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("44010", 44_010), ("44,010", 44_010), ("$44,010", 44_010), ("  9,303 ", 9_303), ("1,234,567.89", 1_234_567.89),
        ("-5", -5), ("$-5", -5), ("-$5", -5), ("+4.5", 4.5), (".9", 0.9), ("9.", 9),
        ("4e4", 40_000), ("1.5E-3", 0.0015),
    ],
)  # fmt: skip
def test_written_numbers_are_read(text: str, number: float) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "44.010,50", "44 010", "4,40", "44,01", "1,2,3", ",010", "44,0100", "44_010", "44'010", "1,000e", "0x1F",
        "٤٤٠١٠", "€44,010", "44,010 $", "44%", "--5", "+-5", "$", ".", "-", "", "inf", "1e999", "nan", "#", "*",
        "(5)", "1 2",
    ],
)  # fmt: skip
def test_what_could_be_meant_otherwise_is_no_number(text: str) -> None:
    assert read_number(text) is None


@given(st.floats(min_value=-1e15, max_value=1e15).map(lambda x: round(x, 2)), st.sampled_from(["", "$"]))
def test_formatted_numbers_come_back(value: float, sign: str) -> None:
    """Python's own format with separators, to the last bit at two decimals of at most 17 digits."""
    assert read_number(f"{sign}{value:,.2f}") == float(f"{value:.2f}")


@given(st.text())
def test_no_text_is_read_as_another_number(text: str) -> None:
    """What is read is what Python reads without separators and the sign: an independent parser of the same digits."""
    number = read_number(text)
    if number is not None:
        assert number == float(re.sub(r"[$,\s]", "", text))


@pytest.mark.parametrize(
    ("text", "count"), [("100000", 100_000), ("100,000", 100_000), ("12345678901234567890", 12345678901234567890)]
)
def test_counts_are_exact(text: str, count: int) -> None:
    assert read_count(text) == count


@pytest.mark.parametrize("text", ["1,0,0", "1.0", "-1", "٤", "", "1e3"])
def test_other_counts_are_refused(text: str) -> None:
    assert read_count(text) is None


@pytest.mark.parametrize("value", [None, np.nan, pd.NA, pd.NaT, np.ma.masked, "", "  ", "NaN", "N/A", "<NA>", "None"])
def test_what_stands_for_nothing_is_missing(value: Any) -> None:
    assert is_missing(value)


@pytest.mark.parametrize("value", [0, 0.0, "0", "#", "nano", False])
def test_what_says_something_is_not(value: Any) -> None:
    assert not is_missing(value)
