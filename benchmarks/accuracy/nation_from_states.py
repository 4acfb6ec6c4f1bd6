"""The nation's percentiles from the states': employment-weighted mixtures of state cells beside the published ones.

Run as `python benchmarks/accuracy/nation_from_states.py DATA`, DATA the folder with oews/may2025. Occupations whose
states and District of Columbia cover at least 98 % of national employment. Median (95th percentile) over occupations
of the absolute error in percent.
"""

from __future__ import annotations

import sys
from pathlib import Path

import methods
import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import ndtri

import wagefit as wf

P = np.array([0.10, 0.25, 0.50, 0.75, 0.90])
NAMES = ["p10", "p25", "p50", "p75", "p90"]
LEAST_COVERAGE = 0.98


def read(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """State rows with five percentiles and employment, and the nation's rows by occupation."""
    files = (folder / "oews" / "may2025" / f"oews_m2025_{name}.csv.gz" for name in ("states", "national"))
    states, nation = (wf.oews.read(file, backend="pandas") for file in files)
    complete = states[NAMES].notna().all(axis=1) & (states["employment"] > 0) & (states["area_type"] == "state")
    nation = nation[nation[NAMES].notna().all(axis=1)].set_index("occupation")
    covered = states[complete].groupby("occupation")["employment"].sum() / nation["employment"]
    kept = covered.index[covered >= LEAST_COVERAGE]
    return states[complete & states["occupation"].isin(kept)], nation.loc[kept]


def by_curves(states: pd.DataFrame) -> np.ndarray:
    """Percentiles of the mixtures of default curves, shape (n_occupations, 5), by ascending code."""
    return wf.fit_table(states).mixture(by=states["occupation"], weights=states["employment"]).ppf(P)


def by_chords(states: pd.DataFrame) -> np.ndarray:
    """The same with log wages linear in z between the percentiles and beyond them."""
    z, rows = ndtri(P), []
    for _, cells in states.groupby("occupation"):
        y, weights = np.log(cells[NAMES].to_numpy()), cells["employment"].to_numpy()
        slope = np.maximum(np.diff(y, axis=1) / np.diff(z), 1e-9)
        rows.append([_root(y, slope, z, weights / weights.sum(), p) for p in P])
    return np.exp(rows)


def _root(y: np.ndarray, slope: np.ndarray, z: np.ndarray, weights: np.ndarray, p: float) -> float:
    cells = np.arange(len(y))

    def excess(at: float) -> float:
        i = np.clip((y <= at).sum(axis=1) - 1, 0, len(z) - 2)
        return float(weights @ methods.ndtr(z[i] + (at - y[cells, i]) / slope[cells, i])) - p

    return float(brentq(excess, y.min() - 3, y.max() + 3, xtol=1e-12))


def main() -> None:
    states, nation = read(Path(sys.argv[1]))
    published = nation[NAMES].to_numpy()
    print(f"{len(nation)} occupations, {len(states):,} state cells; median (95th percentile) of the error in percent")
    print(f"{'':24}" + "".join(f"{name.upper():>14}" for name in NAMES))
    for name, method in (("curve", by_curves), ("piecewise log-linear", by_chords)):
        errors = 100 * np.abs(method(states) / published - 1)
        shown = "".join(
            f"{m:8.2f} ({q:.1f})"
            for m, q in zip(np.median(errors, axis=0), np.quantile(errors, 0.95, axis=0), strict=True)
        )
        print(f"{name:24}{shown}")


if __name__ == "__main__":
    main()
