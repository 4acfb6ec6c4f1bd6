"""Which outcomes are taken for the natural logarithms of wages, and what a note says where that is in doubt."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import wagefit as wf
from wagefit.estimation.formula_text import logarithm_of

from ..workers import made_up_workers

pytest.importorskip("formulaic")

LIKE_NONE, DOUBT = "does not look like the natural logarithm", "is taken for the natural logarithm"


def outcomes() -> pd.DataFrame:
    """Wages a year in dollars, their logs by year and by hour, and figures that are no logs."""
    frame = made_up_workers(400).assign(wage=lambda rows: 2080.0 * rows.wage)
    logs = np.log(frame.wage)
    hourly = 15.0 + 0.05 * frame.education + np.random.default_rng(1).normal(0.0, 1.2, 400)
    return frame.assign(logs=logs, hourly_logs=logs - np.log(2080.0), hourly=hourly, member=frame.union == "yes")


@pytest.mark.parametrize(
    "outcome", ["log(wage)", "np.log(wage)", "I(log(wage))", "{log(wage) - 0.1}", "log(wage / 1000)"]
)
def test_logarithms_are_ratios_without_a_note(outcome: str) -> None:
    """Written so, or a column that lies and spreads as log wages do."""
    for written in (outcome, "logs", "hourly_logs", "center(log(wage))"):
        fit = wf.estimate_factors(outcomes(), f"{written} ~ education")
        assert fit.is_log
        assert fit.notes == ()


@pytest.mark.parametrize("outcome", ["wage", "np.log10(wage)", "{log(wage) / log(10)}", "scale(log(wage))", "member",
                                     "{wage > 50000}"])  # fmt: skip
def test_other_outcomes_are_no_ratios(outcome: str) -> None:
    """Wages, other logarithms and flags have a note, and neither smearing nor percentages."""
    fit = wf.estimate_factors(outcomes(), f"{outcome} ~ education")
    assert not fit.is_log
    assert LIKE_NONE in fit.notes[0]
    assert np.isnan(fit.smearing)
    assert "percent" not in fit.to_frame("pandas")


@pytest.mark.parametrize("outcome", ["hourly", "I(wage / 1e6)", "scale(wage)", "{-logs}"])
def test_a_column_where_logs_of_wages_do_not_lie_has_a_note(outcome: str) -> None:
    """It spreads as log wages do, so that it is taken for them, but the wages would be odd."""
    fit = wf.estimate_factors(outcomes(), f"{outcome} ~ education")
    assert fit.is_log
    assert DOUBT in fit.notes[0]
    assert DOUBT in wf.estimate_quantiles(outcomes(), f"{outcome} ~ education", 0.5).notes[0]


@pytest.mark.parametrize(
    ("term", "kind"),
    [
        ("log(w)", "natural"),
        ("np.log(w)", "natural"),
        ("log(w) - log(p)", "natural"),
        ("I(center(log(w)) + 1)", "natural"),
        ("log(w) / log(10)", "other"),
        ("2 * log(w)", "other"),
        ("np.log1p(w)", "other"),
        ("log10(w) + log(w)", "other"),
        ("w", ""),
        ("np.maximum(log(w), 9)", ""),
        ("catalog(w)", ""),
    ],
)
def test_logarithms_as_they_are_written(term: str, kind: str) -> None:
    """Sums keep what a logarithm is, multiples do not."""
    assert logarithm_of(term) == kind
