"""Numbers on the command line."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "arguments",
    [
        ("fit", "--mean", "44.010,50", "--quantile", ".9=63820"),
        ("fit", "--mean", "44_010", "--quantile", ".9=63820"),
        ("fit", "--mean", "44010", "--quantile", ".9=63.820,00"),
        ("fit", "--mean", "44010", "--quantile", ".9_0=63820"),
        ("identify", "--mean", "4,40"),
        ("career", "--people", "2,0,0"),
        ("career", "--years", "1_2"),
        ("--year", "٢٠١٨"),
    ],
)
def test_numbers_that_could_be_meant_otherwise_are_refused(run, arguments: tuple[str, ...]) -> None:
    outcome = run(*arguments)
    assert outcome.status == 2
    assert "; expected" in outcome.err
    assert outcome.err.count("\n") == 1
