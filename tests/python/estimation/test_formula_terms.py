"""Terms of formulas, among them Python between braces, against formulaic's own model matrix and least squares."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import wagefit as wf

formulaic = pytest.importorskip("formulaic")


def people(n: int = 200) -> pd.DataFrame:
    """Log wages that follow age less years of education."""
    rng = np.random.default_rng(5)
    frame = pd.DataFrame({"age": rng.integers(20, 60, n), "edu": rng.integers(8, 18, n), "z": rng.uniform(1.0, 2.0, n),
                          "g": rng.choice(list("abc"), n)})  # fmt: skip
    frame["lw"] = 8.0 + 0.02 * (frame.age - frame.edu) + 0.1 * frame.edu + rng.normal(0.0, 0.3, n)
    return frame.assign(wage=np.exp(frame.lw))


@pytest.mark.parametrize(
    "formula",
    [
        *(f"lw ~ {{{inner}}}" for inner in ("age - edu", "age + edu", "age / edu", "age*z", "age > 40", "g == 'a'")),
        *("lw ~ edu + {age**2}", "lw ~ edu + {age - edu - 6} + z", "lw ~ {age - edu}:g", "lw ~ 0 + {age - edu}"),
        *("{lw - z} ~ edu", "{wage / z} ~ edu", "{lw*1} ~ edu", "log(wage) ~ {age > 40}*z", "lw ~ {age - edu}*g"),
        *("lw ~ edu + 2:z", "lw ~ 1:age", "lw ~ g + 3:z + {z**2}:edu"),
    ],
)
def test_terms_are_those_of_formulaic(formula: str) -> None:
    """Names, coefficients, fitted values and predictions; what stands in braces is Python and one term."""
    frame = people()
    theirs = formulaic.model_matrix(formula, frame)
    x, y = np.asarray(theirs.rhs, dtype=float), np.asarray(theirs.lhs, dtype=float)[:, 0]
    expected = dict(zip(theirs.rhs.columns, np.linalg.lstsq(x, y, rcond=None)[0], strict=True))
    fit = wf.estimate_factors(frame, formula)
    assert set(fit.terms) == set(expected)
    # least squares of both in double precision; conditions of these columns are at most some 1e4
    assert fit.params.to_dict() == pytest.approx(expected, rel=1e-8, abs=1e-12)
    assert fit.predict(frame) == pytest.approx(fit.fittedvalues, rel=1e-12)


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("lw ~ age | edu", "expected one equation"),
        ("1 ~ age", "expected one outcome"),
        ("lw ~ age + (", "it cannot be read: Could not find matching context marker"),
        ("lw ~ {age - nosuch}", "nosuch is no column"),
        ("lw ~ {age - }", "it cannot be read: invalid syntax"),
        ("log({wage / z}) ~ edu", "cannot be evaluated"),
    ],
)
def test_errors_are_plain_words(formula: str, message: str) -> None:
    """The formula as written, without aliases and without the colours of a terminal."""
    with pytest.raises(wf.FactError, match=message) as caught:
        wf.estimate_factors(people(), formula)
    assert "_column" not in str(caught.value)
    assert "\x1b" not in str(caught.value)


def test_a_gap_has_the_terms_of_braces() -> None:
    """Outcome and terms of a decomposition are Python too."""
    frame = people()
    braces = wf.decompose(frame, "{lw - z} ~ {age - edu}", by="g", groups=("a", "b"))
    plain = wf.decompose(frame.assign(y=frame.lw - frame.z, x=frame.age - frame.edu), "y ~ x", "g", groups=("a", "b"))
    assert braces.terms == ("Intercept", "age - edu")
    np.testing.assert_allclose(braces.parts, plain.parts, rtol=1e-10, atol=1e-12)
