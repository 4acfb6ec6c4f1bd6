"""Wage equations against statsmodels and pyfixest, on made-up and on real people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from scipy import stats

import wagefit as wf

from ..shared_data import shared_folder
from ..workers import made_up_workers, pyfixest_fit

smf = pytest.importorskip("statsmodels.formula.api")

FORMULA = "log(wage) ~ education + experience + I(experience**2) + union + C(region)"
# Both solve the same well-conditioned equations in double precision; differences of 1e-13 are seen.
EXACT = 1e-8


def statsmodels_fit(frame: pd.DataFrame, formula: str, weights: Any, **covariance: Any) -> Any:
    """The equation of `formula` fitted by statsmodels."""
    return smf.wls(formula.replace("log(", "np.log("), frame, weights=weights).fit(**covariance)


def check_same(ours: wf.estimation.Estimate, params: Any, errors: Any, tolerance: float) -> None:
    """Coefficients and standard errors by name, with a relative tolerance."""
    renamed = {name.replace(" ", ""): name for name in params.index}
    assert len(renamed) == len(ours.params)
    for name, value in ours.params.items():
        theirs = renamed[name.replace(" ", "")]
        assert value == pytest.approx(params[theirs], rel=tolerance), name
        assert ours.bse[name] == pytest.approx(errors[theirs], rel=tolerance), name


@pytest.mark.parametrize("covariance", ["classic", "HC1", "HC3"])
@pytest.mark.parametrize("weighted", [False, True], ids=["equal", "weighted"])
def test_equals_statsmodels(covariance: str, weighted: bool) -> None:
    """Every kind of error that statsmodels has, weights or none."""
    frame = made_up_workers()
    ours = wf.estimate_factors(frame, FORMULA, weights="weight" if weighted else None, covariance=covariance)
    kind = "nonrobust" if covariance == "classic" else covariance
    theirs = statsmodels_fit(frame, FORMULA, frame.weight if weighted else 1.0, cov_type=kind)
    check_same(ours, theirs.params, theirs.bse, EXACT)
    assert ours.rsquared == pytest.approx(theirs.rsquared, rel=EXACT)
    assert ours.nobs == 600
    assert ours.df_resid == theirs.df_resid


def test_clustered_errors_equal_statsmodels() -> None:
    """CR1 with statsmodels' (and Stata's) correction."""
    frame = made_up_workers()
    ours = wf.estimate_factors(frame, FORMULA, weights="weight", cluster="firm", covariance="CR1")
    theirs = statsmodels_fit(frame, FORMULA, frame.weight, cov_type="cluster", cov_kwds={"groups": frame.firm})
    assert ours.covariance == "CR1"
    check_same(ours, theirs.params, theirs.bse, EXACT)


@pytest.mark.parametrize(
    "formula",
    [
        "log(wage) ~ 0 + education + C(region)",
        "log(wage) ~ education * C(region) + union",
        "log(wage) ~ C(region):union + experience",
        "wage ~ region + union",
        "log(wage) ~ 1",
    ],
)
def test_formulas_equal_statsmodels(formula: str) -> None:
    """No intercept, interactions, a bare text column, nothing but the mean."""
    frame = made_up_workers()
    ours = wf.estimate_factors(frame, formula)
    theirs = statsmodels_fit(frame, formula, 1.0, cov_type="HC1")
    assert sorted(ours.coefficients) == pytest.approx(sorted(theirs.params), rel=EXACT)
    assert sorted(ours.errors) == pytest.approx(sorted(theirs.bse), rel=EXACT)
    if "~ 1" not in formula:  # 0 by definition, and here only up to rounding
        assert ours.rsquared == pytest.approx(theirs.rsquared, rel=EXACT)


def test_absorbed_factors_equal_indicators_and_pyfixest() -> None:
    """Absorbing is only another way to the same coefficients, errors and R^2."""
    frame = made_up_workers()
    written = wf.estimate_factors(frame, "log(wage) ~ education + union + C(firm) + trade", weights="weight")
    absorbed = wf.estimate_factors(frame, "log(wage) ~ education + union", weights="weight", absorb=("firm", "trade"))
    for name in ("education", "union[T.yes]"):
        assert absorbed.params[name] == pytest.approx(written.params[name], rel=EXACT)
        assert absorbed.bse[name] == pytest.approx(written.bse[name], rel=EXACT)
    assert absorbed.rsquared == pytest.approx(written.rsquared, rel=EXACT)
    assert absorbed.df_resid == written.df_resid
    theirs = pyfixest_fit("np.log(wage) ~ education + union | firm + trade", frame, "weight")
    for name in ("education", "union[T.yes]"):
        assert absorbed.params[name] == pytest.approx(theirs.coef()[name], rel=EXACT)
        assert absorbed.bse[name] == pytest.approx(theirs.se()[name], rel=EXACT)


def microdata(name: str) -> pd.DataFrame:
    """One of the real files."""
    return pd.read_csv(shared_folder("microdata") / f"{name}.csv.gz")


def men() -> tuple[pd.DataFrame, str, str | None]:
    """CPS 1983-85, men, weighted."""
    frame = microdata("men8385")
    columns = {"education_in_years": "schooling", "experience_in_years": "potential"}
    return frame.rename(columns=columns), "log(wage) ~ schooling + potential + I(potential**2) + union", "weights"


def cps_1988() -> tuple[pd.DataFrame, str, str | None]:
    """CPS 1988, men."""
    formula = "log(wage) ~ experience + I(experience**2) + education + ethnicity + smsa + region + parttime"
    return microdata("CPS1988_AER"), formula, None


def survey() -> tuple[pd.DataFrame, str, str | None]:
    """Data professionals in the United States, full time."""
    frame = microdata("data_professional_salary_survey_ozar")
    frame = frame[(frame.country == "United States") & (frame.employmentstatus == "Full time employee")]
    frame = frame.rename(columns={"yearswiththistypeofjob": "years"})
    frame["salaryusd"] = pd.to_numeric(frame.salaryusd.str.replace(",", ""), errors="coerce")
    frame = frame[frame.salaryusd.between(20_000, 500_000)]
    formula = (
        "log(salaryusd) ~ years + I(years**2) + C(education) + C(certifications) + C(employmentsector)"
        " + C(jobtitle) + C(survey_year)"
    )
    return frame.reset_index(drop=True), formula, None


@pytest.mark.parametrize("sample", [men, cps_1988, survey])
def test_real_people_equal_statsmodels_and_pyfixest(sample: Callable[[], tuple[pd.DataFrame, str, str | None]]) -> None:
    """Coefficients and HC1 errors: statsmodels, and pyfixest with the same correction, to 1e-8."""
    frame, formula, weights = sample()
    ours = wf.estimate_factors(frame, formula, weights=weights)
    theirs = statsmodels_fit(frame, formula, 1.0 if weights is None else frame[weights], cov_type="HC1")
    check_same(ours, theirs.params, theirs.bse, EXACT)
    other = pyfixest_fit(formula.replace("log(", "np.log("), frame, weights)
    check_same(ours, other.coef(), other.se(), EXACT)


def test_mincer_equation_of_1983_85() -> None:
    """Coefficients, errors and R^2 as published with the data; the last printed digit is the tolerance."""
    frame, formula, weights = men()
    fit = wf.estimate_factors(frame, formula, weights=weights)
    assert fit.nobs == 26_695
    expected = {
        "schooling": (0.087419, 0.00127),
        "potential": (0.049007, 0.00085),
        "I(potential ** 2)": (-0.000765, 0.0000201),
        "union[T.yes]": (0.159172, 0.00668),
    }
    for (name, (value, error)), figures in zip(expected.items(), [(6, 5), (6, 5), (6, 7), (6, 5)], strict=True):
        key = name if name in fit.params else name.replace(" ", "")
        assert round(fit.params[key], figures[0]) == value
        assert round(fit.bse[key], figures[1]) == error
    assert round(fit.rsquared, 5) == 0.37239


def test_smearing_and_ratio() -> None:
    """Duan's factor by its definition; a ratio is exp of the coefficient with the interval's ends."""
    frame = made_up_workers()
    fit = wf.estimate_factors(frame, FORMULA, weights="weight")
    theirs = statsmodels_fit(frame, FORMULA, frame.weight)
    assert fit.smearing == pytest.approx(np.average(np.exp(theirs.resid), weights=frame.weight), rel=1e-12)
    ratio, low, high = fit.ratio("union[T.yes]", level=0.95)
    assert ratio == pytest.approx(np.exp(fit.params["union[T.yes]"]), rel=1e-15)
    assert np.log(high / low) == pytest.approx(
        2 * stats.t.ppf(0.975, fit.df_resid) * fit.bse["union[T.yes]"], rel=1e-12
    )


def test_any_table_and_missing_rows() -> None:
    """pandas, polars and pyarrow give the same; rows with missing values are left out and counted."""
    frame = made_up_workers()
    frame.loc[::50, "education"] = np.nan
    frame.loc[1::50, "union"] = None
    formula = "log(wage) ~ education + union"
    fit = wf.estimate_factors(frame, formula, weights="weight")
    assert (fit.nobs, fit.dropped) == (576, 24)
    whole = wf.estimate_factors(frame.dropna(), formula, weights="weight")
    for table in (pl.from_pandas(frame), pa.Table.from_pandas(frame)):
        other = wf.estimate_factors(table, formula, weights="weight")
        assert dict(other.params) == dict(fit.params) == dict(whole.params)
    given = wf.estimate_factors(frame, formula, weights=frame.weight.to_numpy())
    assert dict(given.bse) == dict(fit.bse)


def test_levels_follow_a_categorical() -> None:
    """The first category that occurs is the reference."""
    frame = made_up_workers()
    frame["region"] = pd.Categorical(frame.region, ["west", "south", "north", "east"])
    assert [*wf.estimate_factors(frame, "log(wage) ~ region").terms] == [
        "Intercept",
        "region[T.north]",
        "region[T.east]",
    ]


def test_result_is_immutable_and_shows_itself() -> None:
    """Nothing can be assigned; the summary and the table hold every term."""
    fit = wf.estimate_factors(made_up_workers(), FORMULA)
    params = fit.params
    params["education"] = 1.0  # each is a new series
    assert fit.params["education"] != 1.0
    with pytest.raises(ValueError, match="read-only"):
        fit.coefficients[0] = 1.0
    with pytest.raises(ValueError, match="read-only"):
        fit.cov[0, 0] = 1.0
    assert all(term in fit.summary() for term in fit.terms)
    table = fit.to_frame("pandas")
    assert list(table.term) == [*fit.terms]
    reach = stats.t.ppf(0.95, table.df) * table.error  # of 90 % intervals
    np.testing.assert_allclose(table.low, table.estimate - reach, rtol=1e-9)
    np.testing.assert_allclose(table.high, table.estimate + reach, rtol=1e-9)


@pytest.mark.parametrize(
    ("formula", "options", "message"),
    [
        ("log(wage) ~ schooling", {}, "schooling is no column"),
        ("education", {}, "expected one outcome"),
        ("log(wage) ~ (education", {}, "cannot be read"),
        ("log(wage) ~ education + I(2 * education)", {}, r"I\(2 \* education\) is a linear combination"),
        ("log(wage) ~ I(education / 0)", {}, "holds nan or inf"),
        ("log(education - 8) ~ union", {}, "nan or inf in"),
        ("region ~ union", {}, "outcome 'region'"),
        ("log(wage) ~ union", {"weights": "mass"}, "weights is 'mass'"),
        ("log(wage) ~ union", {"weights": np.zeros(600)}, "expected finite numbers above 0"),
        ("log(wage) ~ union", {"weights": np.ones(7)}, "expected 600 values"),
        ("log(wage) ~ union", {"covariance": "HC9"}, "expected one of 'classic'"),
        ("log(wage) ~ union", {"covariance": "CR1"}, "cluster is missing"),
        ("log(wage) ~ union", {"covariance": "HC3", "absorb": "firm"}, "absorbed"),
        ("log(wage) ~ union", {"absorb": "union"}, "linear combination of the absorbed"),
    ],
)
def test_errors_name_what_is_wrong(formula: str, options: dict[str, Any], message: str) -> None:
    """A FactError that names the argument or column."""
    with pytest.raises(wf.FactError, match=message):
        wf.estimate_factors(made_up_workers(), formula, **options)


def test_no_frame_and_no_rows() -> None:
    """What is no table, and a table without a complete row."""
    with pytest.raises(wf.FactError, match="expected a pandas, polars or pyarrow table"):
        wf.estimate_factors([1, 2], "log(wage) ~ union")
    empty = made_up_workers().assign(wage=np.nan)
    with pytest.raises(wf.FactError, match="no row without a missing value"):
        wf.estimate_factors(empty, "log(wage) ~ union")
