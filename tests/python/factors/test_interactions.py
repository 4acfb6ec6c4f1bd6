"""Interactions of two factors: published margins stay met, and the departure is the published one."""

from __future__ import annotations

import dataclasses
import itertools
import pickle

import numpy as np
import pytest

import wagefit as wf
from wagefit import Factor, Level, SalaryModel
from wagefit.factors import Interaction

# Calibration and raking leave 1e-12 on logs.
MARGIN = 1e-9


def two_by_three() -> tuple[Factor, Factor]:
    """Two small categorical factors."""
    credential = Factor("credential", (Level("none", "", 1.0, 0.0, 0.4), Level("RHIT", "", 1.145, 0.02, 0.6)), "none")
    setting = Factor(
        "setting",
        (
            Level("hospital", "", 1.06, 0.01, 0.3),
            Level("office", "", 0.95, 0.01, 0.5),
            Level("other", "", 1.0, 0.01, 0.2),
        ),
    )
    return credential, setting


@pytest.fixture(scope="module")
def model() -> SalaryModel:
    """Certification worth more in offices."""
    anchor = wf.fit(mean=44_010, quantiles={0.10: 26_550, 0.25: 32_070, 0.50: 40_350, 0.75: 52_730, 0.90: 66_260})
    pair = Interaction("credential", "setting", {("RHIT", "office"): 1.1}, {("RHIT", "office"): 0.03}, source="made up")
    return SalaryModel(anchor, two_by_three(), interactions=[pair])


def test_margins_and_population_stay_as_published(model: SalaryModel) -> None:
    """Each level's mean, and the six figures of the anchor."""
    for factor in model.factors:
        for level in factor.levels:
            mean = model.profile(**{factor.name: level.name}).pay.mean()
            assert mean == pytest.approx(44_010 * level.ratio / factor.mean_ratio, rel=MARGIN)
    assert model.population().mean() == pytest.approx(44_010, rel=MARGIN)
    assert model.population().ppf(0.9) == pytest.approx(66_260, rel=MARGIN)


def test_the_odds_ratio_of_pay_is_the_given_one(model: SalaryModel) -> None:
    """m11 m22 / (m12 m21) is untouched by scaling of rows and columns."""
    mean = {
        (a, b): model.profile(credential=a, setting=b).pay.mean()
        for a, b in itertools.product(("none", "RHIT"), ("hospital", "office"))
    }
    odds = mean["RHIT", "office"] * mean["none", "hospital"] / (mean["RHIT", "hospital"] * mean["none", "office"])
    assert odds == pytest.approx(1.1, rel=MARGIN)


def test_the_interaction_is_a_player_of_its_own(model: SalaryModel) -> None:
    """Its row is there, and all rows sum to the mean; unknown where one of the levels is."""
    person = model.profile(credential="RHIT", setting="office")
    explanation = person.explain()
    row = explanation.rows[-1]
    assert (row.factor, row.source, row.standing) == ("credential x setting", "made up", "known")
    assert row.ratio > 1
    assert row.ratio_error == pytest.approx(row.ratio * 0.03 / 1.1)
    total = explanation.baseline + sum(each.amount for each in explanation.rows) + explanation.transport
    assert total == pytest.approx(person.pay.mean(), rel=1e-12)
    alone = model.profile(credential="RHIT").explain().rows[-1]
    assert (alone.standing, alone.ratio, alone.amount) == ("unknown", 1.0, 0.0)


def test_ratios_that_depend_on_one_level_change_nothing() -> None:
    """They are taken up by the margins."""
    anchor = wf.fit(mean=44_010, quantiles={0.10: 26_550, 0.50: 40_350, 0.90: 66_260})
    settings = ("hospital", "office", "other")
    pair = Interaction("credential", "setting", {("RHIT", setting): 1.3 for setting in settings})
    with_it = SalaryModel(anchor, two_by_three(), interactions=[pair])
    without = SalaryModel(anchor, two_by_three())
    for a, b in itertools.product(("none", "RHIT"), settings):
        pay, other = (each.profile(credential=a, setting=b).pay for each in (with_it, without))
        # Without an interaction the joint means are not constrained: only the transport separates the two.
        assert pay.mean() == pytest.approx(other.mean(), rel=2e-3)


def test_certification_is_worth_less_to_the_experienced() -> None:
    """The embedded evidence: 1.145 at entry, 1.123 after 25 years, met to the last digit; amounts in between too."""
    model = SalaryModel.health_information().with_interactions(wf.factors.certification_by_experience())
    premium = [
        model.profile(credential="CPC", experience=years).pay.mean()
        / model.profile(credential="none", experience=years).pay.mean()
        for years in (0, 12.5, 25)
    ]
    # The ratio of the premiums is given; their level is the pooled 1.1453 averaged over the workforce's experience.
    assert premium[2] / premium[0] == pytest.approx(1.122665 / 1.145021, rel=1e-6)
    assert premium[0] > premium[1] > premium[2]
    for years in (0, 8, 25):
        factor = model.factor("experience")
        level = next(each for each in factor.levels if each.at == years)
        mean = model.profile(experience=years).pay.mean()
        assert mean == pytest.approx(44_010 * level.ratio / factor.mean_ratio, rel=MARGIN)
    row = model.profile(credential="RHIT", experience=8).explain().rows[-1]
    assert row.is_proxy
    assert row.ratio_error is None
    assert "credential x experience" in repr(model.profile(credential="RHIT", experience=8).explain())


def test_models_with_interactions_travel_and_keep_their_sensitivity(model: SalaryModel) -> None:
    """Pickled, and with a share moved."""
    again = pickle.loads(pickle.dumps(model))
    person = {"credential": "RHIT", "setting": "office"}
    assert again.profile(**person).pay.mean() == model.profile(**person).pay.mean()
    (row,) = model.sensitivity(model.profile(**person), "credential", "RHIT")
    assert np.isfinite([row.low_change, row.high_change]).all()


# correlated shares ---------------------------------------------------------------------------------------------------

TOGETHER = {("none", "hospital"): 1, ("none", "office"): 8, ("none", "other"): 2, ("RHIT", "hospital"): 9,
            ("RHIT", "office"): 3, ("RHIT", "other"): 3}  # fmt: skip


def shares_of(first: Factor, second: Factor) -> np.ndarray:
    """TOGETHER scaled to both factors' shares, by hand."""
    table = np.array([[TOGETHER[a.name, b.name] for b in second.levels] for a in first.levels], dtype=float)
    rows, columns = (np.array([level.share for level in factor.levels]) for factor in (first, second))
    for _ in range(500):
        table *= (rows / table.sum(axis=1))[:, None]
        table *= columns / table.sum(axis=0)
    return table


def with_marginal_ratios(first: Factor, second: Factor, people: np.ndarray) -> tuple[Factor, Factor, np.ndarray]:
    """Both factors with the ratios a survey of one factor at a time would find, and what pays by pair."""
    worth = np.outer([1.0, 1.10], [1.15, 1.0, 0.95])
    made = []
    for factor, axis in ((first, 1), (second, 0)):
        means = (people * worth).sum(axis=axis) / people.sum(axis=axis)
        levels = tuple(dataclasses.replace(level, ratio=mean) for level, mean in zip(factor.levels, means, strict=True))
        made.append(dataclasses.replace(factor, levels=levels, baseline="mean"))
    return made[0], made[1], worth / (people * worth).sum()


def test_joint_shares_take_apart_what_marginal_ratios_count_twice() -> None:
    """The pay by pair behind the marginal ratios comes back; independent shares miss it by several percent."""
    credential, setting = two_by_three()
    people = shares_of(credential, setting)
    credential, setting, worth = with_marginal_ratios(credential, setting, people)
    anchor = wf.fit(mean=44_010, quantiles={0.10: 26_550, 0.25: 32_070, 0.50: 40_350, 0.75: 52_730, 0.90: 66_260})
    model = SalaryModel(
        anchor, (credential, setting), interactions=[Interaction("credential", "setting", shares=TOGETHER)]
    )
    naive = SalaryModel(anchor, (credential, setting))
    misses = []
    for (i, a), (j, b) in itertools.product(enumerate(credential.levels), enumerate(setting.levels)):
        mean = model.profile(credential=a.name, setting=b.name).pay.mean()
        assert mean == pytest.approx(44_010 * worth[i, j], rel=MARGIN)
        misses.append(abs(naive.profile(credential=a.name, setting=b.name).pay.mean() / mean - 1))
    assert max(misses) > 0.03
    assert model.population().ppf(0.9) == pytest.approx(66_260, rel=MARGIN)
    wages = np.array([30_000.0, 44_000.0, 70_000.0])
    for i, a in enumerate(credential.levels):  # people at a level have its own mix of the other factor
        parts = [model.profile(credential=a.name, setting=b.name).pay.cdf(wages) for b in setting.levels]
        expected = people[i] @ np.array(parts) / people[i].sum()
        np.testing.assert_allclose(model.profile(credential=a.name).pay.cdf(wages), expected, rtol=MARGIN)


def test_joint_shares_along_an_amount() -> None:
    """The young hold the credential more rarely: every published mean is met, pay between two knots is between."""
    embedded = SalaryModel.health_information()
    years = embedded.factor("experience")
    held = embedded.factor("credential")
    shares = {
        (level.name, knot.name): (knot.at or 0.0) + 2.0 if level.name != "none" else 10.0
        for level in held.levels
        for knot in years.levels
    }
    model = embedded.with_interactions(Interaction("credential", "experience", shares=shares))
    for knot in years.levels:
        mean = model.profile(experience=knot.at).pay.mean()
        assert mean == pytest.approx(44_010 * knot.ratio / years.mean_ratio, rel=MARGIN)
    assert model.population().mean() == pytest.approx(44_010, rel=MARGIN)
    low, high = (model.profile(experience=at).pay.mean() for at in (5, 10))
    assert low < model.profile(experience=7.5).pay.mean() < high
    assert pickle.loads(pickle.dumps(model)).profile(experience=8).pay.mean() == model.profile(experience=8).pay.mean()


def test_shares_that_cannot_be_are_refused() -> None:
    """A negative share, an unknown pair, a level left without anybody."""
    anchor = wf.fit(mean=44_010, quantiles={0.10: 26_550, 0.50: 40_350, 0.90: 66_260})
    for shares, message in (
        ({**TOGETHER, ("RHIT", "other"): -1}, r"got the share -1"),
        ({**TOGETHER, ("MD", "other"): 1}, r"the pair \('MD', 'other'\) is unknown"),
        ({("none", "hospital"): 1, ("RHIT", "office"): 1}, "pairs of levels empty"),
    ):
        with pytest.raises(wf.FactError, match=message):
            SalaryModel(anchor, two_by_three(), interactions=[Interaction("credential", "setting", shares=shares)])


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        ([Interaction("credential", "height", {})], "the factor 'height' is unknown"),
        ([Interaction("credential", "setting", {("MD", "office"): 1.1})], r"the pair \('MD', 'office'\) is unknown"),
        ([Interaction("credential", "setting", {("RHIT", "office"): -1.1})], r"got the ratio -1\.1"),
        ([Interaction("credential", "credential", {})], "'credential x credential', expected two different factors"),
        ([Interaction("credential", "setting", {})] * 2, "got 'credential' in the pairs .*, expected each factor in"),
    ],
)
def test_meaningless_interactions_are_refused(pairs: list[Interaction], message: str) -> None:
    """Naming what is wrong."""
    anchor = wf.fit(mean=44_010, quantiles={0.10: 26_550, 0.50: 40_350, 0.90: 66_260})
    with pytest.raises(wf.FactError, match=message):
        SalaryModel(anchor, two_by_three(), interactions=pairs)


def test_a_factor_in_two_pairs_of_shares_is_refused() -> None:
    """Naming the factor, both pairs and the limit."""
    place = Factor("place", (Level("town", "", 1.1, 0.0, 0.5), Level("country", "", 1.0, 0.0, 0.5)))
    pairs = [
        Interaction("credential", "setting", shares=TOGETHER),
        Interaction("place", "setting", shares={("town", "hospital"): 1.0, ("country", "office"): 1.0}),
    ]
    message = (
        "got 'setting' in the pairs 'credential x setting' and 'place x setting', "
        "expected each factor in at most one pair, be it for ratios or for shares"
    )
    anchor = wf.fit(mean=44_010, quantiles={0.10: 26_550, 0.50: 40_350, 0.90: 66_260})
    with pytest.raises(wf.FactError, match=message):
        SalaryModel(anchor, (*two_by_three(), place), interactions=pairs)


def test_premiums_along_need_a_continuous_factor() -> None:
    """And positive ratios."""
    credential, setting = two_by_three()
    with pytest.raises(wf.FactError, match="second is 'setting'; expected a continuous factor"):
        Interaction.along(credential, setting, {"RHIT": {0: 1.1}})
    experience = next(f for f in SalaryModel.health_information().factors if f.name == "experience")
    with pytest.raises(wf.FactError, match="a premium of RHIT is -1"):
        Interaction.along(credential, experience, {"RHIT": {0: -1.0}})
    assert dataclasses.is_dataclass(Interaction)
