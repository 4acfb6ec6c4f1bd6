"""Education and experience from the general wage equation: reproduced from the microdata, and called proxies."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import wagefit as wf
from wagefit import SalaryModel
from wagefit.shared.embedded_tables import read_table

from ..shared_data import shared_folder

SIX_DECIMALS = 0.5e-6  # to which the tables round
BASELINE = "high school"


@pytest.fixture(scope="module")
def people() -> pd.DataFrame:
    """The microdata, read here once more."""
    path = shared_folder("microdata") / "cps2015_wage_occ_subsample_causalaibook.csv.gz"
    file = pd.read_csv(path, dtype={"occ": str, "occ2": str})
    names = {
        "shs": "less than high school",
        "hsg": BASELINE,
        "scl": "some college",
        "clg": "bachelor",
        "ad": "advanced",
    }
    education = sum((file[key].map({0: "", 1: name}) for key, name in names.items()), start=pd.Series("", file.index))
    return file.assign(education=education, occupation=file["occ2"] + " " + file["occ"])


@pytest.fixture(scope="module")
def equation(people: pd.DataFrame) -> Any:
    """Least squares of statsmodels with an indicator of every occupation, errors clustered by occupation."""
    formulas = pytest.importorskip("statsmodels.formula.api")
    several = people[people.groupby("occupation")["wage"].transform("size") > 1]
    formula = f"lwage ~ C(education, Treatment({BASELINE!r})) + exp1 + I(exp1 ** 2) + C(occupation)"
    groups = several["occupation"].astype("category").cat.codes
    fitted = formulas.ols(formula, several).fit(
        cov_type="cluster", cov_kwds={"groups": groups, "use_correction": False}
    )
    return fitted, several


def correction(equation: Any) -> float:
    """Of clustered variances: G / (G - 1) (n - 1) / (n - p), with p the six coefficients and one constant.

    The occupations are the clusters themselves, so that their effects take no degrees of freedom.
    """
    _, several = equation
    n, clusters = len(several), several["occupation"].nunique()
    return float(clusters / (clusters - 1) * (n - 1) / (n - 7))


def test_education_is_that_of_the_microdata(equation: Any) -> None:
    """Ratios and standard errors of all levels."""
    fitted, _ = equation
    rows = {row["level"]: row for row in read_table("wage_equation") if row["factor"] == "education"}
    for level, row in rows.items():
        if level == BASELINE:
            assert (row["ratio"], row["standard_error"]) == ("1", "0")
            continue
        term = f"C(education, Treatment({BASELINE!r}))[T.{level}]"
        ratio = np.exp(fitted.params[term])
        error = ratio * fitted.bse[term] * correction(equation) ** 0.5
        assert float(row["ratio"]) == pytest.approx(ratio, abs=2 * SIX_DECIMALS)
        assert float(row["standard_error"]) == pytest.approx(error, abs=2 * SIX_DECIMALS)
    assert len(rows) == 5


def test_experience_is_that_of_the_microdata(equation: Any) -> None:
    """The square's curve at each knot, errors by the delta method."""
    fitted, _ = equation
    terms = ["exp1", "I(exp1 ** 2)"]
    covariance = fitted.cov_params().loc[terms, terms].to_numpy() * correction(equation)
    rows = [row for row in read_table("wage_equation") if row["factor"] == "experience"]
    for row in rows:
        gradient = np.array([float(row["x"]), float(row["x"]) ** 2])
        ratio = np.exp(gradient @ fitted.params[terms].to_numpy())
        assert float(row["ratio"]) == pytest.approx(ratio, abs=2 * SIX_DECIMALS)
        error = ratio * (gradient @ covariance @ gradient) ** 0.5
        assert float(row["standard_error"]) == pytest.approx(error, abs=2 * SIX_DECIMALS)
    assert len(rows) == 11


def test_the_part_explained_is_that_of_the_microdata(equation: Any) -> None:
    """Within occupations, by the residuals with and without the two factors."""
    fitted, several = equation
    within = several["lwage"] - several.groupby("occupation")["lwage"].transform("mean")
    explained = 1 - (fitted.resid**2).sum() / (within**2).sum()
    assert float(read_table("wage_equation")[0]["explained"]) == pytest.approx(explained, abs=2 * SIX_DECIMALS)


def test_shares_are_those_of_the_people(people: pd.DataFrame) -> None:
    """Of nurses' major group, the tenth of the file, drawn towards all by thirty people; and of everyone."""
    shares = {
        (row["group"], row["factor"], row["level"]): float(row["share"]) for row in read_table("workforce_shares")
    }
    everyone, group = people, people[people["occ2"] == "10"]
    for level in ("bachelor", "advanced"):
        all_, own = ((each["education"] == level).mean() for each in (everyone, group))
        drawn = (len(group) * own + 30 * all_) / (len(group) + 30)
        assert shares["00", "education", level] == pytest.approx(all_, abs=4 * SIX_DECIMALS)  # adds up as printed
        assert shares["29", "education", level] == pytest.approx(drawn, abs=4 * SIX_DECIMALS)
    beginners = (group["exp1"] < 0.5).mean()
    drawn = (len(group) * beginners + 30 * (everyone["exp1"] < 0.5).mean()) / (len(group) + 30)
    assert shares["29", "experience", "0"] == pytest.approx(drawn, abs=4 * SIX_DECIMALS)


@pytest.mark.parametrize("occupation", ["29-1141", "47-2111", "15-1252", "25-2021", "27-2011", "29-1211"])
def test_every_level_is_a_proxy_with_source_year_and_population(occupation: str) -> None:
    """In words, too: the model's notes and the profile's say so."""
    model = SalaryModel.for_occupation(occupation)
    for name in ("experience", "education"):
        factor = model.factor(name)
        for level in factor.levels:
            assert level.is_proxy == (level.name != factor.baseline)
            assert level.year == 2015
            assert "Current Population Survey 2015" in level.source
            assert "all occupations" in level.population
            assert "people of the wage equation" in level.share_source
    title = wf.oews.cell(occupation).occupation_title
    assert any(note.startswith(f"experience, education: proxies, no figures of {title}") for note in model.notes)
    person = model.profile(experience=8, education="bachelor")
    assert any(note.startswith("Proxies, measured on other people") for note in person.notes)


def test_narrow_occupations_have_smaller_premiums() -> None:
    """Postal carriers' pay is nearly the same for all; the part of its variance that is explained stays the same."""
    row = read_table("wage_equation")[0]
    for occupation in ("43-5052", "29-1141"):
        model = SalaryModel.for_occupation(occupation, 2025)
        total = 0.0
        for name in ("experience", "education"):
            levels = model.factor(name).levels
            logs = np.log([level.ratio for level in levels])
            shares = np.array([level.share for level in levels])
            total += shares @ logs**2 - (shares @ logs) ** 2
        wages = model.anchor.rvs(400_000, rng=1)
        assert total / np.log(wages).var() == pytest.approx(float(row["explained"]), rel=0.02)  # of 400,000 draws
        assert any("of the equation's, as pay in this occupation spreads less" in note for note in model.notes)
    athletes = SalaryModel.for_occupation("27-2021", 2025)  # the widest spread of all
    bachelor = {level.name: level for level in athletes.factor("education").levels}["bachelor"]
    assert bachelor.ratio == float(next(r["ratio"] for r in read_table("wage_equation") if r["level"] == "bachelor"))
    assert not any("spreads less" in note for note in athletes.notes)
