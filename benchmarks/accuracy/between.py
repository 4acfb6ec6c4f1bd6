"""Published percentiles between the facts: the UK's Annual Survey of Hours and Earnings (ASHE), which prints eleven."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import curve
import numpy as np
import pandas as pd
from methods import Method
from scores import percent_off, root_mean_square
from shape_prior.groups import PROBABILITIES

HIDDEN = np.array([0.20, 0.30, 0.40, 0.60, 0.70, 0.80])
METHODS = ("lognormal", "piecewise, mean", "smoothed piecewise", "PCHIP")  # PCHIP with the mean is the same here
REFERENCE = "PCHIP"
GIVEN_COLUMNS, HIDDEN_COLUMNS = ["10", "25", "Median", "75", "90"], ["20", "30", "40", "60", "70", "80"]
STEP = {"annual": 1.0, "hourly": 0.01}  # pounds that the tables round to
SAMPLED = 0.01  # of all jobs are in the survey
EVERY = 4  # cells from one whose posterior is drawn to the next
LEVEL = 0.9


@dataclass(frozen=True)
class Cells:
    """n cells of one table.

    Attributes
    ----------
    label : str
        Number and year of the table.
    quantiles, hidden : (n, 5), (n, 6) arrays
        Percentiles to fit and to score, in pounds.
    mean, jobs : (n,) arrays
        In pounds; jobs in the population.
    step : float
        What wages are rounded to.
    """

    label: str
    quantiles: np.ndarray
    hidden: np.ndarray
    mean: np.ndarray
    jobs: np.ndarray
    step: float


def read_tables(data: Path) -> list[Cells]:
    """Every table, its complete cells whose five percentiles ascend."""
    return [_read_table(path) for path in sorted((data / "ashe").glob("*.csv"))]


def _read_table(path: Path) -> Cells:
    text = pd.read_csv(path, encoding="latin-1", dtype=str)
    jobs = text.columns[2]
    names = [*GIVEN_COLUMNS, *HIDDEN_COLUMNS, "Mean", jobs]
    figures = text[names].apply(lambda each: pd.to_numeric(each.str.replace(",", ""), errors="coerce"))
    figures = figures[figures[names[:-1]].notna().all(axis=1)]
    figures = figures[(np.diff(figures[GIVEN_COLUMNS]) > 0).all(axis=1)]
    _, table, year, *_ = path.stem.split("_")
    return Cells(
        label=f"{table} {year[:4]}",
        quantiles=figures[GIVEN_COLUMNS].to_numpy(),
        hidden=figures[HIDDEN_COLUMNS].to_numpy(),
        mean=figures["Mean"].to_numpy(),
        jobs=1000 * figures[jobs].to_numpy(),
        step=next(step for unit, step in STEP.items() if unit in path.stem),
    )


def errors(tables: list[Cells], method: Method) -> np.ndarray:
    """Errors of the hidden percentiles of all cells in percent, shape (n, 6)."""
    fitted = (method(PROBABILITIES, cells.quantiles, cells.mean).ppf(HIDDEN) for cells in tables)
    return np.concatenate([percent_off(each, cells.hidden) for each, cells in zip(fitted, tables, strict=True)])


def by_label(tables: list[Cells]) -> np.ndarray:
    """The label of each cell, shape (n,)."""
    return np.concatenate([np.repeat(cells.label, len(cells.mean)) for cells in tables])


def print_errors(found: dict[str, np.ndarray], label: np.ndarray) -> None:
    """Root mean square and median errors by percentile, and their ratios to the smooth interpolator's by table."""
    for title, of in (("root mean square", root_mean_square), ("median absolute", median_absolute)):
        head = "".join(f"{f'P{round(100 * p)}':>7}" for p in HIDDEN)
        print(f"{f'{title}, %':28}{head}   average / {REFERENCE}'s")
        for name, each in found.items():
            values, reference = of(each), of(found[REFERENCE])
            cells = "".join(f"{value:7.3f}" for value in values)
            print(f"  {name:26}{cells} {values.mean():9.3f} {(values / reference).mean():9.3f}")
    labels = np.unique(label)
    print(f"{'/ ' + REFERENCE + ', root mean square':28}" + "".join(f"{name:>15}" for name in labels))
    for name, each in found.items():
        ratios = [
            (root_mean_square(each[label == one]) / root_mean_square(found[REFERENCE][label == one])).mean()
            for one in labels
        ]
        print(f"  {name:26}" + "".join(f"{value:15.3f}" for value in ratios))
    print(f"  {'cells':26}" + "".join(f"{(label == one).sum():15,}" for one in labels))


def median_absolute(each: np.ndarray) -> np.ndarray:
    """Over cells, shape (6,)."""
    return np.median(abs(each), axis=0)


def intervals(tables: list[Cells], people_per_job: float, n_draws: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Hits (6,) and widths (6,), in percent, of the intervals of every fourth cell whose number of jobs is known."""
    for cells in tables:
        for i in np.flatnonzero(np.isfinite(cells.jobs))[::EVERY]:
            size = max(people_per_job * cells.jobs[i], 1.0)
            draws = curve.posterior(PROBABILITIES, cells.quantiles[i], cells.mean[i], size, n_draws, int(i), cells.step)
            low, high = np.quantile(draws.ppf(HIDDEN), [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
            # The published figure is itself rounded.
            hit = (low - cells.step / 2 <= cells.hidden[i]) & (cells.hidden[i] <= high + cells.step / 2)
            yield hit, 100 * (high - low) / cells.hidden[i]


def print_intervals(tables: list[Cells], n_draws: int) -> None:
    """Coverage and mean width of the intervals, as many people behind the facts as jobs or as in the survey."""
    print(f"{f'{LEVEL:.0%} intervals':28}" + "".join(f"{f'P{round(100 * p)}':>7}" for p in HIDDEN))
    for name, share in (("all jobs", 1.0), ("the 1 % sampled", SAMPLED)):
        hits, widths = map(np.array, zip(*intervals(tables, share, n_draws), strict=True))
        print(f"  {'covered, %, ' + name:26}" + "".join(f"{value:7.1f}" for value in 100 * hits.mean(axis=0)))
        print(f"  {'width, %, ' + name:26}" + "".join(f"{value:7.2f}" for value in widths.mean(axis=0)))
