"""A row that stands for several people is as several rows, whatever the formula holds: against the rows themselves."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import wagefit as wf
from wagefit.estimation.formula_text import is_by_row

pytest.importorskip("formulaic")


def kinds_of_people(n: int = 300) -> pd.DataFrame:
    """Rows of 0 to 4 people, some of them alone in a level of `shop`."""
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"x": rng.normal(5.0, 2.0, n), "g": rng.choice(list("abc"), n), "shop": rng.choice(40, n),
                          "people": rng.integers(0, 5, n), "town": rng.choice(30, n)})  # fmt: skip
    frame["w"] = rng.uniform(0.5, 3.0, n)
    frame.loc[:4, "shop"] = range(100, 105)
    frame.loc[:4, "people"] = [3, 2, 1, 1, 0]
    frame.loc[9:12, "x"] = np.nan
    return frame.assign(wage=np.exp(10.0 + 0.1 * frame.x + 0.2 * (frame.g == "b") + rng.normal(0.0, 0.4, n)))


@pytest.mark.parametrize(
    "formula",
    [
        *("log(wage) ~ scale(x) + g", "log(wage) ~ center(x)*g", "log(wage) ~ bs(x, df=5)"),
        *("log(wage) ~ {x - x.mean()}", "scale(wage) ~ poly(x, 2)"),
        "log(wage) ~ C(g, contr.sum) + np.log(x + 20) + I(x**2)",
    ],
)
@pytest.mark.parametrize(
    "options", [{}, {"absorb": "shop"}, {"weights": "w"}, {"cluster": "town", "covariance": "CR1"}]
)
def test_a_row_of_five_is_as_five_rows(formula: str, options: dict[str, Any]) -> None:
    """Coefficients, errors and counts; with absorbed levels a row of several people is not alone."""
    frame = kinds_of_people()
    rows = frame.loc[frame.index.repeat(frame.people)]
    fit = wf.estimate_factors(frame, formula, frequencies="people", **options)
    expected = wf.estimate_factors(rows, formula, **options)
    assert fit.terms == expected.terms
    assert (fit.nobs, fit.df_resid) == (expected.nobs, expected.df_resid)
    assert fit.coefficients == pytest.approx(expected.coefficients, rel=1e-9)
    assert fit.errors == pytest.approx(expected.errors, rel=1e-9)


def test_groups_of_people_have_the_gap_of_their_rows() -> None:
    """A decomposition, whose columns are centered on people."""
    frame = kinds_of_people().assign(sex=lambda rows: np.where(rows.index % 3 == 0, "f", "m"))
    rows = frame.loc[frame.index.repeat(frame.people)]
    options = {"by": "sex", "groups": ("m", "f")}
    fit = wf.decompose(frame, "log(wage) ~ scale(x) + g", frequencies="people", **options)
    expected = wf.decompose(rows, "log(wage) ~ scale(x) + g", **options)
    assert fit.nobs == expected.nobs
    np.testing.assert_allclose(fit.parts, expected.parts, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    "term", ["x", "x + 1", "np.log(x)", "log(x) * 2", "I(x**2)", "C(g, contr.sum)", "x > 3", "-x", "1"]
)
def test_terms_of_one_row(term: str) -> None:
    assert is_by_row(term)


@pytest.mark.parametrize(
    "term", ["scale(x)", "log(center(x))", "x - x.mean()", "np.mean(x)", "x[0]", "lag(x)", "bs(x, df=4)"]
)
def test_terms_of_all_rows(term: str) -> None:
    assert not is_by_row(term)


@pytest.mark.parametrize(
    ("count", "message"), [(-1, "holds -1"), (1.5, "holds 1.5"), (6e7, "at most 50,000,000 people")]
)
def test_frequencies_are_numbers_of_people(count: float, message: str) -> None:
    """A FactError that says what was expected."""
    frame = kinds_of_people().assign(people=lambda rows: rows.people.astype(float))
    frame.loc[0, "people"] = count
    with pytest.raises(wf.FactError, match=message):
        wf.estimate_factors(frame, "log(wage) ~ scale(x)", frequencies="people")
