"""Decompositions against statsmodels, closed forms and resampling."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import wagefit as wf
from wagefit import _core

from ..shared_data import shared_folder
from ..workers import made_up_workers

sm = pytest.importorskip("statsmodels.api")
OaxacaBlinder = pytest.importorskip("statsmodels.stats.oaxaca").OaxacaBlinder

FORMULA = "log(wage) ~ education + experience + C(region)"
SAME = 1e-8  # both are least squares in double precision; the task asks for 1e-6


def oaxaca(frame: pd.DataFrame, columns: list[str], outcome: np.ndarray, by: str) -> Any:
    """statsmodels' decomposition; `by` is 0 or 1."""
    x = frame[[*columns, by]].to_numpy(float)
    return OaxacaBlinder(outcome, sm.add_constant(x, prepend=False), len(columns), hasconst=True)


def union_frame() -> pd.DataFrame:
    """Made-up people with regions written out."""
    frame = made_up_workers()
    for name in ("north", "south"):
        frame[name] = (frame.region == name).astype(float)
    frame["member"] = (frame.union == "yes").astype(float)
    return frame


@pytest.mark.parametrize("kind", ["threefold", "pooled"])
def test_equals_statsmodels(kind: str) -> None:
    """Gap and components."""
    frame = union_frame()
    ours = wf.decompose(frame, FORMULA, "union", kind=kind)
    theirs = oaxaca(frame, ["education", "experience", "north", "south"], np.log(frame.wage.to_numpy()), "member")
    result = theirs.three_fold() if kind == "threefold" else theirs.two_fold(two_fold_type="pooled")
    *components, gap = result.params
    expected = components if kind == "threefold" else components[::-1]  # theirs: unexplained first
    assert [*ours.components.values()] == pytest.approx([*expected], rel=SAME)
    assert ours.gap == pytest.approx(gap, rel=SAME)
    assert ours.groups == ("yes", "no")


def test_equals_the_published_credit_card_example() -> None:
    """The example in statsmodels' documentation: unexplained 27.94091, explained 130.80954, gap 158.75044."""
    data = pytest.importorskip("statsmodels.datasets.ccard").load_pandas()
    frame = data.exog.assign(spent=np.asarray(data.endog, dtype=float))
    names = [name for name in frame.columns if name not in ("OWNRENT", "spent")]
    formula = f"spent ~ {' + '.join(names)}"
    pooled = wf.decompose(frame, formula, "OWNRENT", kind="pooled")
    threefold = wf.decompose(frame, formula, "OWNRENT")
    assert [round(value, 5) for value in pooled.components.values()] == [130.80954, 27.94091]
    assert [round(value, 5) for value in threefold.components.values()] == [321.74824, 75.45371, -238.45151]
    assert round(threefold.gap, 5) == 158.75044


@pytest.mark.parametrize("statistic", ["mean", 0.2, "gini"])
@pytest.mark.parametrize("kind", ["threefold", "pooled"])
def test_parts_add_up(statistic: str | float, kind: str) -> None:
    """Terms to components, components to the gap."""
    frame = made_up_workers()
    fit = wf.decompose(frame, "wage ~ education + C(region)", "union", statistic=statistic, kind=kind, weights="weight")
    assert fit.terms == ("Intercept", "education", "C(region)")
    np.testing.assert_allclose(
        fit.parts.sum(axis=0), [*fit.components.values()], rtol=0, atol=1e-12 * abs(fit.parts).max()
    )
    assert sum(fit.components.values()) == pytest.approx(fit.gap, rel=1e-9)
    table = fit.to_frame("pandas")
    assert [*table.term] == [*fit.terms, "total"]
    assert all(name in fit.summary() for name in fit.components)


def test_errors_are_the_delta_method_s() -> None:
    """Endowments of one column by hand: (x1 - x2) b2 with independent means and a heteroskedasticity-robust b2."""
    frame = made_up_workers()
    fit = wf.decompose(frame, "log(wage) ~ education", "union", groups=("yes", "no"))
    first, second = (frame[frame.union == group] for group in ("yes", "no"))
    model = sm.OLS(np.log(second.wage), sm.add_constant(second.education)).fit(cov_type="HC0")
    dx = first.education.mean() - second.education.mean()
    slope, error = model.params["education"], model.bse["education"]
    means = sum(rows.education.var(ddof=0) / len(rows) for rows in (first, second))
    j = fit.terms.index("education")
    assert fit.parts[j, 0] == pytest.approx(dx * slope, rel=SAME)
    # the covariance of a group's mean with its slope is zero in the sample: residuals are orthogonal to the column
    # times ... only on average, so the formula leaves out a term of the third moments
    assert fit.part_errors[j, 0] == pytest.approx(np.hypot(dx * error, slope * np.sqrt(means)), rel=0.05)


@pytest.mark.parametrize(("statistic", "kind"), [("mean", "threefold"), ("mean", "pooled"), ("gini", "pooled")])
def test_errors_agree_with_resampling(statistic: str, kind: str) -> None:
    """Spread over 400 resamples within each group."""
    frame = made_up_workers(800)
    rng = np.random.default_rng(1)
    frame["union"] = np.where(frame.education + rng.normal(0.0, 3.0, 800) > 14.0, "yes", "no")
    options = {"groups": ("yes", "no"), "statistic": statistic, "kind": kind}
    formula = "wage ~ education + experience + C(region)"
    fit = wf.decompose(frame, formula, "union", **options)
    parts = [frame[frame.union == group] for group in ("yes", "no")]
    drawn = []
    for _ in range(400):
        rows = pd.concat([part.iloc[rng.integers(0, len(part), len(part))] for part in parts])
        drawn.append([*wf.decompose(rows, formula, "union", **options).components.values()])
    spread = np.std(drawn, axis=0)
    # 400 resamples: 3.5 % standard error of a spread; errors are linear, resampling is not, and it works the Gini's
    # influence out anew in each resample
    assert [*fit.errors.values()] == pytest.approx(spread.tolist(), rel=0.15 if statistic == "mean" else 0.25)


def test_influence_of_the_gini_is_its_derivative() -> None:
    """Moving a millionth of the mass to one person changes the Gini as the function says; its mean is the Gini."""
    rng = np.random.default_rng(4)
    wages, weights = np.round(rng.lognormal(3.0, 0.5, 300), 1), rng.uniform(0.5, 2.0, 300)
    gini, influence = _core.influence_of_gini(wages, weights)
    mass = weights / weights.sum()
    assert gini == pytest.approx(float(mass @ np.abs(wages[:, None] - wages) @ mass) / (2 * mass @ wages), rel=1e-12)
    assert mass @ influence == pytest.approx(gini, rel=1e-12)
    for i in (0, 50, int(wages.argmax())):
        moved = (1 - 1e-6) * mass
        moved[i] += 1e-6
        change = (_core.influence_of_gini(wages, moved)[0] - gini) / 1e-6
        assert influence[i] - gini == pytest.approx(change, abs=1e-5)  # second order in 1e-6, and rounding over 1e-6


def test_influence_of_a_quantile() -> None:
    """Its definition, with scipy's kernel density."""
    values = np.random.default_rng(6).normal(3.0, 0.4, 500)
    quantile, influence = _core.influence_of_quantile(values, np.ones(500), 0.3)
    assert quantile == np.quantile(values, 0.3, method="inverted_cdf")
    quartiles = np.quantile(values, [0.25, 0.75], method="inverted_cdf")
    width = 0.9 * min(values.std(), np.diff(quartiles)[0] / 1.34) * 500 ** (-0.2)
    density = stats.norm.pdf((values - quantile) / width).mean() / width
    np.testing.assert_allclose(influence, quantile + (0.3 - (values <= quantile)) / density, rtol=1e-12)
    assert influence.mean() == pytest.approx(quantile, abs=1e-12)  # 0.3 x 500 is whole


def test_percentiles_of_real_people() -> None:
    """The union gap of 1983-85 at the bottom is wider than at the top, and each is near the percentiles' own."""
    frame = pd.read_csv(shared_folder("microdata") / "men8385.csv.gz")
    formula = "log(wage) ~ education_in_years + experience_in_years + I(experience_in_years**2)"
    gaps = {}
    for p in (0.1, 0.5, 0.9):
        fit = wf.decompose(frame, formula, "union", groups=("yes", "no"), statistic=p, weights="weights")
        assert fit.gap == pytest.approx(
            fit.values[0] - fit.values[1], abs=0.02
        )  # heaps at the quantile over the density
        gaps[p] = fit.gap
    assert gaps[0.1] > gaps[0.5] > gaps[0.9]


@pytest.mark.parametrize(
    ("formula", "by", "options", "message"),
    [
        (FORMULA, "trade", {}, "trade has 8 values"),
        (FORMULA, "trade", {"groups": ("a", "z")}, "expected two of the values of trade"),
        (FORMULA, "sex", {}, "sex is 'sex'"),
        (FORMULA, "union", {"statistic": "mode"}, "statistic is 'mode'"),
        (FORMULA, "union", {"statistic": 1.5}, "statistic is 1.5"),
        (FORMULA, "union", {"statistic": 0.0}, "statistic is 0.0"),
        (FORMULA, "union", {"kind": "fourfold"}, "kind is 'fourfold'"),
        ("log(wage) ~ 0 + education", "union", {}, "expected an intercept"),
        ("log(wage) ~ education + C(union)", "union", {}, "is a linear combination"),
        ("I(wage - 10) ~ education", "union", {"statistic": "gini"}, "expects wages above 0"),
    ],
)
def test_errors_name_what_is_wrong(formula: str, by: str, options: dict[str, Any], message: str) -> None:
    """A FactError that names it."""
    with pytest.raises(wf.FactError, match=message):
        wf.decompose(made_up_workers(), formula, by, **options)


def test_groups_that_are_left_out_do_not_shape_the_equation() -> None:
    """Levels that occur in a third group alone, and centers: as if its rows had not been there."""
    frame = made_up_workers()
    third = frame.head(60).assign(union="unknown", region="island", education=40.0)
    both = pd.concat([frame, third], ignore_index=True)
    weights = np.ones(len(both))
    for formula in ("log(wage) ~ education + C(region)", "log(wage) ~ scale(education) + center(experience)*region"):
        fit = wf.decompose(both, formula, "union", groups=("yes", "no"), weights=weights)
        expected = wf.decompose(frame, formula, "union", groups=("yes", "no"))
        assert fit.terms == expected.terms
        np.testing.assert_allclose(fit.parts, expected.parts, rtol=1e-12, atol=1e-14)
        assert fit.nobs == expected.nobs


def test_a_group_without_complete_rows_is_named() -> None:
    """It is a value of the column, but none of the rows that count."""
    frame = made_up_workers()
    frame.loc[frame.union == "no", "education"] = np.nan
    with pytest.raises(wf.FactError, match=r"groups are \('yes', 'no'\); expected two of the values of union: 'yes'"):
        wf.decompose(frame, "log(wage) ~ education", "union", groups=("yes", "no"))


def test_heaped_pay_has_a_note() -> None:
    """Wages in steps of 10,000: percentiles agree while the shares at or below them do not."""
    rng = np.random.default_rng(8)
    frame = pd.DataFrame({"school": rng.integers(10, 18, 3000), "sex": rng.choice(["m", "f"], 3000)})
    smooth = np.exp(8.9 + 0.08 * frame.school + 0.06 * (frame.sex == "m") + rng.normal(0.0, 0.4, 3000))
    for wage, is_heaped in ((smooth, False), (smooth.round(-4), True)):
        for statistic in ("mean", 0.25, 0.5, 0.75):
            gap = wf.decompose(frame.assign(wage=wage), "log(wage) ~ school", "sex", statistic=statistic)
            assert bool(gap.notes) == (is_heaped and statistic != "mean")
            assert f"{gap.values[0]:.5f}" in gap.summary()
            assert all(note in gap.summary() for note in gap.notes)
