"""A salary model of any occupation: what it is made of, what it lacks, and whose factors it takes."""

from __future__ import annotations

import pickle
import subprocess
import sys

import numpy as np
import pytest

import wagefit as wf
from wagefit import SalaryModel

PROMISE = 1e-9
GENERAL = ("experience", "education")


@pytest.mark.parametrize(
    ("occupation", "year", "unit", "factors"),
    [
        ("registered nurses", 2025, "USD/year", (*GENERAL, "state", "setting")),
        ("47-2111", 2025, "USD/year", (*GENERAL, "state", "setting")),
        ("software developers", None, "USD/year", (*GENERAL, "state", "setting")),
        ("25-2021", 2025, "USD/year", (*GENERAL, "state", "setting")),  # published by the year alone
        ("actors", None, "USD/hour", (*GENERAL, "setting")),  # by the hour alone, in no release after 2021
        ("29-1211", 2025, "USD/year", (*GENERAL, "state", "setting")),
        ("29-1211", 2021, "USD/year", (*GENERAL, "setting")),  # percentiles above the top code
        ("registered nurses", 2005, "USD/year", GENERAL),  # 29-1111, which the sectors of 2022 have not
        ("32502", 1998, "USD/year", GENERAL),  # the codes before the classification
    ],
)
def test_the_anchor_is_exact_whatever_the_factors(
    occupation: str, year: int | None, unit: str, factors: tuple[str, ...]
) -> None:
    """Every published figure of the nation's row, mean and percentiles and bounds, is that of the workforce."""
    model, cell = SalaryModel.for_occupation(occupation, year), wf.oews.cell(occupation, year=year)
    assert tuple(factor.name for factor in model.factors) == factors
    assert model.unit == unit
    assert model.cell == cell
    workforce = model.population()
    facts = cell.facts()
    assert workforce.mean() == pytest.approx(facts["mean"], rel=PROMISE)
    for p, wage in facts.get("quantiles", {}).items():
        assert workforce.ppf(p) == pytest.approx(wage, rel=PROMISE)
    for p, bound in facts.get("at_least", {}).items():
        assert workforce.ppf(p) >= bound * (1 - PROMISE)
    for absent in {"state", "setting"} - set(factors):
        assert any(note.startswith(f"{absent}: there is no factor of") for note in model.notes)


def test_ones_own_factors_take_the_place_of_the_packages() -> None:
    """A credential is added, education replaced; the notes no longer call education a proxy."""
    levels = (wf.Level("BSN", "", 1.06, 0.01, 0.65), wf.Level("ADN", "", 1.0, 0.0, 0.35))
    own = wf.Factor("education", levels, baseline="ADN")
    credential = wf.Factor(
        "credential", (wf.Level("CCRN", "", 1.08, None, 0.1), wf.Level("none", "", 1.0, 0.0, 0.9)), baseline="none"
    )
    model = SalaryModel.for_occupation("29-1141", 2025, factors=[own, credential])
    assert [factor.name for factor in model.factors] == ["experience", "state", "setting", "education", "credential"]
    assert model.factor("education") is own
    ratio = model.profile(education="BSN").pay.mean() / model.profile(education="ADN").pay.mean()
    assert ratio == pytest.approx(1.06, rel=PROMISE)
    assert any(note.startswith("experience: proxies") for note in model.notes)
    assert not any("education" in note.partition(":")[0] for note in model.notes)


def test_a_set_of_ones_own_factors_brings_its_interactions() -> None:
    """One of its factors goes together with one of the package's."""
    levels = (wf.Level("CCRN", "", 1.08, 0.02, 0.1, source="A survey"), wf.Level("none", "", 1.0, 0.0, 0.9))
    credential = wf.Factor("credential", levels, baseline="none")
    both = wf.factors.Interaction("credential", "education", {("CCRN", "bachelor"): 0.95}, source="A survey")
    model = SalaryModel.for_occupation("29-1141", 2025, factors=wf.factors.FactorSet((credential,), (both,)))
    assert model.interactions == (both,)
    assert [factor.name for factor in model.factors] == ["experience", "education", "state", "setting", "credential"]
    everyone = model.population()
    assert everyone.mean() == pytest.approx(101_420, rel=PROMISE)


def test_ones_own_places_are_compared_with_the_published_row_as_well() -> None:
    """A factor of one's own that contradicts the release is shown beside it."""
    levels = (wf.Level("NJ", "", 1.3, None, 0.03), wf.Level("elsewhere", "", 1.0, None, 0.97))
    model = SalaryModel.for_occupation("29-1141", 2025, factors=[wf.Factor("State", levels)])
    assert [factor.name for factor in model.factors] == ["experience", "education", "setting", "State"]
    person = model.profile(state="NJ")
    assert person.published is not None
    assert person.published.cell.p50 == 106_500
    assert "P50" in [figure.name for figure in person.published.conflicts]


def test_factors_that_cannot_be_are_refused_whoevers_they_are() -> None:
    """Half of the nurses at fifty times the pay of the others: the error names the factor of one's own."""
    levels = (wf.Level("yes", "", 5.0, None, 0.5), wf.Level("no", "", 0.1, None, 0.5))
    with pytest.raises(wf.InfeasibleError, match="'luck'"):
        SalaryModel.for_occupation("29-1141", 2025, factors=[wf.Factor("luck", levels, "mean")])


def test_what_does_not_fit_the_nations_row_is_left_out_and_said() -> None:
    """Operators of subways: 2.7 % of them cannot be paid what the equation says of an advanced degree."""
    model = SalaryModel.for_occupation("53-4041", 2025)
    assert "education" not in {factor.name for factor in model.factors}
    assert not any("proxies" in note for note in model.notes)
    with pytest.raises(wf.FactError, match=r"factor is 'education'; .* education: left out, as all the package's"):
        model.profile(education="bachelor")


def test_wrong_occupations_are_answered_with_the_nearest() -> None:
    """By code and by title, as `oews.cell` answers; other models name this one."""
    with pytest.raises(wf.FactError, match=r"occupation is 'registred nurse'; .*29-1141 \(Registered Nurses\)"):
        SalaryModel.for_occupation("registred nurse")
    with pytest.raises(wf.FactError, match=r"year is 2025; expected one of .*2021 for occupation 27-2011"):
        SalaryModel.for_occupation("actors", 2025)
    with pytest.raises(wf.FactError, match=r"SalaryModel\.for_occupation\(\) makes the model of any occupation"):
        SalaryModel.health_information(occupation="29-1141")


def test_copies_keep_the_published_row() -> None:
    """Pickled, with assumed errors and with interactions, a model still shows what is published."""
    model = SalaryModel.for_occupation("29-1141", 2025)
    both = wf.factors.Interaction("education", "experience", {("bachelor", "20"): 1.1})
    for other in (pickle.loads(pickle.dumps(model)), model.with_assumed_errors(0.02), model.with_interactions(both)):
        assert other.cell == model.cell
        published = other.profile(state="NJ").published
        assert published is not None
        np.testing.assert_allclose(published.modeled.mean(), model.profile(state="NJ").pay.mean(), rtol=PROMISE)


def test_nothing_of_this_is_read_before_it_is_asked_for() -> None:
    """The model of health information technicians of 2018 reads no other table."""
    code = (
        "import wagefit as wf\n"
        "from wagefit.shared.embedded_tables import read_table\n"
        "import wagefit.shared.embedded_tables as tables\n"
        "asked = []\n"
        "from pathlib import Path\n"
        "real = Path.read_text\n"
        "Path.read_text = lambda self, *a, **k: (asked.append(self.stem), real(self, *a, **k))[1]\n"
        "wf.SalaryModel.health_information()\n"
        "print(sorted(asked))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8")
    assert done.stdout.strip() == "['factors', 'health_information', 'shares']"
