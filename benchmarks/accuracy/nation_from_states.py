"""The nation's percentiles from the states': employment-weighted mixtures of state cells beside the published ones.

Run as `python benchmarks/accuracy/nation_from_states.py DATA`, DATA the folder with oews/may2025. Occupations whose
states and District of Columbia cover at least 98 % of national employment. Median (95th percentile) over occupations
of the absolute error in percent.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
from mixtures import LEAST_COVERAGE, METHODS, NAMES, print_errors, print_head, usable

import wagefit as wf


def read(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """State rows with five percentiles and employment, and the nation's rows by occupation."""
    files = (folder / "oews" / "may2025" / f"oews_m2025_{name}.csv.gz" for name in ("states", "national"))
    states, nation = (usable(wf.oews.read(file, backend="pandas")) for file in files)
    states, nation = states[states["area_type"] == "state"], nation.set_index("occupation")
    covered = states.groupby("occupation")["employment"].sum() / nation["employment"]
    kept = covered.index[covered >= LEAST_COVERAGE]
    return states[states["occupation"].isin(kept)], nation.loc[kept]


def main() -> None:
    states, nation = read(Path(sys.argv[1]))
    print(f"{len(nation)} occupations, {len(states):,} state cells; median (95th percentile) of the error in percent")
    print_head()
    for name, method in METHODS.items():
        print_errors(name, method(states, states["occupation"]), nation[NAMES].to_numpy())


if __name__ == "__main__":
    main()
