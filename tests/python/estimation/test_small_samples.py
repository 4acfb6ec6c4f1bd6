"""Errors and intervals of few rows and few clusters, against dense formulas in NumPy, statsmodels and pyfixest."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import wagefit as wf

from ..workers import made_up_workers

smf = pytest.importorskip("statsmodels.formula.api")

# Explicit inverses and matrix roots of a well-conditioned system of ten columns on either side.
DENSE = 1e-8


def dense_columns(frame: pd.DataFrame, terms: tuple[str, ...]) -> np.ndarray:
    """The columns of education + union + region, written out by hand."""
    by_name = {"Intercept": 1.0, "education": frame.education, "union[T.yes]": frame.union == "yes",
               "region[T.north]": frame.region == "north", "region[T.south]": frame.region == "south"}  # fmt: skip
    return np.column_stack([np.broadcast_to(np.asarray(by_name[term], dtype=float), len(frame)) for term in terms])


def adjusted_sandwich(x: np.ndarray, y: np.ndarray, weights: np.ndarray, groups: np.ndarray) -> tuple[Any, Any]:
    """CR2 and its Satterthwaite degrees of freedom by explicit n x n matrices (Bell and McCaffrey 2002)."""
    n, k = x.shape
    x, y = x * np.sqrt(weights)[:, None], y * np.sqrt(weights)
    bread = np.linalg.inv(x.T @ x)
    maker = np.eye(n) - x @ bread @ x.T
    residuals = maker @ y
    scores, columns = np.zeros((k, k)), {j: [] for j in range(k)}
    for group in np.unique(groups):
        rows = groups == group
        values, vectors = np.linalg.eigh(maker[np.ix_(rows, rows)])
        root = vectors @ np.diag(1.0 / np.sqrt(values)) @ vectors.T
        score = x[rows].T @ root @ residuals[rows]
        scores += np.outer(score, score)
        for j in range(k):
            columns[j].append(maker[:, rows] @ root @ x[rows] @ bread[:, j])
    freedom = []
    for j in range(k):
        each = np.column_stack(columns[j])
        values = np.linalg.eigvalsh(each.T @ each)
        freedom.append(values.sum() ** 2 / (values**2).sum())
    return bread @ scores @ bread, np.array(freedom)


@pytest.mark.parametrize("weighted", [False, True], ids=["equal", "weighted"])
@pytest.mark.parametrize("clusters", [3, 7, 40])
def test_cr2_and_its_freedom_by_dense_matrices(clusters: int, weighted: bool) -> None:
    """Covariance and degrees of freedom of every coefficient, the intercept among them."""
    frame = made_up_workers(90)
    frame["firm"] = np.random.default_rng(3).integers(0, clusters, 90)
    fit = wf.estimate_factors(frame, "log(wage) ~ education + union + region", cluster="firm",
                              weights="weight" if weighted else None)  # fmt: skip
    assert fit.covariance == "CR2"
    weights = frame.weight.to_numpy() if weighted else np.ones(90)
    y = np.log(frame.wage.to_numpy())
    cov, freedom = adjusted_sandwich(dense_columns(frame, fit.terms), y, weights, frame.firm.to_numpy())
    assert fit.cov == pytest.approx(cov, rel=DENSE)
    assert fit.df == pytest.approx(freedom, rel=DENSE)
    low, high = fit.interval("education", 0.9)
    assert high - low == pytest.approx(2 * stats.t.ppf(0.95, freedom[1]) * np.sqrt(cov[1, 1]), rel=DENSE)


def test_hc2_equals_statsmodels_and_has_its_own_freedom() -> None:
    """statsmodels' HC2; degrees of freedom by n x n matrices with every row a cluster."""
    frame = made_up_workers(40)
    fit = wf.estimate_factors(frame, "log(wage) ~ education + union + region", covariance="HC2")
    theirs = smf.ols("np.log(wage) ~ education + union + region", frame).fit(cov_type="HC2")
    for term in fit.terms:
        assert fit.bse[term] == pytest.approx(theirs.bse[term], rel=DENSE)
    y = np.log(frame.wage.to_numpy())
    _, freedom = adjusted_sandwich(dense_columns(frame, fit.terms), y, np.ones(40), np.arange(40))
    assert fit.df == pytest.approx(freedom, rel=DENSE)


def test_intervals_are_student_s() -> None:
    """n - p degrees of freedom; G - 1 with CR1; statsmodels' conf_int with t."""
    frame = made_up_workers(30)
    fit = wf.estimate_factors(frame, "log(wage) ~ education", covariance="classic")
    theirs = smf.ols("np.log(wage) ~ education", frame).fit()
    assert fit.conf_int().to_numpy() == pytest.approx(theirs.conf_int().to_numpy(), rel=DENSE)
    assert fit.pvalues.to_numpy() == pytest.approx(theirs.pvalues.to_numpy(), rel=1e-7)  # far in the tail
    clustered = wf.estimate_factors(frame.assign(firm=frame.index % 6), "log(wage) ~ education", cluster="firm",
                                    covariance="CR1")  # fmt: skip
    assert clustered.df.tolist() == [5.0, 5.0]
    assert any("6 clusters" in note for note in clustered.notes)


@pytest.mark.parametrize("covariance", ["CR1", "CR2"])
def test_a_level_of_one_cluster_has_no_clustered_error(covariance: str) -> None:
    """Its residuals always add up to 0: statsmodels' error is rounding or holds the reference's alone."""
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({"y": rng.normal(size=60), "x": rng.normal(size=60), "firm": np.repeat(np.arange(12), 5)})
    frame["region"] = np.where(frame.firm < 5, "a", np.where(frame.firm < 11, "b", "c"))
    fit = wf.estimate_factors(frame, "y ~ x + region", cluster="firm", covariance=covariance)
    assert np.isnan(fit.errors).tolist() == [False, False, False, True]
    assert any("region[T.c]" in note and "one cluster" in note for note in fit.notes)
    by_firm = wf.estimate_factors(frame, "y ~ x + C(firm)", cluster="firm", covariance=covariance)
    assert [term for term, error in by_firm.bse.items() if not np.isnan(error)] == ["x"]


def test_absorbed_levels_of_one_person_are_set_aside() -> None:
    """As if their rows were not there, and counted; leaving out one may leave another alone."""
    rng = np.random.default_rng(2)
    firm = np.r_[np.arange(500), np.repeat(np.arange(500, 600), 5)]
    frame = pd.DataFrame({"firm": firm, "x": rng.normal(size=1000), "y": rng.normal(size=1000)})
    fit = wf.estimate_factors(frame, "y ~ x", absorb="firm")
    kept = wf.estimate_factors(frame[frame.firm >= 500], "y ~ x", absorb="firm")
    assert (fit.coefficients.tolist(), fit.errors.tolist()) == (kept.coefficients.tolist(), kept.errors.tolist())
    assert (fit.nobs, fit.notes[-1][:12]) == (500, "500 rows wer")
    chain = pd.DataFrame({"a": [0, 0, 1, 1, 2, 2, 2, 3, 3, 3], "b": [0, 1, 1, 2, 2, 3, 4, 3, 4, 4],
                          "x": rng.normal(size=10), "y": rng.normal(size=10)})  # fmt: skip
    assert (
        wf.estimate_factors(chain, "y ~ 0 + x", absorb=("a", "b")).nobs == 5
    )  # b = 0, then a = 0, b = 1, a = 1, b = 2
    with pytest.raises(wf.FactError, match="alone in a level"):
        wf.estimate_factors(frame[frame.firm < 500], "y ~ x", absorb="firm")


@pytest.mark.parametrize("absorb", [("firm",), ("firm", "trade"), ("trade",), ("firm", "town")])
@pytest.mark.parametrize("weights", [None, "weight"])
def test_clustered_errors_of_absorbed_equations_equal_pyfixest(absorb: tuple[str, ...], weights: str | None) -> None:
    """Levels nested in clusters do not count in the correction, as in fixest."""
    pyfixest = pytest.importorskip("pyfixest")
    frame = made_up_workers()
    frame["town"] = frame.firm // 4
    fit = wf.estimate_factors(
        frame, "log(wage) ~ education + union", absorb=absorb, cluster="town", weights=weights, covariance="CR1"
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own deprecations
        theirs = pyfixest.feols(f"log(wage) ~ education + union | {' + '.join(absorb)}", frame, weights=weights,
                                vcov={"CRV1": "town"}, fixef_tol=1e-13)  # fmt: skip
    for term in fit.terms:
        assert fit.params[term] == pytest.approx(theirs.coef()[term], rel=1e-8)
        assert fit.bse[term] == pytest.approx(theirs.se()[term], rel=1e-8)
    assert fit.df.tolist() == [9.0, 9.0]


@pytest.mark.parametrize("weights", [None, "weight"])
def test_cr2_of_levels_nested_in_clusters_is_that_of_the_levels_written_out(weights: str | None) -> None:
    """Errors and degrees of freedom (Pustejovsky and Tipton 2018); factors that cross clusters are refused."""
    frame = made_up_workers(200)
    frame["town"] = frame.firm // 6
    formula, options = "log(wage) ~ education + union", {"cluster": "town", "weights": weights}
    written = wf.estimate_factors(frame, formula + " + C(firm)", **options)
    fit = wf.estimate_factors(frame, formula, absorb="firm", **options)
    assert (written.covariance, fit.covariance) == ("CR2", "CR2")
    for place, term in enumerate(fit.terms):
        assert fit.errors[place] == pytest.approx(written.bse[term], rel=DENSE)
        assert fit.df[place] == pytest.approx(written.df[written.terms.index(term)], rel=1e-6)
    with pytest.raises(wf.FactError, match="in several clusters"):
        wf.estimate_factors(frame, formula, absorb="trade", covariance="CR2", **options)


def test_weight_zero_is_left_out_everywhere() -> None:
    """The same figures as without those rows, whatever they hold, in every estimator."""
    frame = made_up_workers(300)
    frame["low"], frame["high"] = np.floor(frame.wage), np.floor(frame.wage) + 1.0
    frame["w"] = np.where(frame.index % 3 == 0, 0.0, frame.weight)
    frame.loc[0, ["wage", "low", "high"]] = [-5.0, 9.0, 8.0]
    rest = frame[frame.w > 0.0]

    def figures(rows: pd.DataFrame) -> list[float]:
        formula = "log(wage) ~ education + union"
        fits = [
            wf.estimate_factors(rows, formula, weights="w", cluster="firm"),
            wf.estimate_quantiles(rows, formula, 0.3, weights="w"),
            wf.estimate_bracketed(rows, "~ education", lower="low", upper="high", weights="w"),
        ]
        gap = wf.decompose(rows, "log(wage) ~ education", by="union", weights="w")
        curves = wf.estimation.estimate_factor_curves(
            rows.assign(wage=rows.wage.abs()), "wage", ["region"], weights="w"
        )
        numbers = [value for fit in fits for value in (*fit.coefficients, *fit.errors, fit.nobs, fit.df_resid)]
        return [*numbers, gap.gap, gap.gap_error, *gap.nobs, *curves.effects["region"].ravel(), *curves.nobs]

    assert figures(frame) == figures(rest)
    with pytest.raises(wf.FactError, match="above 0"):
        wf.estimate_factors(frame.assign(w=-1.0), "log(wage) ~ union", weights="w")


def test_frequencies_are_repeated_rows() -> None:
    """Every estimator counts people, not rows; sampling weights of the same size do not."""
    frame = made_up_workers(120)
    frame["low"], frame["high"] = np.floor(frame.wage), np.floor(frame.wage) + 1.0
    frame["times"] = np.random.default_rng(3).integers(0, 4, 120)
    repeated = frame.loc[frame.index.repeat(frame.times)].reset_index(drop=True)
    formula = "log(wage) ~ education + union"
    for kind in ("classic", "HC1", "HC2"):
        ours = wf.estimate_factors(frame, formula, frequencies="times", covariance=kind)
        theirs = smf.ols("np.log(wage) ~ education + union", repeated).fit(
            cov_type="nonrobust" if kind == "classic" else kind
        )
        assert ours.bse["education"] == pytest.approx(theirs.bse["education"], rel=DENSE)
        assert ours.df_resid == theirs.df_resid
    assert wf.estimate_factors(frame, formula, weights="times").nobs == (frame.times > 0).sum()
    pairs = [(wf.estimate_quantiles(rows, formula, 0.3, **options), wf.estimate_bracketed(
        rows, "~ education", lower="low", upper="high", **options))
        for rows, options in ((frame, {"frequencies": "times"}), (repeated, {}))]  # fmt: skip
    for one, other in zip(*pairs, strict=True):
        assert one.errors == pytest.approx(other.errors, rel=1e-9)
    gaps = [wf.decompose(rows, "log(wage) ~ education", by="union", **options)
            for rows, options in ((frame, {"frequencies": "times"}), (repeated, {}))]  # fmt: skip
    assert gaps[0].gap_error == pytest.approx(gaps[1].gap_error, rel=1e-12)
    with pytest.raises(wf.FactError, match="whole numbers of people"):
        wf.estimate_factors(frame, formula, frequencies="weight")


@pytest.mark.parametrize("scale", [1e-200, 1e-80, 1e80, 1e200])
def test_a_column_in_any_unit_is_the_same_column(scale: float) -> None:
    """Coefficients and errors over the scale agree with the column itself, in every estimator."""
    frame = made_up_workers(200)
    frame["low"], frame["high"] = np.floor(frame.wage), np.floor(frame.wage) + 1.0
    far = frame.assign(education=frame.education * scale)
    formula = "log(wage) ~ education + union"
    pairs = [
        [wf.estimate_factors(rows, formula), wf.estimate_factors(rows, formula, absorb="trade"),
         wf.estimate_quantiles(rows, formula, 0.4), wf.estimation.estimate_cells(rows, formula, employment="weight"),
         wf.estimate_bracketed(rows, "~ education + union", lower="low", upper="high")]
        for rows in (frame, far)
    ]  # fmt: skip
    for near, scaled in zip(*pairs, strict=True):
        assert scaled.params["education"] * scale == pytest.approx(near.params["education"], rel=1e-9)
        assert scaled.bse["education"] * scale == pytest.approx(near.bse["education"], rel=1e-7)
        assert scaled.bse["union[T.yes]"] == pytest.approx(near.bse["union[T.yes]"], rel=1e-7)
    gaps = [wf.decompose(rows, "log(wage) ~ education", by="union") for rows in (frame, far)]
    assert gaps[0].components["endowments"] == pytest.approx(gaps[1].components["endowments"], rel=1e-9)
    with pytest.raises(wf.FactError, match="another unit"):
        wf.estimate_factors(frame.assign(wage=frame.wage * 1e200), "wage ~ union")


@pytest.mark.parametrize("seed", range(20))
def test_people_who_all_earn_the_minimum_have_an_error_of_zero(seed: int) -> None:
    """Each is met exactly, and none alone: HC1 squares residuals of 0, and no error is unknown."""
    rng = np.random.default_rng(seed)
    equal, others = int(rng.integers(3, 30)), int(rng.integers(5, 200))
    frame = pd.DataFrame({"grade": ["equal"] * equal + ["spread"] * others,
                          "lw": np.append(np.full(equal, np.log(15_080)), rng.normal(10.5, 0.5, others))})  # fmt: skip
    fit = wf.estimate_factors(frame, "lw ~ grade", covariance="HC1")
    # Residuals and influences of 0 are left as rounding of wages near 10, a few times 1e-16 each.
    assert fit.bse["Intercept"] == pytest.approx(0.0, abs=1e-14)
    assert not any("no HC1 error" in note for note in fit.notes)


@pytest.mark.parametrize("others", [90, 100_000])
@pytest.mark.parametrize("spread", [1e-2, 1e-3, 1e-6, 1e-9])
def test_a_group_of_nearly_equal_wages_has_its_own_small_error(spread: float, others: int) -> None:
    """HC1 of a reference level is that of its own mean, however widely the others' wages spread."""
    rng = np.random.default_rng(3)
    own = 9.6 + spread * rng.uniform(-1.0, 1.0, 12)
    frame = pd.DataFrame({"grade": ["equal"] * 12 + ["spread"] * others,
                          "lw": np.append(own, rng.normal(10.5, 0.5, others))})  # fmt: skip
    fit = wf.estimate_factors(frame, "lw ~ grade", covariance="HC1")
    expected = np.sqrt((12 + others) / (10 + others) * np.sum((own - own.mean()) ** 2)) / 12
    # Wages near 10 are rounded by 2e-15, beside residuals of the size of the spread; eight digits of others are kept.
    assert fit.bse["Intercept"] == pytest.approx(expected, rel=1e-14 / spread + 1e-8, abs=0.0)
    # The other level's mean is independent of it, but for influences of 0 that rounding leaves near 1e-17.
    assert -fit.cov[0, 1] == pytest.approx(fit.cov[0, 0], rel=1e-9, abs=1e-15)


@pytest.mark.parametrize(("clusters", "covariance"), [(50, "CR2"), (51, "CR1")])
def test_up_to_fifty_clusters_are_adjusted_by_leverage(clusters: int, covariance: str) -> None:
    frame = made_up_workers(3 * clusters)
    frame["firm"] = np.arange(len(frame)) % clusters
    assert wf.estimate_factors(frame, "log(wage) ~ education", cluster="firm").covariance == covariance


def test_an_outcome_in_dollars_is_no_log() -> None:
    """A note, no smearing, no percent; a column of logs by any name has them."""
    frame = made_up_workers()
    dollars = wf.estimate_factors(frame, "wage ~ education")
    assert np.isnan(dollars.smearing)
    assert "percent" not in dollars.to_frame("pandas")
    assert any("natural logarithm" in note for note in dollars.notes)
    with pytest.raises(wf.FactError, match="logarithm of wages"):
        dollars.ratio("education")
    for frame_of_logs, formula in (
        (frame, "np.log(wage) ~ education"),
        (frame.assign(lw=np.log(frame.wage)), "lw ~ union"),
    ):
        logs = wf.estimate_factors(frame_of_logs, formula)
        assert "percent" in logs.to_frame("pandas")
        assert not any("natural logarithm" in note for note in logs.notes)
    assert not wf.estimate_factors(frame, "np.log10(wage) ~ education").is_log
