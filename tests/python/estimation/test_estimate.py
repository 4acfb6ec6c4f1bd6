"""Results of estimation: what they offer, against statsmodels, and that they can be copied and sent."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

import wagefit as wf

from ..workers import made_up_workers

smf = pytest.importorskip("statsmodels.formula.api")

FORMULA = "log(wage) ~ education + union + C(region)"


def results() -> dict[str, Any]:
    """One of each kind."""
    frame = made_up_workers(200)
    frame["low"], frame["high"] = np.floor(frame.wage), np.floor(frame.wage) + 1.0
    return {
        "factors": wf.estimate_factors(frame, FORMULA + " + scale(experience)"),
        "clustered": wf.estimate_factors(frame, FORMULA, cluster="firm"),
        "absorbed": wf.estimate_factors(frame, FORMULA, absorb="firm"),
        "quantile": wf.estimate_quantiles(frame, FORMULA, 0.3),
        "quantiles": wf.estimate_quantiles(frame, FORMULA, [0.3, 0.5]),
        "bracketed": wf.estimate_bracketed(frame, "~ education + union", lower="low", upper="high"),
        "cells": wf.estimation.estimate_cells(frame, FORMULA, employment="weight"),
        "gap": wf.decompose(frame, "log(wage) ~ education", by="union"),
        "curves": wf.estimation.estimate_factor_curves(frame, "wage", ["region", "trade"]),
    }


def as_plain(value: Any) -> Any:
    """Arrays and mappings as lists, so that == tells whether all is equal."""
    if isinstance(value, np.ndarray):
        return [str(value.dtype), value.shape, value.tobytes(), value.flags.writeable]
    if hasattr(value, "items"):
        return [(key, as_plain(item)) for key, item in value.items()]
    if hasattr(value, "__dataclass_fields__"):
        return [(name, as_plain(getattr(value, name))) for name in value.__dataclass_fields__ if name != "encoding"]
    return repr(value)


@pytest.mark.parametrize("step", [lambda r: pickle.loads(pickle.dumps(r)), copy.deepcopy, copy.copy])
def test_every_result_can_be_pickled_and_copied(step: Callable[[Any], Any]) -> None:
    """Equal in every field, still read-only, and it still predicts."""
    frame = made_up_workers(20, seed=9)
    for name, result in results().items():
        other = step(result)
        assert as_plain(other) == as_plain(result), name
        if getattr(result, "encoding", None) is not None:
            assert other.predict(frame).tolist() == result.predict(frame).tolist()


def test_figures_are_those_of_statsmodels() -> None:
    """Names, t values, p-values, intervals, residuals, fitted values, likelihood and criteria."""
    frame = made_up_workers()
    for weights in (None, "weight"):
        ours = wf.estimate_factors(frame, "log(wage) ~ education + union", covariance="classic", weights=weights)
        mass = 1.0 if weights is None else frame[weights]
        theirs = smf.wls("np.log(wage) ~ education + union", frame, weights=mass).fit()
        order = list(ours.terms)
        for name in ("params", "bse", "tvalues", "pvalues"):
            assert isinstance(getattr(ours, name), pd.Series)
            expected = getattr(theirs, name)[order].to_numpy()
            assert getattr(ours, name).to_numpy() == pytest.approx(expected, rel=1e-7)  # p-values of 1e-90
        assert ours.conf_int().loc[order].to_numpy() == pytest.approx(theirs.conf_int().loc[order].to_numpy(), rel=1e-9)
        assert ours.conf_int(0.2).loc[order].to_numpy() == pytest.approx(theirs.conf_int(0.2).loc[order].to_numpy())
        assert ours.cov_params().loc[order, order].to_numpy() == pytest.approx(
            theirs.cov_params().loc[order, order].to_numpy(), rel=1e-8
        )
        assert ours.resid == pytest.approx(theirs.resid.to_numpy(), rel=1e-9, abs=1e-12)
        assert ours.fittedvalues == pytest.approx(theirs.fittedvalues.to_numpy(), rel=1e-12)
        assert (ours.llf, ours.aic, ours.bic) == pytest.approx((theirs.llf, theirs.aic, theirs.bic), rel=1e-10)


@pytest.mark.parametrize("formula", [
    "log(wage) ~ education + union + C(region)", "log(wage) ~ scale(education) * C(region) + bs(experience, df=4)",
    "log(wage) ~ 0 + C(region) + education", "log(wage) ~ poly(experience, 2) + union:C(region)", "log(wage) ~ 1",
])  # fmt: skip
def test_predictions_are_those_of_statsmodels_and_of_the_fit(formula: str) -> None:
    """New rows by what the fit remembers: centers, knots, levels; a missing value gives NaN."""
    frame = made_up_workers(300)
    fit = wf.estimate_factors(frame, formula)
    assert fit.predict().tolist() == fit.fittedvalues.tolist()
    assert fit.predict(frame) == pytest.approx(fit.fittedvalues, rel=1e-9)
    some = frame.iloc[[5, 3, 200]]
    assert fit.predict(some) == pytest.approx(fit.fittedvalues[[5, 3, 200]], rel=1e-9)
    assert fit.predict(pl.from_pandas(some)) == pytest.approx(fit.fittedvalues[[5, 3, 200]], rel=1e-9)
    if "education" in formula:
        gap = some.assign(education=[np.nan, 12.0, 13.0])
        assert np.isnan(fit.predict(gap)).tolist() == [True, False, False]


def test_predictions_refuse_what_they_cannot_know() -> None:
    """An unknown level, coded here or by formulaic; a missing column; absorbed factors."""
    frame = made_up_workers()
    fit = wf.estimate_factors(frame, "log(wage) ~ education + C(region) + union:trade")
    with pytest.raises(wf.FactError, match="region holds 'moon'; expected a level of the fit: east, north, south"):
        fit.predict(frame.head(3).assign(region="moon"))
    with pytest.raises(wf.FactError, match="cannot be evaluated"):
        fit.predict(frame.head(3).assign(trade="z"))
    with pytest.raises(wf.FactError, match="no column 'trade'"):
        fit.predict(frame.drop(columns="trade"))
    with pytest.raises(wf.FactError, match="absorbed"):
        wf.estimate_factors(frame, FORMULA, absorb="firm").predict(frame)


def test_a_result_shows_itself() -> None:
    """One line as repr, a table in notebooks with names escaped, notes in the summary."""
    frame = made_up_workers(40).rename(columns={"education": "<b>years</b>"})
    fit = wf.estimate_factors(frame, "log(wage) ~ `<b>years</b>` + union")
    assert repr(fit) == "<Estimate: log(wage) ~ `<b>years</b>` + union, 40 rows, HC1 errors>"
    assert "&lt;b&gt;years" in fit._repr_html_()
    assert "<b>years" not in fit._repr_html_()
    few = wf.estimate_factors(frame.head(12), "log(wage) ~ union")
    assert "covariance='HC2'" in few.summary()
    assert "95 % interval" in few.summary(0.95)
    with pytest.raises(wf.FactError, match="level is 95"):
        few.interval("Intercept", 95)


def test_an_ordinary_equation_needs_no_note() -> None:
    assert wf.estimate_factors(made_up_workers(), "log(wage) ~ education + union + region").notes == ()


def test_rows_of_weight_zero_are_counted_in_a_note() -> None:
    frame = made_up_workers()
    frame["weight"] = np.where(np.arange(len(frame)) < 3, 0.0, 1.0)
    fit = wf.estimate_factors(frame, "log(wage) ~ education", weights="weight")
    assert fit.nobs == len(frame) - 3
    assert [note for note in fit.notes if "weight 0" in note] == ["3 rows of weight 0 were left out"]
