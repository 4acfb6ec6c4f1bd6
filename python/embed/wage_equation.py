"""Writes wage_equation.csv and workforce_shares.csv: what education and experience go with, whatever the occupation.

Usage: python wage_equation.py <data folder> [<output folder>]

One equation, log(wage) on education, experience and its square with an effect of each detailed occupation, so that
people are compared with others of the same occupation. The shares are those of the same people by major group.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
from tables import Row, run, write_table

from wagefit import Factor, estimate_factors
from wagefit.estimation import Estimate

FILE = "cps2015_wage_occ_subsample_causalaibook.csv.gz"
SOURCE = (
    "Wage equation within detailed occupations; March supplement of the Current Population Survey 2015, extract of the "
    "book Applied Causal Inference Powered by ML and AI"
)
YEAR = 2015
POPULATION = "Never-married white workers of 25 to 64, full time all year, United States, all occupations"
FORMULA = "log(wage) ~ C(education) + experience + I(experience ** 2)"
# Indicator columns of the file, in the order of the ladder; the baseline sorts first in the equation.
EDUCATION = {
    "shs": ("less than high school", "Less than a high school diploma"),
    "hsg": ("high school", "High school diploma"),
    "scl": ("some college", "Some college or associate degree"),
    "clg": ("bachelor", "Bachelor's degree"),
    "ad": ("advanced", "Master's, professional or doctoral degree"),
}
BASELINE = "high school"
EXPERIENCE = (0, 1, 2, 3, 5, 8, 10, 15, 20, 25, 30)
POWERS = {"experience": 1, "I(experience ** 2)": 2}
EXPERIENCE_NOTE = "Years since leaving school (age less years of schooling less seven), not years in the occupation"
# The file numbers the major groups of the Standard Occupational Classification in their order.
MAJOR_GROUPS = {number: str(9 + 2 * number) for number in range(1, 23)}
EVERYONE = "00"
PRIOR_PEOPLE = 30  # of all groups together, added to each group, so that no share rests on a handful of people
COLUMNS = (
    "factor", "level", "label", "x", "ratio", "standard_error", "baseline", "source", "year", "population", "note",
    "explained",
)  # fmt: skip
SHARE_COLUMNS = ("group", "people", "factor", "level", "share")


def workers(data: Path) -> pd.DataFrame:
    """A row a person: wage, education, years of experience, detailed occupation and major group."""
    file = pd.read_csv(data / "microdata" / FILE)
    group = file["occ2"].map(MAJOR_GROUPS)
    return pd.DataFrame(
        {
            "wage": file["wage"],
            "education": file[list(EDUCATION)].idxmax(axis=1).map({key: name for key, (name, _) in EDUCATION.items()}),
            "experience": file["exp1"],
            "occupation": group + "-" + file["occ"].astype(str),
            "group": group,
        }
    )


def wage_equation(people: pd.DataFrame) -> Estimate:
    """The equation, with the occupations absorbed and errors that may be correlated within them."""
    ladder = [BASELINE, *(name for name, _ in EDUCATION.values() if name != BASELINE)]
    ordered = people.assign(education=pd.Categorical(people["education"], ladder))
    return estimate_factors(ordered, FORMULA, absorb="occupation", cluster="occupation")


def explained(people: pd.DataFrame, equation: Estimate) -> float:
    """The part of the variance of log wages within occupations that education and experience explain."""
    logs = np.log(people["wage"])
    within = logs - logs.groupby(people["occupation"]).transform("mean")
    return 1.0 - float((np.asarray(equation.resid) ** 2).sum() / (within**2).sum())


def rows(people: pd.DataFrame) -> Iterator[Row]:
    """The ratios of both factors with their standard errors."""
    equation, everyone = wage_equation(people), shares_of(people)
    education = Factor.from_regression(
        equation, "education", dict(zip(levels("education"), everyone["education"], strict=True)), baseline=BASELINE
    )
    experience = Factor.from_regression(
        equation, "experience", dict(zip(EXPERIENCE, everyone["experience"], strict=True)), powers=POWERS
    )
    labels = dict(EDUCATION.values())
    shared: Row = {"source": SOURCE, "year": YEAR, "population": POPULATION, "explained": explained(people, equation)}
    for factor, note in ((experience, EXPERIENCE_NOTE), (education, "")):
        for level in factor.levels:
            yield shared | {
                "factor": factor.name,
                "level": level.name,
                "label": labels.get(level.name) or ("1 year" if level.at == 1 else f"{level.name} years"),
                "x": level.at,
                "ratio": level.ratio,
                "standard_error": level.standard_error,
                "baseline": factor.baseline,
                "note": note,
            }


def levels(factor: str) -> list[str]:
    """Names of a factor's levels, ascending."""
    return [name for name, _ in EDUCATION.values()] if factor == "education" else [str(years) for years in EXPERIENCE]


def shares_of(people: pd.DataFrame) -> dict[str, np.ndarray]:
    """The part of some people at each level of both factors; years of experience count at the nearest knot."""
    nearest = np.abs(people["experience"].to_numpy()[:, None] - np.array(EXPERIENCE)).argmin(axis=1)
    counts = {
        "education": people["education"].value_counts().reindex(levels("education"), fill_value=0).to_numpy(),
        "experience": np.bincount(nearest, minlength=len(EXPERIENCE)),
    }
    return {factor: count / len(people) for factor, count in counts.items()}


def share_rows(people: pd.DataFrame) -> Iterator[Row]:
    """Shares of everyone, then of each major group, which are drawn towards everyone's."""
    everyone = shares_of(people)
    yield from _group_rows(EVERYONE, len(people), everyone)
    for group, members in people.groupby("group"):
        own, n = shares_of(members), len(members)
        drawn = {name: (n * own[name] + PRIOR_PEOPLE * everyone[name]) / (n + PRIOR_PEOPLE) for name in own}
        yield from _group_rows(str(group), n, drawn)


def _group_rows(group: str, people: int, shares: Mapping[str, np.ndarray]) -> Iterator[Row]:
    for factor, parts in shares.items():
        for level, share in zip(levels(factor), rounded(parts), strict=True):
            yield {"group": group, "people": people, "factor": factor, "level": level, "share": share}


def rounded(parts: np.ndarray) -> list[float]:
    """Parts to six decimals, the largest taking up the rounding, so that they add up to one as printed."""
    out = np.round(parts, 6)
    out[out.argmax()] += 1.0 - out.sum()
    return [round(float(part), 6) for part in out]


def write(data: Path, output: Path) -> None:
    """Writes the two tables."""
    people = workers(data)
    write_table(output / "wage_equation.csv", COLUMNS, rows(people))
    write_table(output / "workforce_shares.csv", SHARE_COLUMNS, share_rows(people))


if __name__ == "__main__":
    run(write)
