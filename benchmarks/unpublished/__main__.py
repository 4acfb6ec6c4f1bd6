"""How near estimates of unpublished cells come to left-out published ones: python benchmarks/unpublished DATA.

Metropolitan and nonmetropolitan areas of May 2025, cells with five percentiles. Left out are a random tenth of them, or
whole areas, twenty at once. The rest goes to `wagefit.oews.estimate_unpublished`, which knows the rows of the states
and of the nation; the cells that were left out keep their employment, or lose it too.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from rivals import PERCENTILES, RIVALS, Sample

import wagefit as wf
from wagefit.oews.areas import is_interstate, state_of

P = (0.1, 0.25, 0.5, 0.75, 0.9)
HEAD = f"{'median absolute error, %':<34}" + "".join(f"{name.upper():>8}" for name in (*PERCENTILES, "mean"))
LEVEL = 0.9
AREAS_AT_ONCE = 20
FEWEST_AREAS = 5  # whose spread tells a standard error
SIZES = ("small", "middle", "large")


def read(folder: Path, name: str) -> pd.DataFrame:
    """Rows of one file of May 2025 with five percentiles."""
    table = wf.oews.read(folder / "oews" / "may2025" / f"oews_m2025_{name}.csv.gz", backend="pandas")
    return table.dropna(subset=PERCENTILES).reset_index(drop=True)


def thirds(values: pd.Series) -> pd.Series:
    """Which third of the values each lies in, 0 to 2."""
    return pd.Series(np.searchsorted(np.quantile(values, [1 / 3, 2 / 3]), values), index=values.index)


class Benchmark:
    """The areas' cells beside those of their states and of the nation."""

    def __init__(self, folder: Path) -> None:
        self.cells, self.states, self.nation = (read(folder, name) for name in ("metros", "states", "national"))
        self.cells = self.cells[self.cells["occupation"].isin(self.nation["occupation"])].reset_index(drop=True)
        titles = self.cells.drop_duplicates("area").set_index("area")["area_title"]
        self.state = self.cells["area"].map(titles.map(state_of))
        self.groups = self._groups(self.cells["area"].map(titles.map(is_interstate)).to_numpy())

    def _groups(self, is_across: np.ndarray) -> dict[str, np.ndarray]:
        """Whether each cell is in each group of which the coverage is printed."""
        people = self.cells.groupby("area")["employment"].sum()
        area_size = self.cells["area"].map(thirds(people)).to_numpy()
        cell_size = thirds(self.cells["employment"].fillna(0.0)).to_numpy()
        groups = {"all": np.ones(len(self.cells), dtype=bool)}
        groups |= {f"{SIZES[k]} areas": area_size == k for k in range(3)}
        groups |= {"interstate areas": is_across}
        return groups | {f"{SIZES[k]} cells": cell_size == k for k in range(3)}

    def estimates(self, is_out: np.ndarray, keeps_employment: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Wages and ends of intervals of the cells left out, each of shape (n, 5)."""
        left = self.cells.copy()
        left.loc[is_out, PERCENTILES] = np.nan
        if not keeps_employment:
            left.loc[is_out, "employment"] = np.nan
        result = wf.oews.estimate_unpublished(left)
        frame = result.to_frame(level=LEVEL, backend="pandas").set_index(["area", "occupation"])
        rows = frame.loc[pd.MultiIndex.from_frame(self.cells.loc[is_out, ["area", "occupation"]])]
        found = (rows[[f"{name}{part}" for name in PERCENTILES]].to_numpy() for part in ("", "_low", "_high"))
        wages, low, high = found
        return wages, low, high

    def sample(self, is_out: np.ndarray) -> Sample:
        """What the rivals see."""
        return Sample(self.cells, self.state, self.states, self.nation, is_out)

    def truth(self, is_out: np.ndarray) -> np.ndarray:
        """The published percentiles that were left out."""
        wages: np.ndarray = self.cells.loc[is_out, PERCENTILES].to_numpy()
        return wages


def errors(wages: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Median absolute error of each percentile and of the mean of the curve through them, in percent."""
    both = (np.column_stack([each, means(each)]) for each in (wages, truth))
    found, published = both
    return 100.0 * np.nanmedian(np.abs(found / published - 1.0), axis=0)


def means(wages: np.ndarray) -> np.ndarray:
    """Means of the curves through percentiles, as no mean of an area is published; NaN where they do not rise."""
    return wf.fit_many(quantiles=dict(zip(P, wages.T, strict=True))).mean()


def print_errors(name: str, wages: np.ndarray, truth: np.ndarray) -> None:
    """One row of the table of errors."""
    print(f"{name:<34}" + "".join(f"{value:8.2f}" for value in errors(wages, truth)))


def coverage(inside: np.ndarray, area: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Share of intervals that hold the figure, and its standard error, cells of an area going together.

    The error is that of a ratio of two sums over areas, intervals that hold and cells.
    """
    share = inside.mean(axis=0)
    surplus = pd.DataFrame(inside - share).groupby(area).sum().to_numpy()
    n = len(surplus)
    return share, np.sqrt((surplus**2).sum(axis=0) * n / (n - 1)) / len(inside)


def print_coverage(inside: np.ndarray, groups: dict[str, np.ndarray], area: np.ndarray) -> None:
    """How many of the intervals hold the published figure, with standard errors; of groups of few areas nothing."""
    print(f"{f'{LEVEL:.0%} intervals that hold it, %':<34}" + "".join(f"{name.upper():>12}" for name in PERCENTILES))
    for name, chosen in groups.items():
        if len(np.unique(area[chosen])) < FEWEST_AREAS:
            continue
        shares, deviations = coverage(inside[chosen], area[chosen])
        figures = (f"{100 * share:.1f} ± {100 * error:.1f}" for share, error in zip(shares, deviations, strict=True))
        print(f"{f'{name} ({chosen.sum():,} cells)':<34}" + "".join(f"{figure:>12}" for figure in figures))


def run(benchmark: Benchmark, title: str, parts: Iterator[np.ndarray], keeps_employment: bool, rivals: bool) -> None:
    """Prints errors and coverage over parts that are left out one after the other."""
    found: dict[str, list[np.ndarray]] = {name: [] for name in ("estimate_unpublished", *(RIVALS if rivals else ()))}
    truth, inside, out, seconds = [], [], [], []
    for is_out in parts:
        start = time.process_time()
        wages, low, high = benchmark.estimates(is_out, keeps_employment)
        seconds.append(time.process_time() - start)
        is_found = np.isfinite(wages).all(axis=1)
        truth.append(benchmark.truth(is_out)[is_found])
        inside.append((truth[-1] >= low[is_found]) & (truth[-1] <= high[is_found]))
        out.append(np.flatnonzero(is_out)[is_found])
        found["estimate_unpublished"].append(wages[is_found])
        for name in [name for name in found if name in RIVALS]:
            found[name].append(RIVALS[name](benchmark.sample(is_out))[is_found])
    every, rows = np.vstack(truth), np.concatenate(out)
    print(f"\n{title}: {len(every):,} cells, {np.median(seconds):.1f} s of processor time a run\n\n{HEAD}")
    for name, wages_of in found.items():
        print_errors(name, np.vstack(wages_of), every)
    print()
    groups = {name: chosen[rows] for name, chosen in benchmark.groups.items()}
    print_coverage(np.vstack(inside), groups, benchmark.cells["area"].to_numpy()[rows])


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(prog="python benchmarks/unpublished", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with oews/may2025/")
    parser.add_argument("--seed", type=int, default=2025)
    parser.add_argument("--all-areas", action="store_true", help="every area once, twenty at a time")
    options = parser.parse_args()
    benchmark, rng = Benchmark(options.data), np.random.default_rng(options.seed)
    tenth = rng.random(len(benchmark.cells)) < 0.1
    areas = rng.permutation(benchmark.cells["area"].unique())
    folds = [areas[i : i + AREAS_AT_ONCE] for i in range(0, len(areas), AREAS_AT_ONCE)]
    is_in = [benchmark.cells["area"].isin(fold).to_numpy() for fold in folds]
    run(benchmark, "A random tenth", iter([tenth]), True, True)
    run(benchmark, "The same tenth, employment unknown too", iter([tenth]), False, False)
    run(benchmark, "Twenty whole areas", iter(is_in[:1]), True, True)
    if options.all_areas:
        run(benchmark, "Every area, twenty whole areas at a time", iter(is_in), True, True)


if __name__ == "__main__":
    main()
