"""Third truth: top codes imposed on published rows that have none."""

from __future__ import annotations

import curve
import numpy as np
from methods import BASELINES
from shape_prior.groups import PROBABILITIES
from shape_prior.published import PublishedRows

HIDDEN = {"P90": 1, "P75 and P90": 2}
HEIGHT = 0.95  # of the lowest hidden percentile; the top code lies that far below it


def errors(rows: PublishedRows, n_hidden: int) -> dict[str, np.ndarray]:
    """Median absolute errors in percent of the hidden percentiles by method, shape (n_hidden,)."""
    shown = slice(0, 5 - n_hidden)
    hidden_p, truth = PROBABILITIES[5 - n_hidden :], rows.quantiles[:, 5 - n_hidden :]
    code = np.maximum(HEIGHT * truth[:, 0], (rows.quantiles[:, 4 - n_hidden] + truth[:, 0]) / 2)
    given = PROBABILITIES[shown], rows.quantiles[:, shown], rows.mean
    estimates = {name: BASELINES[name](*given).ppf(hidden_p) for name in ("lognormal", "piecewise, mean")}
    at_code = dict.fromkeys(hidden_p.tolist(), code)
    estimates["the code itself"] = np.repeat(code[:, None], n_hidden, axis=1)
    estimates["curve"] = curve.fit(*given, at_least=at_code).ppf(hidden_p)
    return {name: np.median(100 * abs(estimate / truth - 1), axis=0) for name, estimate in estimates.items()}


def print_table(rows: PublishedRows) -> None:
    """Both cases."""
    for label, n_hidden in HIDDEN.items():
        print(f"{label} at or above the code", *(f"{f'P{round(100 * p)}':>7}" for p in PROBABILITIES[5 - n_hidden :]))
        for name, values in errors(rows, n_hidden).items():
            print(f"  {name:20}", *(f"{value:7.2f}" for value in values))
