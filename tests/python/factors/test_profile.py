"""A profile's pay, its explanation in dollars, and comparisons."""

from __future__ import annotations

import io
import itertools
import math
import pickle

import numpy as np
import pytest

import wagefit as wf
from wagefit import SalaryModel
from wagefit.factors import Explanation, Profile

# Rounding of a dozen numbers of the size of the total.
SUM = 1e-12


@pytest.fixture(scope="module")
def person(model: SalaryModel) -> Profile:
    """The worked example."""
    return model.profile(experience=8, education="associate", credential="RHIT", state="NJ", setting="general hospital")


def brute_force_shapley(base: float, ratios: list[float]) -> np.ndarray:
    """What each ratio adds, averaged over every order in which they can be applied."""
    orders = list(itertools.permutations(range(len(ratios))))
    parts = np.zeros(len(ratios))
    for order in orders:
        value = base
        for j in order:
            parts[j] += value * (ratios[j] - 1) / len(orders)
            value *= ratios[j]
    return parts


def summed(explanation: Explanation) -> float:
    """Baseline, parts and transport."""
    return explanation.baseline + sum(row.amount for row in explanation.rows) + explanation.transport


def test_pay_is_a_distribution(person: Profile) -> None:
    """With the unit of the anchor and everything a distribution does."""
    assert isinstance(person.pay, wf.Distribution)
    assert person.pay.unit == "USD/year"
    assert person.pay.cdf(person.pay.ppf(0.3)) == pytest.approx(0.3, abs=1e-13)
    assert person.pay.to_hourly().mean() == pytest.approx(person.pay.mean() / 2080, rel=1e-12)
    draws = person.pay.rvs(20_000, rng=1)
    assert draws.mean() == pytest.approx(person.pay.mean(), abs=4 * person.pay.std() / math.sqrt(20_000))


def test_the_spread_of_a_profile_is_smaller_than_the_occupations(model: SalaryModel, person: Profile) -> None:
    """In logs and as the ratio of P90 to P10."""

    def log_spread(pay: wf.Distribution) -> float:
        return math.sqrt(pay.expect(lambda x: np.log(x) ** 2) - pay.expect(np.log) ** 2)

    assert log_spread(person.pay) < log_spread(model.anchor)
    assert person.pay.quantile_ratio(0.9, 0.1) < model.anchor.quantile_ratio(0.9, 0.1)
    assert person.pay.gini() < model.anchor.gini()


def test_the_explanation_sums_to_the_mean(model: SalaryModel, person: Profile) -> None:
    """Against the workforce and against another profile."""
    rural = model.profile(experience=0, education="high school", credential="none", state="AR", location="rural")
    for explanation in (person.explain(), person.explain(rural), rural.explain(person), model.profile().explain()):
        assert summed(explanation) == pytest.approx(explanation.total, rel=SUM)
    assert person.explain().total == person.pay.mean()
    assert person.explain().baseline == pytest.approx(44_010, rel=1e-9)
    assert person.explain(rural).baseline == rural.pay.mean()


def test_amounts_agree_with_brute_force_over_all_orders(person: Profile) -> None:
    """720 orders of six factors."""
    explanation = person.explain()
    expected = brute_force_shapley(explanation.baseline, [row.ratio for row in explanation.rows])
    np.testing.assert_allclose([row.amount for row in explanation.rows], expected, atol=1e-7)  # dollars; 720 roundings


def test_errors_agree_with_simulated_ratios(person: Profile) -> None:
    """Amounts recomputed with ratios drawn around the published ones vary by the amounts' errors."""
    explanation = person.explain()
    rng = np.random.default_rng(5)
    errors = np.array([row.ratio_error or 0.0 for row in explanation.rows])
    ratios = np.array([row.ratio for row in explanation.rows])
    draws = np.array(
        [
            brute_force_shapley(explanation.baseline, list(ratios + errors * noise))
            for noise in rng.standard_normal((400, len(ratios)))
        ]
    )
    for row, spread in zip(explanation.rows, draws.std(axis=0), strict=True):
        if row.amount_error:
            # A standard deviation of 400 draws has an error of 3.5 %; four of them.
            assert row.amount_error == pytest.approx(spread, rel=0.14)


def test_an_unknown_error_is_none_and_said_so(person: Profile) -> None:
    """The list of state means has no standard errors."""
    explanation = person.explain()
    state = next(row for row in explanation.rows if row.factor == "state")
    assert state.ratio_error is None
    assert state.amount_error is None
    assert any("No standard error is published for state" in note for note in explanation.notes)
    assert "± unknown" in repr(explanation)


def test_pay_with_an_unknown_error_has_no_known_interval(person: Profile) -> None:
    """Whatever the functional's shape, and however the pay is changed; the notes say why."""
    assert np.isnan(person.pay.credible("mean", draws=5)).all()
    low, high = person.pay.credible("ppf", [[0.1, 0.5]], draws=5)
    assert low.shape == high.shape == (1, 2)
    assert np.isnan([low, high]).all()
    changed = (person.pay.to_hourly(), wf.mixture([person.pay, person.model.anchor]))
    assert all(np.isnan(pay.credible("gini", draws=5)).all() for pay in changed)
    assert "No standard error is published for state (New Jersey), so that no interval of this pay is known." in (
        person.notes
    )
    assert math.isnan(person.log_error)


def test_pay_with_an_unknown_error_is_not_drawn(person: Profile) -> None:
    with pytest.raises(wf.FactError, match=r"unknown: no standard error is published for state \(New Jersey\)"):
        person.pay.posterior_draws(3)
    with pytest.raises(wf.FactError, match="level is 2"):
        person.pay.credible("mean", level=2.0)


def test_pay_with_known_errors_has_an_interval(person: Profile) -> None:
    """The state is all that lacks one; leaving it out leaves nothing unknown."""
    known = person.replace(state=None)
    low, high = known.pay.credible("mean", draws=50)
    assert low < known.pay.mean() < high
    assert not any("standard error" in note for note in known.notes)


def test_an_assumed_error_widens_the_interval_and_is_said_so(model: SalaryModel) -> None:
    """Of a state alone: New Jersey's ratio is relative to a mean of which the state is 2 %."""
    assumed = model.with_assumed_errors(0.05)
    person = assumed.profile(state="NJ")
    share = next(level.share * level.ratio for level in model.factor("state").levels if level.name == "NJ")
    others = [level.share * level.ratio for level in model.factor("state").levels if level.name != "NJ"]
    mean = model.factor("state").mean_ratio
    expected = 0.05 * math.hypot(1 - share / mean, *(other / mean for other in others))
    assert person.log_error == pytest.approx(expected, rel=1e-12)
    assert person.pay == model.profile(state="NJ").pay
    low, high = person.pay.credible("mean", draws=2_000)
    # A quantile of 2,000 draws errs by 4 % of a standard deviation; four of them, of two ends 3.3 apart.
    assert math.log(high / low) == pytest.approx(2 * 1.6449 * expected, rel=0.1)
    assert any("assumption for state (New Jersey)" in note for note in person.explain().notes)
    assert any("5 % of the ratio is assumed: education" in note for note in assumed.notes)
    assert pickle.loads(pickle.dumps(assumed)).profile(state="NJ").log_error == person.log_error


def test_assumed_errors_leave_known_ones_alone(model: SalaryModel) -> None:
    assumed = model.with_assumed_errors(0.05)
    for factor, before in zip(assumed.factors, model.factors, strict=True):
        for level, was in zip(factor.levels, before.levels, strict=True):
            expected = 0.05 * was.ratio if was.standard_error is None else was.standard_error
            assert level.standard_error == expected
            assert level.error_is_assumed == (was.standard_error is None)


@pytest.mark.parametrize("error", [-0.1, math.nan, math.inf])
def test_meaningless_assumed_errors_are_refused(model: SalaryModel, error: float) -> None:
    with pytest.raises(wf.FactError, match="relative_error is"):
        model.with_assumed_errors(error)


def test_an_omitted_factor_is_averaged_over_the_workforce(model: SalaryModel, person: Profile) -> None:
    """The mean is the shares' average over its levels, and the explanation says so."""
    levels = model.factor("location").levels
    average = sum(level.share * person.replace(location=level.name).pay.mean() for level in levels)
    assert person.pay.mean() == pytest.approx(average, rel=1e-12)
    row = next(row for row in person.explain().rows if row.factor == "location")
    assert (row.standing, row.ratio, row.amount, row.level) == ("unknown", 1.0, 0.0, "unknown")
    assert any("averaged over the workforce: location" in note for note in person.notes)


def test_none_is_a_level_and_leaving_out_is_not(model: SalaryModel, person: Profile) -> None:
    """``"none"`` lowers pay; None makes the credential unknown."""
    without, unknown = person.replace(credential="none"), person.replace(credential=None)
    assert without.pay.mean() < unknown.pay.mean() < person.pay.mean()
    assert "credential" not in unknown.levels
    assert model.profile(credential=None).levels == {}
    assert model.profile().pay.mean() == pytest.approx(44_010, rel=1e-9)


def test_levels_are_known_by_name_and_label_in_any_case(model: SalaryModel) -> None:
    """As people write them."""
    assert model.profile(state="new jersey", credential="rhit").levels == {"credential": "RHIT", "state": "NJ"}


def test_replacing_a_level_leaves_the_rest(person: Profile) -> None:
    """A profile is never changed."""
    moved = person.replace(state="CA", experience=9)
    assert moved.levels == {**person.levels, "state": "CA", "experience": 9.0}
    assert person.levels["state"] == "NJ"


@pytest.mark.parametrize(
    ("levels", "message"),
    [
        ({"state": "ZZ"}, r"state is 'ZZ'; expected one of 'AK', 'AL'"),
        ({"height": 180}, r"factor is 'height'; expected one of 'experience'"),
        ({"credential": 3}, r"credential is 3; expected one of 'none', 'CCA'"),
        ({"experience": "long"}, r"experience is 'long'; expected a number of years$"),
        ({"experience": True}, r"experience is True; expected one number"),
        ({"experience": -1}, r"experience is -1; expected a finite number of at least 0"),
        ({"experience": float("nan")}, r"experience is nan"),
    ],
)
def test_meaningless_levels_are_refused(model: SalaryModel, levels: dict[str, object], message: str) -> None:
    """Naming the factor, the value and what was expected."""
    with pytest.raises(wf.FactError, match=message):
        model.profile(**levels)


def test_experience_beyond_the_table_is_held_and_flagged(model: SalaryModel) -> None:
    """40 years are paid as 25."""
    veteran = model.profile(experience=40)
    assert veteran.pay.mean() == model.profile(experience=25).pay.mean()
    assert any("40 years is outside the table" in note for note in veteran.notes)
    assert veteran.explain().rows[0].standing == "extrapolated"


def test_pay_rises_with_experience_ever_more_slowly(model: SalaryModel) -> None:
    """Mean pay by year of experience is increasing, its logarithm concave."""
    pay = np.log([model.profile(experience=years).pay.mean() for years in np.arange(0, 25.5, 0.5)])
    assert (np.diff(pay) > 0).all()
    assert (np.diff(pay, 2) < 1e-12).all()  # each mean is computed to a few roundings


def test_a_single_known_factor_needs_no_transport(model: SalaryModel) -> None:
    """Its mean is the published one: nothing is left to correct."""
    explanation = model.profile(state="NJ").explain()
    assert explanation.transport == pytest.approx(0, abs=1e-6)  # dollars: calibration leaves 1e-12


def test_proxies_and_sources_stand_in_the_rows(person: Profile) -> None:
    """An RHIT premium taken from AAPC's coders is labeled as such."""
    credential = next(row for row in person.explain().rows if row.factor == "credential")
    assert credential.is_proxy
    assert "AAPC" in credential.source
    assert credential.year == 2010
    assert any(note.startswith("Proxies") and "credential" in note for note in person.notes)
    assert "Association, not cause" in repr(person.explain())


def test_percent_and_log_points(person: Profile) -> None:
    """Of the ratio to the baseline."""
    row = person.explain().rows[0]
    assert row.percent == pytest.approx(100 * (row.ratio - 1))
    assert row.log_points == pytest.approx(100 * math.log(row.ratio))


def test_an_explanation_as_a_table(person: Profile) -> None:
    """One row a factor, in pandas and polars."""
    explanation = person.explain()
    frame = explanation.to_frame("pandas")
    assert list(frame["factor"]) == [row.factor for row in explanation.rows]
    assert frame["amount"].sum() == pytest.approx(explanation.total - explanation.baseline - explanation.transport)
    assert np.isnan(frame["amount_error"].astype(float)[3])
    assert explanation.to_frame("polars").height == 6


def test_comparing_two_profiles(model: SalaryModel, person: Profile) -> None:
    """The credential is all that separates them; its ratio is the published one."""
    comparison = model.compare(person, person.replace(credential="none"))
    (row,) = comparison.rows
    assert row.factor == "credential"
    assert row.ratio == pytest.approx(1.145312, rel=1e-12)
    assert row.baseline_level == "No credential"
    assert comparison.difference == pytest.approx(person.pay.mean() - person.replace(credential="none").pay.mean())
    assert comparison.ratio == pytest.approx(1 + comparison.difference / comparison.explanation.baseline)
    # Along the pay scale a ratio meant to be 1.145 becomes 1.11 to 1.19 (design, section 5).
    assert 1.11 < comparison.ratio < 1.19
    assert 1.11 < comparison.median_ratio < 1.19
    assert summed(comparison.explanation) == pytest.approx(person.pay.mean(), rel=SUM)


def test_profiles_of_other_models_are_not_compared(model: SalaryModel, person: Profile) -> None:
    """Their dollars are of another year."""
    stranger = SalaryModel.health_information(2024).profile(credential="RHIT")
    with pytest.raises(wf.FactError, match="other is a profile of another model"):
        model.compare(person, stranger)
    with pytest.raises(wf.FactError, match="baseline is a profile of another model"):
        person.explain(stranger)


def test_texts(model: SalaryModel, person: Profile) -> None:
    """Plain, rich and HTML forms say the same."""
    from rich.console import Console

    explanation = person.explain()
    comparison = model.compare(person, person.replace(state="AR"))
    console = Console(width=100, record=True, file=io.StringIO())
    for shown in (person, explanation, comparison):
        console.print(shown)
        assert "New Jersey" in repr(shown)
        assert "New Jersey" in shown._repr_html_()
    assert "rank-preserving transport" in console.export_text()
    assert repr(explanation).splitlines()[1].startswith("mean pay of the whole workforce")
    assert "state: New Jersey" in repr(comparison)
    assert "education" not in repr(comparison).split("mean pay of this profile")[0].split("Arkansas", 1)[1]
    assert repr(model.profile()).startswith("<profile (the whole workforce)")


def test_a_waterfall(person: Profile) -> None:
    """From the workforce's mean to the person's."""
    ax = person.explain().plot()
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert labels[0] == "the whole workforce"
    assert labels[-1] == "mean pay"
    assert "state: New Jersey" in labels


def test_a_persons_pay_says_whose_pay_it_is(person: Profile) -> None:
    pay = person.pay
    whose = "pay of 8 years, Associate degree, RHIT, New Jersey, general hospital"
    assert repr(pay).startswith(f"<{whose}: mean $")
    assert f"<caption>{whose}, USD/year</caption>" in pay._repr_html_()
    assert pay.__rich__().title == f"{whose}, USD/year"
    assert repr(pickle.loads(pickle.dumps(pay))) == repr(pay)
    assert repr(pay.to_hourly()).startswith(f"<{whose}: mean ${pay.mean() / 2_080:.2f}")
    assert repr(pay.scale(2.0)).startswith(f"<scaled {whose}: ")
