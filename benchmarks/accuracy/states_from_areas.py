"""The states' percentiles from their areas': employment-weighted mixtures of metropolitan and nonmetropolitan cells.

Run as `python benchmarks/accuracy/states_from_areas.py DATA`, DATA the folder with oews/may2025. An area belongs to
the state that its title names: a metropolitan area to the postal code behind the comma, a nonmetropolitan area to the
state whose name is in it. Areas that lie in several states are left out, as their cells cannot be divided. Cells
(state and occupation) whose areas cover at least 98 % of the state's employment. Median (95th percentile) over cells of
the absolute error in percent; one row a method for all of them, one for those of two areas or more.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
from mixtures import LEAST_COVERAGE, METHODS, NAMES, print_errors, print_head, usable

import wagefit as wf


def state_of(title: str, area_type: str, postal_code: Mapping[str, str]) -> str | None:
    """Postal code of the one state that an area lies in; None if there are several or none is known."""
    if area_type == "metropolitan":
        code = title.rpartition(", ")[2]
        return code if code in postal_code.values() else None
    named = [name for name in postal_code if name in title]  # West Virginia names Virginia too
    return postal_code[max(named, key=len)] if named else None


def cell_of(rows: pd.DataFrame, state: pd.Series) -> pd.Series:
    """Labels such as `OH 29-2072`; missing where the state is."""
    return state.astype("string") + " " + rows["occupation"].astype("string")


def read(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Area rows with the column `cell`, and the states' rows by cell; both with five percentiles and employment."""
    files = (folder / "oews" / "may2025" / f"oews_m2025_{name}.csv.gz" for name in ("metros", "states"))
    areas, states = (usable(wf.oews.read(file, backend="pandas")) for file in files)
    states = states[states["area_type"] == "state"]
    postal_code = dict(zip(states["area_title"], states["area"], strict=True))
    known = areas[["area", "area_title", "area_type"]].drop_duplicates()
    state = {area: state_of(title, kind, postal_code) for area, title, kind in known.itertuples(index=False)}
    areas = areas.assign(cell=cell_of(areas, areas["area"].map(state)))
    states = states.assign(cell=cell_of(states, states["area"])).set_index("cell")
    covered = areas.groupby("cell")["employment"].sum() / states["employment"]
    kept = covered.index[covered >= LEAST_COVERAGE]
    return areas[areas["cell"].isin(kept)], states.loc[kept]


def main() -> None:
    areas, states = read(Path(sys.argv[1]))
    is_mixed = areas.groupby("cell").size().to_numpy() > 1
    print(f"{len(states):,} cells ({np.sum(is_mixed):,} of two areas or more), {len(areas):,} area cells")
    print_head()
    for name, method in METHODS.items():
        mixed, published = method(areas, areas["cell"]), states[NAMES].to_numpy()
        print_errors(name, mixed, published)
        print_errors("  two areas or more", mixed[is_mixed], published[is_mixed])


if __name__ == "__main__":
    main()
