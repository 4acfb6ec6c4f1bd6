"""Made-up workforces with known factors: correlated levels, a residual, and the wages, brackets and cells they give."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

EDUCATION = {"high school": 0.0, "associate": 0.10, "bachelor": 0.24}  # effects on log wage
CREDENTIAL = {"none": 0.0, "held": 0.125}
REGION = {"rural": 0.0, "urban": 0.16}
EXPERIENCE = {1: 0.026, 2: -0.0004}  # by power of the years
CONSTANT = np.log(24_000.0)
FIRMS, FIRM_SPREAD = 80, 0.08
BRACKETS = np.array([0, 20_000, 30_000, 40_000, 50_000, 65_000, 80_000, np.inf])


@dataclass(frozen=True)
class Residual:
    """Spread of log wages among people alike: `least`, and how much each year and a bachelor's degree add."""

    least: float = 0.22
    a_year: float = 0.0
    bachelor: float = 0.0


def people(n: int, rng: np.random.Generator, residual: Residual = Residual(), firms: bool = False) -> pd.DataFrame:
    """A sample of `n` people: levels, `wage` in dollars a year, and the firm they work for.

    Shares are correlated: the better educated hold the credential more often, live in towns and have worked for less
    long. With `firms` everybody in a firm shares an effect, and firms are in the country or in town.
    """
    education = rng.choice(3, n, p=(0.35, 0.40, 0.25))
    firm = rng.integers(FIRMS, size=n)
    town = firm % 4 > 0 if firms else rng.random(n) < np.array([0.60, 0.75, 0.90])[education]
    held = rng.random(n) < np.array([0.30, 0.65, 0.55])[education]
    years = np.round(rng.gamma(2.0, np.array([8.0, 6.0, 5.0])[education])).clip(0, 40)
    log_wage = CONSTANT + np.array([*EDUCATION.values()])[education] + CREDENTIAL["held"] * held
    log_wage += REGION["urban"] * town + sum(effect * years**power for power, effect in EXPERIENCE.items())
    spread = residual.least + residual.a_year * years + residual.bachelor * (education == 2)
    log_wage += spread * rng.standard_normal(n)
    if firms:
        log_wage += FIRM_SPREAD * rng.standard_normal(FIRMS)[firm]
    return pd.DataFrame(
        {
            "education": pd.Categorical.from_codes(education, [*EDUCATION]),
            "credential": pd.Categorical.from_codes(held.astype(int), [*CREDENTIAL]),
            "region": pd.Categorical.from_codes(np.asarray(town, dtype=int), [*REGION]),
            "experience": years,
            "firm": firm,
            "wage": np.exp(log_wage),
        }
    )


def bracketed(frame: pd.DataFrame) -> pd.DataFrame:
    """The people of `frame` with their wages known as brackets `low` to `high`."""
    at = np.searchsorted(BRACKETS, frame["wage"].to_numpy(), side="right")
    return frame.assign(low=BRACKETS[at - 1], high=BRACKETS[at])


def cells(rng: np.random.Generator, between: float = 0.04) -> pd.DataFrame:
    """Published cells of three degrees by thirty areas: `mean`, `mean_rse` in percent, `employment`.

    Areas in town employ more, and more of the educated, and small cells are left out as an agency leaves them out. The
    log of a cell's mean has its factors, what they leave out (`between`) and a sampling error of 1 / sqrt(employment).
    """
    area, education = (part.ravel() for part in np.meshgrid(np.arange(30), np.arange(3), indexing="ij"))
    town = area % 3 > 0
    size = 400.0 * np.exp(0.8 * rng.standard_normal(30))[area]
    employment = np.round(size * np.where(town, 1.0 + 0.5 * education, 1.0))
    shown = employment > 150
    truth = CONSTANT + np.array([*EDUCATION.values()])[education] + REGION["urban"] * town
    error = 1.0 / np.sqrt(employment)
    noise = between * rng.standard_normal(90) + error * rng.standard_normal(90)
    frame = pd.DataFrame(
        {
            "education": pd.Categorical.from_codes(education, [*EDUCATION]),
            "region": pd.Categorical.from_codes(town.astype(int), [*REGION]),
            "employment": employment,
            "mean": np.exp(truth + noise),
            "mean_rse": 100.0 * error,
        }
    )
    return frame[shown].reset_index(drop=True)
