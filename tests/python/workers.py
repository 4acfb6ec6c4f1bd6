"""Made-up people and their wages."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pandas as pd
import pytest


def made_up_workers(n: int = 600, seed: int = 5) -> pd.DataFrame:
    """People with known effects: 8 % a year of education, 12 % for union members, regions and trades."""
    rng = np.random.default_rng(seed)
    region = rng.choice(["north", "south", "east"], n, p=[0.5, 0.3, 0.2])
    trade = rng.choice(list("abcdefgh"), n)
    education = rng.integers(8, 20, n).astype(float)
    experience = rng.uniform(0.0, 40.0, n)
    union = rng.choice(["no", "yes"], n)
    logs = (
        1.0
        + 0.08 * education
        + 0.04 * experience
        - 0.0006 * experience**2
        + 0.12 * (union == "yes")
        + 0.1 * (region == "south")
        + 0.02 * np.char.compare_chararrays(trade, "d", ">", True)
        + rng.normal(0.0, 0.2 + 0.01 * experience)
    )
    return pd.DataFrame(
        {
            "wage": np.exp(logs),
            "education": education,
            "experience": experience,
            "union": union,
            "region": region,
            "trade": trade,
            "weight": rng.uniform(0.5, 4.0, n),
            "firm": rng.integers(0, 40, n),
        }
    )


def pyfixest_fit(formula: str, frame: pd.DataFrame, weights: str | None) -> Any:
    """The equation by pyfixest with HC1 errors."""
    pyfixest = pytest.importorskip("pyfixest")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own deprecations
        return pyfixest.feols(formula, frame, weights=weights, vcov="hetero", fixef_tol=1e-13)
