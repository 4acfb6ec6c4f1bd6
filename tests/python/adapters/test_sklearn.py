"""The estimator for scikit-learn: its own checks, and the equation's predictions."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

import wagefit as wf
from wagefit.adapters.sklearn import SalaryRegressor

from ..workers import made_up_workers

estimator_checks = pytest.importorskip("sklearn.utils.estimator_checks")


@pytest.mark.parametrize("statistic", ["mean", "median"])
def test_passes_the_checks_of_scikit_learn(statistic: str) -> None:
    """Every check that scikit-learn has for a regressor; none is expected to fail."""
    results = estimator_checks.check_estimator(SalaryRegressor(statistic=statistic), on_skip=None, on_fail=None)
    failed = {item["check_name"]: item["exception"] for item in results if item["status"] == "failed"}
    assert failed == {}
    assert len(results) > 40


@pytest.mark.parametrize("scale", [1e-200, 1e200])
def test_a_column_in_any_unit_is_the_same_column(scale: float) -> None:
    """Predictions and the scaled coefficient agree with the column itself."""
    frame = made_up_workers(100)
    x = frame[["education", "experience"]].to_numpy()
    near, far = SalaryRegressor().fit(x, frame.wage), SalaryRegressor().fit(x * [scale, 1.0], frame.wage)
    assert far.coef_ * [scale, 1.0] == pytest.approx(near.coef_, rel=1e-12)
    assert far.predict(x * [scale, 1.0]) == pytest.approx(near.predict(x), rel=1e-12)


def test_predicts_what_the_equation_says() -> None:
    """Text columns become factors; the mean is the median times the smearing factor."""
    frame = made_up_workers()
    features = frame[["education", "union", "experience", "region"]]
    ours = SalaryRegressor().fit(features, frame.wage, sample_weight=frame.weight)
    fit = wf.estimate_factors(frame, "log(wage) ~ education + experience + union + region", weights="weight")
    assert [ours.intercept_, *ours.coef_] == pytest.approx(fit.coefficients.tolist(), rel=1e-12)
    assert np.sqrt(np.diag(ours.cov_)) == pytest.approx(fit.errors.tolist(), rel=1e-12)
    rows = features.iloc[[3, 1, 8]]
    median = SalaryRegressor("median").fit(features, frame.wage, sample_weight=frame.weight).predict(rows)
    effects = dict(fit.params) | {"union[T.no]": 0.0, "region[T.east]": 0.0}
    expected = [
        effects["Intercept"] + effects["education"] * row.education + effects["experience"] * row.experience
        + effects[f"union[T.{row.union}]"] + effects[f"region[T.{row.region}]"]
        for row in rows.itertuples()
    ]  # fmt: skip
    assert np.log(median) == pytest.approx(expected, rel=1e-12)
    assert ours.predict(rows) == pytest.approx(median * fit.smearing, rel=1e-12)
    assert pickle.loads(pickle.dumps(ours)).predict(rows).tolist() == ours.predict(rows).tolist()


def test_wrong_input() -> None:
    """Wages of 0, an unknown level, an unknown statistic."""
    frame = made_up_workers()
    features = frame[["education", "region"]]
    with pytest.raises(wf.FactError, match="expected wages above 0"):
        SalaryRegressor().fit(features, frame.wage * 0.0)
    fitted = SalaryRegressor().fit(features, frame.wage)
    with pytest.raises(wf.FactError, match="'west'; expected a level of fit: east"):
        fitted.predict(features.assign(region="west"))
    with pytest.raises(wf.FactError, match="statistic is 'mode'"):
        SalaryRegressor(statistic="mode").fit(features, frame.wage)


def test_a_row_predicts_the_same_whatever_the_types_of_its_columns() -> None:
    """One row as a table of objects, or with its numbers as text, is still that row."""
    frame = made_up_workers(100)
    features = frame[["education", "region"]]
    equation = SalaryRegressor().fit(features, frame.wage)
    row = features.iloc[[3]]
    expected = equation.predict(row)
    assert equation.predict(features.iloc[3].to_frame().T) == pytest.approx(expected, rel=0)
    assert equation.predict(row.assign(education=str(row.education.iloc[0]))) == pytest.approx(expected, rel=0)
    assert equation.predict(row.astype({"region": "category"})) == pytest.approx(expected, rel=0)
    numeric = SalaryRegressor().fit(features[["education"]], frame.wage)
    assert numeric.predict(row[["education"]].astype(object)) == pytest.approx(
        numeric.predict(row[["education"]]), rel=0
    )


def test_a_column_that_changes_its_kind_is_refused_by_name() -> None:
    """Neither a number for a level nor a word for a number is predicted from."""
    frame = made_up_workers(100)
    features = frame[["education", "region"]]
    equation = SalaryRegressor().fit(features, frame.wage)
    with pytest.raises(wf.FactError, match="column education holds no numbers; expected finite numbers"):
        equation.predict(features.assign(education="college"))
    with pytest.raises(wf.FactError, match="column 1 holds '7'; expected a level of fit"):
        equation.predict(features.assign(region=7))
    with pytest.warns(UserWarning, match="valid feature names"), pytest.raises(wf.FactError, match="expected a table"):
        equation.predict(features.to_numpy())
    with pytest.raises(wf.FactError, match="column region misses a value in 1 rows"):
        SalaryRegressor().fit(features.assign(region=[None, *features.region[1:]]), frame.wage)
