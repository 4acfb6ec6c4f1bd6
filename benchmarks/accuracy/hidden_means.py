"""Means of industry cells that were hidden from the fit, alone and beside the nation's curve of the same occupation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from measures import LogQuantiles
from parent_rule.parts import NAMES, nation_of, spread_over_sectors, usable
from scipy.special import ndtr

import wagefit as wf


@dataclass(frozen=True)
class Cells:
    """Rows of n cells and, in the same order, of their parents, by the columns of `wagefit.oews.read`."""

    rows: pd.DataFrame
    parents: pd.DataFrame


Means = Callable[[Cells], np.ndarray]


def industries_2018(data: Path) -> Cells:
    """Ten industries by ownership, and the nation as published."""
    rows = _usable(data / "oews" / "industry" / "nat4d_M2018_owner_dl.xlsx")
    return _joined(rows, _usable(data / "oews" / "national" / "national_M2018_dl.xlsx"))


def sectors_2022(data: Path) -> Cells:
    """Sectors, and the nation put together from them: its own workbook of that year is not among the data."""
    rows = spread_over_sectors(_usable(data / "oews" / "industry" / "natsector_M2022_dl.xlsx"))
    return _joined(rows, nation_of(rows))


SETS = {
    "ten industries by ownership, 2018": industries_2018,
    "sectors, 2022": sectors_2022,
}


def _usable(path: Path) -> pd.DataFrame:
    """Detailed occupations with ascending percentiles and a mean."""
    rows = usable(path)
    return rows[rows["mean"].notna()]


def _joined(rows: pd.DataFrame, nation: pd.DataFrame) -> Cells:
    by_occupation = nation.set_index("occupation")
    rows = rows[rows["occupation"].isin(by_occupation.index)].reset_index(drop=True)
    return Cells(rows, by_occupation.loc[rows["occupation"]].reset_index())


def fitted_means(rows: pd.DataFrame) -> np.ndarray:
    """Means of the curves through the percentiles alone, shape (n,)."""
    return wf.fit_table(rows.assign(mean=np.nan)).mean()


def alone(cells: Cells) -> np.ndarray:
    """The cell's own percentiles and the prior."""
    return fitted_means(cells.rows)


def with_parents_ratio(cells: Cells) -> np.ndarray:
    """The mean alone, times what the fit without a mean is off by at the parent."""
    return fitted_means(cells.rows) * (cells.parents["mean"].to_numpy() / fitted_means(cells.parents))


def mapped(cells: Cells) -> np.ndarray:
    """The parent's curve, its log wages mapped to the cell's by chords, beyond P10 and P90 by the line through all."""
    parent = np.log(wf.fit_table(cells.parents).ppf(ndtr(LogQuantiles.Z)))
    known, wanted = (np.log(each[NAMES].to_numpy(dtype=float)) for each in (cells.parents, cells.rows))
    out = np.empty(len(wanted))
    for i, (at, x, y) in enumerate(zip(parent, known, wanted, strict=True)):
        beyond = np.minimum(at - x[0], 0.0) + np.maximum(at - x[-1], 0.0)
        out[i] = np.exp(np.interp(at, x, y) + np.polyfit(x, y, 1)[0] * beyond) @ LogQuantiles.MASS
    return out


def borrowing(cells: Cells) -> np.ndarray:
    """The curve that borrows the parent's shape."""
    parents = wf.fit_table(cells.parents)
    return wf.fit_table(cells.rows.assign(mean=np.nan), like=parents).mean()


VARIANTS: dict[str, Means] = {
    "alone": alone,
    "alone, times the parent's ratio": with_parents_ratio,
    "map of the parent's quantiles": mapped,
    "the parent's shape borrowed": borrowing,
}


def print_table(data: Path) -> None:
    """Median absolute, mean absolute and mean error of each variant in percent."""
    for title, read in SETS.items():
        cells = read(data)
        print(f"{f'{title}: {len(cells.rows):,} cells':50}{'median |e|':>11}{'mean |e|':>9}{'mean e':>8}{'/ alone':>9}")
        found = {name: 100 * (means(cells) / cells.rows["mean"].to_numpy() - 1) for name, means in VARIANTS.items()}
        base = np.median(abs(found["alone"]))
        for name, each in found.items():
            median = np.median(abs(each))
            print(f"  {name:48}{median:11.3f}{abs(each).mean():9.3f}{each.mean():8.3f}{median / base:9.3f}")
