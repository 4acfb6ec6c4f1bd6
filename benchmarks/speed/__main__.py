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

import estimation
import numpy as np
from peers import P, PiecewiseLognormal

import wagefit as wf

CELLS, EVALUATED = 400_000, 10_000
REPEATS = 3


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


def main() -> None:
    quantiles, mean = real_rows(Path(sys.argv[1]), CELLS)
    facts = dict(zip(P.tolist(), quantiles.T, strict=True))
    print(f"{'nanoseconds an item, one thread':44}{'wagefit':>12}{'NumPy':>12}{'ratio':>10}")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    wf.fit_many(mean=mean, quantiles=facts, n_threads=1)
    fitted = time.perf_counter() - start
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    peer = least(lambda: PiecewiseLognormal(quantiles, mean))
    show("fit five percentiles and the mean, a cell", fitted, peer, CELLS)
    start = time.perf_counter()
    wf.fit_many(quantiles=facts, n_threads=1)
    show("fit five percentiles, a cell", time.perf_counter() - start, None, CELLS)
    other = PiecewiseLognormal(quantiles[:EVALUATED], mean[:EVALUATED])
    few = wf.fit_many(mean=mean[:EVALUATED], quantiles={p: q[:EVALUATED] for p, q in facts.items()}, n_threads=1)
    p, x = np.linspace(0.005, 0.995, 100), np.linspace(15_000, 200_000, 100)
    show("ppf, an evaluation", least(lambda: few.ppf(p)), least(lambda: other.ppf(p)), 100 * EVALUATED)
    show("cdf, an evaluation", least(lambda: few.cdf(x)), least(lambda: other.cdf(x)), 100 * EVALUATED)
    show("pdf, an evaluation", least(lambda: few.pdf(x)), None, 100 * EVALUATED)
    some = few[:1_000]
    show("Gini and mean, a cell", least(lambda: (some.gini(), some.mean())), None, 1_000)
    show("99 Lorenz ordinates, a cell", least(lambda: some[:200].lorenz(np.arange(1, 100) / 100)), None, 200)
    print(f"peak growth while fitting {CELLS:,} cells: {grown / 1024:,.0f} MB")
    estimation.main(Path(sys.argv[1]))


if __name__ == "__main__":
    main()
