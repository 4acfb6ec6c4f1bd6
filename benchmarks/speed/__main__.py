"""Times of the common tasks, each beside a careful NumPy peer in the same run.

Run as `python benchmarks/speed DATA`, DATA the folder with oews/national. Single thread; the least of several runs;
real rows resampled. The ratio is wagefit's time over the peer's: below 1 wagefit is faster.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import careers
import estimation
import numpy as np
from peers import P, PiecewiseLognormal

import wagefit as wf

CELLS, EVALUATED = 400_000, 10_000
REPEATS = 7


def real_rows(folder: Path, n: int) -> tuple[np.ndarray, np.ndarray]:
    """`n` rows with five percentiles and a mean, drawn with replacement from the national workbooks of 2014-2021."""
    tables = [
        wf.oews.read(file, backend="pandas")
        for file in sorted((folder / "oews" / "national").glob("*.xlsx"))
        if "field" not in file.name
    ]
    names = ["p10", "p25", "p50", "p75", "p90", "mean"]
    rows = np.concatenate([table[names].dropna().to_numpy() for table in tables])
    drawn = rows[np.random.default_rng(0).integers(0, len(rows), n)]
    return drawn[:, :5], drawn[:, 5]


def least(task: Callable[[], object]) -> float:
    """Seconds of the fastest run."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return min(times)


def show(name: str, ours: float, peer: float | None, n: int) -> None:
    """One row of the table, times in nanoseconds an item."""
    beside = f"{1e9 * peer / n:12,.1f}{ours / peer:10.2f}" if peer else f"{'':>12}{'':>10}"
    print(f"{name:44}{1e9 * ours / n:12,.1f}{beside}", flush=True)


def fits(quantiles: np.ndarray, mean: np.ndarray) -> None:
    """The fit of all cells: with and without the mean, on one thread and on two, and the memory it takes."""
    facts = dict(zip(P.tolist(), np.ascontiguousarray(quantiles.T), strict=True))  # columns, as a table has them
    mean = np.ascontiguousarray(mean)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    cells = wf.fit_many(mean=mean, quantiles=facts, n_threads=1)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    del cells
    n, peer = len(mean), least(lambda: PiecewiseLognormal(quantiles, mean))
    one = least(lambda: wf.fit_many(mean=mean, quantiles=facts, n_threads=1))
    two = least(lambda: wf.fit_many(mean=mean, quantiles=facts, n_threads=2))
    alone = least(lambda: wf.fit_many(quantiles=facts, n_threads=1))
    show("fit five percentiles and the mean, a cell", one, peer, n)
    show("fit them on two threads, a cell", two, peer, n)
    show("fit five percentiles, a cell", alone, peer, n)
    print(f"peak growth while fitting {n:,} cells: {grown / 1024:,.0f} MB", flush=True)


def evaluations(quantiles: np.ndarray, mean: np.ndarray) -> None:
    """Cells by points, and summaries a cell."""
    other, n = PiecewiseLognormal(quantiles, mean), len(mean)
    few = wf.fit_many(mean=mean, quantiles=dict(zip(P.tolist(), quantiles.T, strict=True)), n_threads=1)
    p, x, ordinates = np.linspace(0.005, 0.995, 100), np.linspace(15_000, 200_000, 100), np.arange(1, 100) / 100
    show("ppf, an evaluation", least(lambda: few.ppf(p)), least(lambda: other.ppf(p)), 100 * n)
    show("cdf, an evaluation", least(lambda: few.cdf(x)), least(lambda: other.cdf(x)), 100 * n)
    show("pdf, an evaluation", least(lambda: few.pdf(x)), least(lambda: other.pdf(x)), 100 * n)
    both, theirs = least(few.mean_and_gini), least(other.mean_and_gini)
    show("Gini and mean, a cell", both, theirs, n)
    lorenz, theirs = least(lambda: few.lorenz(ordinates)), least(lambda: other.lorenz(ordinates))
    show("99 Lorenz ordinates, a cell", lorenz, theirs, n)


def draws(quantiles: np.ndarray, mean: np.ndarray) -> None:
    """A million draws of one cell, with the draws of normal numbers."""
    n, rng = 1_000_000, np.random.default_rng(0)
    pay = wf.fit(mean=float(mean[0]), quantiles=dict(zip(P.tolist(), quantiles[0].tolist(), strict=True)))
    other = PiecewiseLognormal(quantiles[:1], mean[:1])
    show("rvs, a draw", least(lambda: pay.rvs(n, rng=1)), least(lambda: other.rvs(n, rng)), n)


def mixtures(quantiles: np.ndarray, mean: np.ndarray) -> None:
    """Five quantiles of 51 cells mixed, as of an occupation's states: the first ones of a mixture, and more of them."""
    states = wf.fit_many(mean=mean, quantiles=dict(zip(P.tolist(), quantiles.T, strict=True)), n_threads=1)
    weights, cells = np.random.default_rng(1).dirichlet(np.ones(len(mean))), [states[i] for i in range(len(mean))]
    nation, other = wf.mixture(cells, weights), PiecewiseLognormal(quantiles, mean)
    peer = least(lambda: other.mixture_ppf(P, weights))
    show("five quantiles of 51 cells mixed, the first", least(lambda: wf.mixture(cells, weights).ppf(P)), peer, 1)
    show("five more", least(lambda: nation.ppf(P)), peer, 1)


def large_mixtures(quantiles: np.ndarray, mean: np.ndarray) -> None:
    """A thousand draws and the Gini coefficient of 514 cells mixed, as of an occupation's metropolitan areas."""
    areas = wf.fit_many(mean=mean, quantiles=dict(zip(P.tolist(), quantiles.T, strict=True)), n_threads=1)
    nation = areas.mixture(weights=np.random.default_rng(2).dirichlet(np.ones(len(mean))))
    show("1,000 draws of 514 cells mixed, a draw", least(lambda: nation.rvs(1_000, rng=1, n_threads=1)), None, 1_000)
    show("Gini coefficient of 514 cells mixed", least(nation.gini), None, 1)


def main() -> None:
    """Prints the table."""
    quantiles, mean = real_rows(Path(sys.argv[1]), CELLS)
    print(f"{'nanoseconds an item, one thread':44}{'wagefit':>12}{'NumPy':>12}{'ratio':>10}")
    fits(quantiles, mean)
    evaluations(quantiles[:EVALUATED], mean[:EVALUATED])
    draws(quantiles[:1], mean[:1])
    rows = np.unique(np.column_stack([quantiles, mean]), axis=0)
    states = rows[rows[:, 2].argsort()][:: len(rows) // 150][50:101]  # the middle third of medians
    mixtures(states[:, :5], states[:, 5])
    large_mixtures(quantiles[:514], mean[:514])
    estimation.main(Path(sys.argv[1]))
    careers.main()


if __name__ == "__main__":
    main()
