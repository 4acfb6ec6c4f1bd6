"""The salary-factor model reproduces what is published, in total and level by level."""

from __future__ import annotations

import dataclasses
import itertools
import pickle

import numpy as np
import pytest

import wagefit as wf
from wagefit import Factor, Level, SalaryModel

PERCENTILES_2018 = {0.10: 26_550, 0.25: 32_070, 0.50: 40_350, 0.75: 52_730, 0.90: 66_260}

# The promise of the design. Measured: 1e-15.
POPULATION = 1e-9

# Quadrature and calibration leave 1e-12 on logs.
MARGIN = 1e-9


def two_level_factor(**changes: object) -> Factor:
    """A factor of a credential, one field of its second level changed."""
    fields: dict[str, object] = {"name": "RHIT", "label": "", "ratio": 1.145, "standard_error": 0.023, "share": 0.6}
    certified = Level(**(fields | changes))  # type: ignore[arg-type]
    return Factor("credential", (Level("none", "No credential", 1.0, 0.0, 0.4), certified), baseline="none")


def anchor() -> wf.Distribution:
    """The published row of 29-2071, May 2018."""
    return wf.fit(mean=44_010, quantiles=PERCENTILES_2018)


def test_the_population_has_the_published_mean_and_percentiles(model: SalaryModel) -> None:
    """The workforce's mixture reproduces the six published figures of May 2018."""
    population = model.population()
    assert population.name == "mixture"
    assert population.mean() == pytest.approx(44_010, rel=POPULATION)
    np.testing.assert_allclose(population.ppf(list(PERCENTILES_2018)), list(PERCENTILES_2018.values()), rtol=POPULATION)


@pytest.mark.parametrize("year", [1999, 2007, 2014, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025])
def test_the_population_is_every_anchor_on_offer(year: int) -> None:
    """Under any release's occupation code the population has that release's mean and percentiles."""
    other = SalaryModel.health_information(year)
    p = list(PERCENTILES_2018)
    assert other.population().mean() == pytest.approx(other.anchor.mean(), rel=POPULATION)
    np.testing.assert_allclose(other.population().ppf(p), other.anchor.ppf(p), rtol=POPULATION)
    assert other.calibration.margin_error < 1e-11


@pytest.mark.parametrize(
    ("occupation", "year"),
    [*itertools.product(["29-2072", "29-2099", "29-9021", "11-9111"], [2022, 2024, 2025]), ("11-9111", 2018)],
)
def test_the_population_is_every_other_occupations_anchor(occupation: str, year: int) -> None:
    """Specialists, registrars and managers: their mean and percentiles, technicians' ratios, and the notes say so."""
    other = SalaryModel.health_information(year, occupation)
    cell = wf.oews.national(occupation, year)
    assert other.population().mean() == pytest.approx(cell.mean, rel=POPULATION)
    np.testing.assert_allclose(
        other.population().ppf(list(cell.quantiles)), list(cell.quantiles.values()), rtol=POPULATION
    )
    for factor in other.factors:
        for level in factor.levels if factor.name in ("state", "setting") else ():
            mean = other.profile(**{factor.name: level.name}).pay.mean()
            assert mean == pytest.approx(cell.mean * level.ratio / factor.mean_ratio, rel=MARGIN)
    carried = any("technicians', carried over" in note for note in other.notes)
    assert carried == (occupation != "29-2072")


def test_every_published_level_mean_is_met(model: SalaryModel) -> None:
    """Each state, setting, degree... has its published ratio to the mean, or to its baseline's mean."""
    for factor in model.factors:
        means = [
            model.profile(**{factor.name: level.name if level.at is None else level.at}).pay.mean()
            for level in factor.levels
        ]
        ratios = np.array([level.ratio for level in factor.levels])
        np.testing.assert_allclose(np.array(means) / means[0], ratios / ratios[0], rtol=MARGIN)
        shares = np.array([level.share for level in factor.levels])
        assert shares @ means == pytest.approx(44_010, rel=MARGIN)


def test_new_jersey_and_general_hospitals_have_their_published_means(model: SalaryModel) -> None:
    """54,020 and 46,640 dollars, up to the states' list being renormalized to the nation."""
    state = model.factor("state")
    mean = model.profile(state="NJ").pay.mean()
    assert mean * state.mean_ratio == pytest.approx(54_020, rel=1e-5)  # the ratio has six digits
    setting = model.factor("setting")
    mean = model.profile(setting="general hospital").pay.mean()
    assert mean * setting.mean_ratio == pytest.approx(46_640, rel=1e-5)


def test_normalizations_are_reported(model: SalaryModel) -> None:
    """What the ratios to the mean had to be divided by is said in the notes."""
    expected = f"average {model.factor('state').mean_ratio:.4f}"
    assert any(note.startswith("state: ") and expected in note for note in model.notes)
    assert any("Association, not cause" in note for note in model.notes)
    assert any("independent" in note for note in model.notes)


def test_another_year_says_that_the_factors_are_carried_over() -> None:
    """The notes of May 2024 name its occupation and that the factors are older."""
    notes = "\n".join(SalaryModel.health_information(2024).notes)
    assert "29-2072" in notes
    assert "carried over" in notes
    assert "carried over" not in "\n".join(SalaryModel.health_information(2018).notes)


def test_an_unknown_year_names_the_known_ones() -> None:
    """There is no release of 1950."""
    with pytest.raises(wf.FactError, match=r"year is 1950; expected one of 1999, .*2025"):
        SalaryModel.health_information(1950)


def test_every_figure_has_a_source(model: SalaryModel) -> None:
    """Each ratio names its source, and each share has one or is marked as an assumption."""
    for factor in model.factors:
        assert sum(level.share for level in factor.levels) == pytest.approx(1.0, abs=1e-12)  # the data's contract
        for level in factor.levels:
            assert level.source
            assert level.population
            assert level.share_source
            assert level.share_is_assumed or level.share_source != "Assumption"


def test_factors_are_found_by_name(model: SalaryModel) -> None:
    """An unknown factor names the known ones."""
    assert model.factor("credential").baseline == "none"
    assert model.factor("experience").is_continuous
    with pytest.raises(wf.FactError, match=r"factor is 'height'; expected one of 'experience', 'education'"):
        model.factor("height")


def test_a_model_of_own_figures() -> None:
    """Anchor and factors may be the caller's."""
    model = SalaryModel(anchor(), [two_level_factor()])
    certified, other = model.profile(credential="RHIT").pay.mean(), model.profile(credential="none").pay.mean()
    assert certified / other == pytest.approx(1.145, rel=MARGIN)
    assert 0.6 * certified + 0.4 * other == pytest.approx(44_010, rel=MARGIN)
    assert model.notes == ()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"ratio": -1.1}, r"got the ratio -1.1, expected a finite positive number"),
        ({"ratio": float("nan")}, r"got the ratio nan"),
        ({"standard_error": -0.1}, r"got the standard error -0.1"),
        ({"share": 0.5}, r"shares with the sum 0.9, expected 1"),
        ({"share": 1.6}, r"got the share 1.6"),
        ({"name": "none"}, r"given twice"),
    ],
)
def test_meaningless_factors_are_refused(changes: dict[str, object], message: str) -> None:
    """The message names factor, level, value and what was expected."""
    with pytest.raises(wf.FactError, match=message):
        SalaryModel(anchor(), [two_level_factor(**changes)])


def test_margins_that_no_anchor_can_meet_are_infeasible() -> None:
    """60 % of people cannot earn three times what the others earn."""
    with pytest.raises(wf.InfeasibleError, match=r"what the lowest and the highest paid part of that size earn"):
        SalaryModel(anchor(), [two_level_factor(ratio=3.0)])


def test_no_factors_is_an_error() -> None:
    """A model without factors explains nothing."""
    with pytest.raises(wf.FactError, match="factors: got none"):
        SalaryModel(anchor(), [])


def test_sensitivity_of_an_assumed_share_is_a_rebuilt_model(model: SalaryModel) -> None:
    """Ten points more with an RHIT, taken from the other levels in proportion, computed by hand."""
    person = model.profile(credential="RHIT", state="NJ")
    (row,) = model.sensitivity(person, "credential", "RHIT")
    assert row.high_share == pytest.approx(row.share + 0.10)
    factor = model.factor("credential")
    scale = (1 - row.high_share) / (1 - row.share)
    levels = tuple(
        dataclasses.replace(level, share=row.high_share if level.name == "RHIT" else level.share * scale)
        for level in factor.levels
    )
    factors = [dataclasses.replace(factor, levels=levels) if each is factor else each for each in model.factors]
    rebuilt = SalaryModel(model.anchor, factors)
    change = rebuilt.profile(credential="RHIT", state="NJ").pay.mean() - person.pay.mean()
    assert row.high_change == pytest.approx(change, abs=1e-5)  # dollars; two calibrations to 1e-12
    assert row.low_change > 0 > row.high_change


def test_sensitivity_covers_the_assumptions(model: SalaryModel) -> None:
    """Without a factor, every level whose share is an assumption; with one, all of its levels."""
    person = model.profile(experience=8)
    levels = [(factor.name, level) for factor in model.factors for level in factor.levels]
    assumed = {(name, level.name) for name, level in levels if level.share_is_assumed}
    assert {(row.factor, row.level) for row in model.sensitivity(person)} == assumed
    assert len(model.sensitivity(person, "location")) == 2
    for row in model.sensitivity(person, "credential"):
        assert 0 <= row.low_share <= row.share <= row.high_share <= 1


def test_sensitivity_refuses_meaningless_questions(model: SalaryModel) -> None:
    """Unknown names and steps."""
    person = model.profile()
    with pytest.raises(wf.FactError, match="factor is 'height'"):
        model.sensitivity(person, "height")
    with pytest.raises(wf.FactError, match="credential is 'MD'"):
        model.sensitivity(person, "credential", "MD")
    with pytest.raises(wf.FactError, match="level is 'RHIT' without a factor"):
        model.sensitivity(person, level="RHIT")
    with pytest.raises(wf.FactError, match=r"points is 1\.5"):
        model.sensitivity(person, points=1.5)


def test_errors_of_ratios_from_one_estimate_are_common(model: SalaryModel) -> None:
    """Two certified people differ by nothing, without error; two degrees by less than independent errors would give."""
    (row,) = model.compare(model.profile(credential="RHIT"), model.profile(credential="CCS")).rows
    assert (row.ratio, row.ratio_error) == (1.0, 0.0)
    (row,) = model.compare(model.profile(education="associate"), model.profile(education="certificate")).rows
    associate, certificate = (
        next(level for level in model.factor("education").levels if level.name == name)
        for name in ("associate", "certificate")
    )
    assert associate.standard_error is not None
    assert certificate.standard_error is not None
    expected = associate.standard_error / associate.ratio - certificate.standard_error / certificate.ratio
    assert row.ratio_error == pytest.approx(row.ratio * abs(expected), rel=1e-9)  # rounding of a difference


def test_a_model_says_what_it_is(model: SalaryModel) -> None:
    """The repr names the factors and the anchor."""
    assert repr(model).startswith("<salary model of 6 factors (experience, education, credential, state, setting, ")


def test_a_model_survives_pickling(model: SalaryModel) -> None:
    """Model, profile and pay travel between processes."""
    person = model.profile(credential="RHIT", experience=8)
    assert pickle.loads(pickle.dumps(model)).profile(**person.levels).pay.mean() == person.pay.mean()
    assert pickle.loads(pickle.dumps(person)).pay.ppf(0.9) == person.pay.ppf(0.9)
    assert pickle.loads(pickle.dumps(person.pay)).mean() == person.pay.mean()
