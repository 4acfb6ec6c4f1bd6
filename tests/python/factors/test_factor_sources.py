"""Factors made from tables, published cells, regressions and elasticities."""

from __future__ import annotations

import dataclasses
import math
import warnings

import numpy as np
import pandas as pd
import polars as pl
import pytest

import wagefit as wf
from wagefit import Factor, SalaryModel, oews

EMBEDDED = {factor.name: factor for factor in SalaryModel.health_information().factors}


def table(factor: Factor) -> pd.DataFrame:
    """A factor's levels as the table that `from_table` reads."""
    return pd.DataFrame([{"level": level.name, **dataclasses.asdict(level)} for level in factor.levels])


# tables --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["education", "credential", "setting", "experience"])
@pytest.mark.parametrize("backend", ["pandas", "polars"])
def test_a_table_gives_the_factor_back(name: str, backend: str) -> None:
    """Every figure, source and label, in pandas and polars."""
    factor = EMBEDDED[name]
    frame = table(factor)
    again = Factor.from_table(pl.from_pandas(frame) if backend == "polars" else frame, name, unit=factor.unit)
    assert again.levels == factor.levels
    assert again.baseline == factor.baseline


def test_a_share_without_a_source_is_assumed() -> None:
    """Also where the table has no such column."""
    frame = pd.DataFrame({"level": ["a", "b"], "ratio": [1.0, 1.2], "share": [0.5, 0.5]})
    factor = Factor.from_table(frame, "role")
    assert factor.shares_are_assumed
    assert factor.baseline == "mean"
    assert factor.levels[1].standard_error is None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"share": [0.5, 0.6]}, r"shares with the sum 1\.1, expected 1"),
        ({"ratio": [1.0, -1.2]}, r"level 'b': got the ratio -1\.2, expected a finite positive"),
        ({"ratio": [1.0, None]}, "ratio of level 'b' is missing"),
        ({"share": [1.5, -0.5]}, r"got the share 1\.5, expected one in"),
        ({"level": ["a", "a"]}, "given twice"),
        ({"ratio": ["one", "two"]}, "ratio of level 'a' is 'one'; expected a number"),
        ({"standard_error": [0.0, -0.1]}, r"got the standard error -0\.1"),
    ],
)
def test_meaningless_tables_are_refused(changes: dict[str, list[object]], message: str) -> None:
    """Naming the level and the value."""
    frame = pd.DataFrame({"level": ["a", "b"], "ratio": [1.0, 1.2], "share": [0.5, 0.5]} | changes)
    with pytest.raises(wf.FactError, match=message):
        Factor.from_table(frame, "role")


def test_tables_of_several_factors_need_a_name() -> None:
    """And columns."""
    frame = pd.DataFrame({"factor": ["x", "y"], "level": ["a", "b"], "ratio": [1.0, 1.2], "share": [1.0, 1.0]})
    assert Factor.from_table(frame, "y").levels[0].name == "b"
    with pytest.raises(wf.FactError, match="the frame holds 2 factors"):
        Factor.from_table(frame)
    with pytest.raises(wf.FactError, match="name is 'z'"):
        Factor.from_table(frame, "z")
    with pytest.raises(wf.FactError, match="frame has no column 'share'"):
        Factor.from_table(frame.drop(columns="share"), "x")
    with pytest.raises(wf.FactError, match="baseline is 'q'"):
        Factor.from_table(frame, "x", baseline="q")


# published cells -----------------------------------------------------------------------------------------------------


def hospital_cells() -> list[oews.Cell]:
    """Hospitals and schools by ownership, May 2018, as published."""
    cells = oews.cells(occupation="29-2071", year=2018, area_type="national", kind="published")
    return [cell for cell in cells if not cell.is_national]


def test_cells_give_the_embedded_settings_and_their_remainder() -> None:
    """The embedded factor was made by another script: ratios, shares and errors agree, the remainder's included."""
    cells = [
        dataclasses.replace(cell, area=f"{cell.industry} {cell.ownership}", area_title=cell.industry_title)
        for cell in hospital_cells()
    ]
    factor = Factor.from_cells("setting", cells, oews.national("29-2071", 2018))
    embedded = EMBEDDED["setting"].levels
    assert len(factor.levels) == len(embedded)
    for level, other in zip(
        sorted(factor.levels, key=lambda each: each.ratio), sorted(embedded, key=lambda each: each.ratio), strict=True
    ):
        # The embedded table is rounded to six decimals; the remainder's mean there is rounded to a dollar.
        assert level.ratio == pytest.approx(other.ratio, abs=2e-5)
        assert level.share == pytest.approx(other.share, abs=1e-6)
        if level.name != "all other":
            assert level.standard_error == pytest.approx(other.standard_error, abs=1e-6)
    rest = factor.levels[-1]
    assert rest.name == "all other"
    assert rest.ratio == pytest.approx(0.968, abs=5e-4)
    assert sum(level.share * level.ratio for level in factor.levels) == pytest.approx(1, abs=1e-12)


def test_the_remainders_error_by_simulation() -> None:
    """Independent parts and remainder, drawn around their truth."""
    parts = [{"area": "a", "mean": 60_000.0, "employment": 300.0, "mean_rse": 2.0, "year": 2018}]
    whole = {"area": "US", "mean": 48_000.0, "employment": 1000.0, "mean_rse": 1.2, "year": 2018}
    factor = Factor.from_cells("place", parts, whole)
    rng = np.random.default_rng(3)
    rest = (48_000 - 0.3 * 60_000) / 0.7
    spread = math.sqrt((48_000 * 0.012) ** 2 - (0.3 * 60_000 * 0.02) ** 2) / 0.7
    part = rng.normal(60_000, 60_000 * 0.02, 200_000)
    remainder = rng.normal(rest, spread, 200_000)
    ratio = remainder / (0.3 * part + 0.7 * remainder)
    # Delta method: relative errors of 2 % are linear to 1 %.
    assert factor.levels[-1].standard_error == pytest.approx(ratio.std(), rel=0.02)
    own = part / (0.3 * part + 0.7 * remainder)
    assert factor.levels[0].standard_error == pytest.approx(own.std(), rel=0.02)


def test_states_without_means_compare_medians_as_proxies() -> None:
    """May 2025: every state is a level, Vermont's missing employment what the others leave."""
    states = [cell for cell in oews.cells(occupation="29-2072", year=2025, area_type="state") if cell.p50 is not None]
    factor = Factor.from_cells("state", states, oews.national("29-2072", 2025), figure="p50", others=None)
    jersey = next(level for level in factor.levels if level.name == "NJ")
    assert jersey.ratio == pytest.approx(0.982, abs=5e-4)
    assert jersey.is_proxy
    assert jersey.standard_error is None
    vermont = next(level for level in factor.levels if level.name == "VT")
    assert vermont.share_is_assumed
    assert vermont.share == pytest.approx(680 / 194_720)  # what the other states leave of the nation
    model = SalaryModel(wf.fit(**oews.national("29-2072", 2025).facts()), [factor])
    assert model.profile(state="NJ").pay.mean() < model.anchor.mean()
    assert model.population().mean() == pytest.approx(model.anchor.mean(), rel=1e-9)  # the calibration's promise


def test_cells_from_a_frame() -> None:
    """The table of the package serves as it is."""
    frame = oews.health_information("pandas")
    sectors = frame[
        (frame.year == 2024) & (frame.occupation == "29-2072") & (frame.industry != "000000") & frame["mean"].notna()
    ]
    factor = Factor.from_cells("sector", sectors, oews.national("29-2072", 2024), level="industry")
    health = next(level for level in factor.levels if level.name.startswith("62"))
    assert health.ratio == pytest.approx(0.968, abs=5e-4)
    assert health.standard_error is not None


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        ({"mean": None}, {}, "cell 'a' has no mean"),
        ({"employment": 2000.0}, {}, r"cells employ 2\.000 times the people"),
        ({"employment": 900.0, "mean": 90_000.0}, {}, "expected less than all"),
        ({}, {"figure": "p50"}, "others is 'all other' with the figure p50"),
        ({}, {"figure": "p33"}, "figure is 'p33'"),
        ({}, {"level": "county"}, "cells have no 'county'"),
    ],
)
def test_meaningless_cells_are_refused(change: dict[str, object], options: dict[str, str], message: str) -> None:
    """Naming the cell."""
    cell = {"area": "a", "mean": 60_000.0, "p50": 50_000.0, "employment": 300.0} | change
    whole = {"area": "US", "mean": 48_000.0, "p50": 45_000.0, "employment": 1000.0}
    with pytest.raises(wf.FactError, match=message):
        Factor.from_cells("place", [cell], whole, **options)
    with pytest.raises(wf.FactError, match="more than once"):
        Factor.from_cells("place", [cell | {"mean": 1.0, "employment": 1.0}] * 2, whole, level="area")


# elasticities --------------------------------------------------------------------------------------------------------


def test_an_elasticity_is_a_power_in_the_model() -> None:
    """Mean pay of profiles at two amounts differs by their ratio to the power, in between the knots too."""
    factor = Factor.elasticity("price level", 0.5, {0.9: 0.3, 1.0: 0.4, 1.2: 0.3}, standard_error=0.1)
    model = SalaryModel(wf.fit(mean=44_010, quantiles={0.1: 26_550, 0.5: 40_350, 0.9: 66_260}), [factor])
    low, high = (model.profile(**{"price level": amount}) for amount in (0.95, 1.13))
    assert high.pay.mean() / low.pay.mean() == pytest.approx((1.13 / 0.95) ** 0.5, rel=1e-9)  # calibration
    (row,) = model.compare(high, low).rows
    assert row.ratio_error == pytest.approx(row.ratio * 0.1 * math.log(1.13 / 0.95), rel=1e-9)
    beyond = model.profile(**{"price level": 2.0})
    assert any("outside the table" in note for note in beyond.notes)
    assert beyond.pay.mean() == model.profile(**{"price level": 1.2}).pay.mean()


def test_demand_from_location_quotients() -> None:
    """Least squares by hand on the areas of May 2025."""
    cells = [
        cell
        for cell in oews.cells(occupation="29-2072", year=2025)
        if cell.area_type in ("metropolitan", "nonmetropolitan")
    ]
    factor = Factor.elasticity_from_cells("demand", cells, "location_quotient", unit="location quotient")
    used = [cell for cell in cells if cell.location_quotient and cell.p50 and cell.employment]
    x, y = np.log([c.location_quotient for c in used]), np.log([c.p50 for c in used])
    w = np.array([c.employment for c in used])
    slope = (w * (x - np.average(x, weights=w)) * y).sum() / (w * (x - np.average(x, weights=w)) ** 2).sum()
    first, last = factor.levels[0], factor.levels[-1]
    assert math.log(last.ratio) / math.log(last.at / first.at) == pytest.approx(slope, rel=1e-9)
    assert len(factor.levels) == 9
    assert f"Elasticity {slope:.4f}" in first.note
    assert first.is_proxy


def test_cost_of_living_by_function() -> None:
    """Areas without a published parity are left out."""
    cells = [cell for cell in oews.cells(occupation="29-2072", year=2025) if cell.area_type == "metropolitan"]
    factor = Factor.elasticity_from_cells("price level", cells, wf.prices.parity)
    assert 0 < math.log(factor.levels[-1].ratio) / math.log(factor.levels[-1].at / factor.levels[0].at) < 2


@pytest.mark.parametrize(
    ("shares", "message"),
    [
        ({1.0: 1.0}, "expected at least two, all above 0"),
        ({0.0: 0.5, 1.0: 0.5}, "expected at least two, all above 0"),
        ({1.0: 0.5, 2.0: 0.6}, "shares with the sum 1.1"),
    ],
)
def test_meaningless_elasticities_are_refused(shares: dict[float, float], message: str) -> None:
    """Amounts and shares."""
    with pytest.raises(wf.FactError, match=message):
        Factor.elasticity("size", 0.1, shares)


# regressions ---------------------------------------------------------------------------------------------------------


def workers(n: int = 800) -> pd.DataFrame:
    """Log wages with known effects of region and experience."""
    rng = np.random.default_rng(11)
    frame = pd.DataFrame({"region": rng.choice(["east", "north", "west"], n), "experience": rng.uniform(0, 30, n)})
    effects = frame.region.map({"east": 0.0, "north": 0.1, "west": -0.2})
    curve = 0.04 * frame.experience - 0.0007 * frame.experience**2
    frame["wage"] = np.exp(10 + effects + curve + rng.normal(0, 0.2, n))
    return frame


FORMULA = "np.log(wage) ~ C(region) + experience + I(experience ** 2)"
SHARES = {"east": 0.3, "north": 0.3, "west": 0.4}


def results() -> dict[str, object]:
    """The same equation by three packages."""
    smf = pytest.importorskip("statsmodels.formula.api")
    pf = pytest.importorskip("pyfixest")
    frame = workers()
    frame["log_wage"] = np.log(frame.wage)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pyfixest's own use of pandas
        feols = pf.feols("log_wage ~ C(region) + experience + I(experience ** 2)", frame, vcov="HC1")
    return {
        "statsmodels": smf.ols(FORMULA, frame).fit(cov_type="HC1"),
        "pyfixest": feols,
        "wagefit": wf.estimate_factors(frame, "log(wage) ~ C(region) + experience + I(experience ** 2)"),
    }


def test_every_package_gives_the_same_factor() -> None:
    """Ratios and errors, of levels and along amounts, from names that each package writes its own way."""
    found = results()
    expected = found["statsmodels"]
    for result in found.values():
        region = Factor.from_regression(result, "region", SHARES, source="made up", year=2024)
        assert region.baseline == "east"
        north = region.levels[1]
        term = "C(region)[T.north]"
        beta, error = expected.params[term], expected.bse[term]  # type: ignore[attr-defined]
        assert north.ratio == pytest.approx(math.exp(beta), rel=1e-9)
        # pyfixest's small-sample correction of HC1 agrees with n / (n - p) here.
        assert north.standard_error == pytest.approx(math.exp(beta) * error, rel=1e-6)
        assert (north.source, north.year, north.share_is_assumed) == ("made up", 2024, True)


def test_experience_from_a_regression_is_a_curve() -> None:
    """exp of the polynomial against its value at the first amount, with the delta method's error."""
    result = results()["statsmodels"]
    names = ["experience", "I(experience ** 2)"]
    factor = Factor.from_regression(
        result, "experience", {0: 0.2, 10: 0.5, 25: 0.3}, powers={names[0]: 1, names[1]: 2}, unit="years"
    )
    beta = result.params[names].to_numpy()  # type: ignore[attr-defined]
    cov = result.cov_params().loc[names, names].to_numpy()  # type: ignore[attr-defined]
    x = np.array([25.0, 625.0])
    assert factor.is_continuous
    assert factor.levels[2].ratio == pytest.approx(math.exp(x @ beta), rel=1e-12)
    assert factor.levels[2].standard_error == pytest.approx(math.exp(x @ beta) * math.sqrt(x @ cov @ x), rel=1e-10)
    assert factor.levels[0].standard_error == 0.0


def test_regressions_that_do_not_fit_are_refused() -> None:
    """Unknown columns, levels without a share or a term, results without names."""
    result = results()["statsmodels"]
    with pytest.raises(wf.FactError, match="name is 'city'; expected a categorical column"):
        Factor.from_regression(result, "city", SHARES)
    with pytest.raises(wf.FactError, match="shares has no level 'west'"):
        Factor.from_regression(result, "region", {"east": 0.5, "north": 0.5})
    with pytest.raises(wf.FactError, match=r"levels \['east', 'south'\] of shares have no term"):
        Factor.from_regression(result, "region", SHARES | {"south": 0.0})
    with pytest.raises(wf.FactError, match="powers has the term 'age'"):
        Factor.from_regression(result, "experience", {0: 1.0}, powers={"age": 1})
    with pytest.raises(wf.FactError, match="shares with the sum"):
        Factor.from_regression(result, "region", SHARES | {"east": 0.5})
    with pytest.raises(wf.FactError, match="result is int"):
        Factor.from_regression(3, "region", SHARES)


# curves --------------------------------------------------------------------------------------------------------------


def test_scattered_readings_become_the_nearest_concave_curve() -> None:
    """Against scipy's constrained minimizer."""
    from scipy import optimize

    amounts = np.array([0.0, 2.0, 5.0, 10.0, 20.0])
    read = np.array([1.0, 1.12, 1.10, 1.35, 1.41])
    errors = np.array([0.01, 0.02, 0.02, 0.03, 0.03])
    factor = Factor.curve(
        "experience", dict(zip(amounts, read, strict=True)), dict.fromkeys(amounts, 0.2),
        standard_errors=dict(zip(amounts, errors, strict=True)), unit="years", source="made up",
    )  # fmt: skip
    y, w = np.log(read), (read / errors) ** 2

    def slopes(values: np.ndarray) -> np.ndarray:
        steps = np.diff(values) / np.diff(amounts)
        return np.concatenate([steps, steps[:-1] - steps[1:]])

    best = optimize.minimize(
        lambda values: (w * (values - y) ** 2).sum() / 1e4, y, constraints={"type": "ineq", "fun": slopes},
        options={"ftol": 1e-15, "maxiter": 1000},
    ).x  # fmt: skip
    found = np.log([level.ratio for level in factor.levels])
    # SLSQP's accuracy.
    np.testing.assert_allclose(found, best - best[0], atol=1e-5)
    assert any("Moved by" in level.note for level in factor.levels)
    assert factor.levels[0].standard_error == 0.0
    assert factor.levels[4].standard_error == pytest.approx(
        factor.levels[4].ratio * math.hypot(0.03 / 1.41, 0.01), rel=1e-12
    )


def test_concave_readings_are_kept() -> None:
    """Not moved, and no note."""
    factor = Factor.curve("experience", {0: 1.0, 5: 1.2, 25: 1.5}, {0: 0.3, 5: 0.4, 25: 0.3})
    assert [level.ratio for level in factor.levels] == pytest.approx([1.0, 1.2, 1.5], rel=1e-14)
    assert not any(level.note for level in factor.levels)
    wild = Factor.curve("x", {0: 1.0, 5: 0.9, 25: 1.5}, {0: 0.3, 5: 0.4, 25: 0.3}, shape="as given")
    assert wild.levels[1].ratio == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("ratios", "shares", "message"),
    [
        ({0: 1.0, 5: -1.2}, {0: 0.5, 5: 0.5}, "ratios has -1.2"),
        ({0: 1.0, 5: 1.2}, {0: 0.5, 6: 0.5}, "different amounts"),
        ({0: 1.0, 5: 1.2}, {0: 0.5, 5: 0.6}, "shares with the sum"),
        ({0: 1.0}, {0: 1.0}, "at least 2"),
    ],
)
def test_meaningless_readings_are_refused(ratios: dict[float, float], shares: dict[float, float], message: str) -> None:
    """Naming the argument."""
    with pytest.raises(wf.FactError, match=message):
        Factor.curve("experience", ratios, shares)


# ratios along the distribution ----------------------------------------------------------------------------------------


def test_percentile_ratios_carry_one_row_into_another() -> None:
    """The nation's curve times New Jersey's ratios has New Jersey's percentiles."""
    nation = oews.national("29-2072", 2025)
    (jersey,) = oews.cells(occupation="29-2072", year=2025, area="NJ")
    ratios = wf.factors.percentile_ratios(jersey, nation)
    assert ratios[0.9] > ratios[0.1]  # no factor of scale
    pay = wf.factors.scale_percentiles(wf.fit(**nation.facts()), ratios)
    for p, wage in jersey.quantiles.items():
        assert pay.ppf(p) == pytest.approx(wage, rel=1e-9)  # fits meet their facts to 1e-10
    hourly = wf.factors.scale_percentiles(wf.fit(**nation.facts()).to_hourly(), ratios)
    assert hourly.unit == "USD/hour"
    with pytest.raises(wf.FactError, match=r"ratios\[0\.9\] is -1"):
        wf.factors.scale_percentiles(pay, {0.1: 1.0, 0.9: -1.0})
    with pytest.raises(wf.FactError):
        wf.factors.scale_percentiles(pay, {0.1: 5.0, 0.9: 0.2})  # percentiles that fall
