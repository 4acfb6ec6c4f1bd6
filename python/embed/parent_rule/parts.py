"""Published cells and their parents."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
import pandas as pd

import wagefit as wf

P = (0.1, 0.25, 0.5, 0.75, 0.9)
NAMES = ["p10", "p25", "p50", "p75", "p90"]
LARGEST_SHARE = 0.8  # of an occupation's people in one sector: the nation would be that cell
EVERY_STATE_ROW = 6  # one in so many rows of states is enough


@dataclass(frozen=True)
class Parts:
    """Percentiles (n, 5), means (n,), NaN where none is published, and percentiles and means of the parents."""

    title: str
    weight: float  # in what is learned
    occupation: np.ndarray
    quantiles: np.ndarray
    mean: np.ndarray
    parent_quantiles: np.ndarray
    parent_mean: np.ndarray


def read_parts(data: Path) -> list[Parts]:
    """Industries and sectors, nations four years later, and states."""
    oews = data / "oews"
    nation_2018 = usable(oews / "national" / "national_M2018_dl.xlsx")
    nation_2025 = usable(oews / "may2025" / "oews_m2025_national.csv.gz")
    sectors = spread_over_sectors(usable(oews / "industry" / "natsector_M2022_dl.xlsx"))
    states = usable(oews / "may2025" / "oews_m2025_states.csv.gz").iloc[::EVERY_STATE_ROW]
    industries = usable(oews / "industry" / "nat4d_M2018_owner_dl.xlsx")
    return [
        _joined("industries, 2018", 1.5, industries, nation_2018),
        _joined("sectors, 2022", 1.5, sectors, nation_of(sectors)),
        _joined("nation, 2018, like 2014", 0.2, nation_2018, usable(oews / "national" / "national_M2014_dl.xlsx")),
        _joined("states, 2025", 1, states, nation_2025),
    ]


def half(parts: Parts, which: int) -> Parts:
    """The cells of half the occupations, 0 or 1."""
    return _kept(parts, np.array([crc32(code.encode()) % 2 == which for code in parts.occupation]))


def usable(path: Path) -> pd.DataFrame:
    """Detailed occupations with ascending percentiles."""
    rows = wf.oews.read(path, backend="pandas")
    rows = rows[rows["occupation_group"].isin(["detailed", ""]) | rows["occupation_group"].isna()]
    rows = rows[(np.diff(rows[NAMES].to_numpy(dtype=float)) > 0).all(axis=1)]
    return rows.astype({"occupation": str})


def spread_over_sectors(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with a mean whose occupation is spread over sectors."""
    rows = rows[(rows["employment"] > 0) & rows["mean"].notna()]
    by_occupation = rows.groupby("occupation")["employment"]
    return rows[by_occupation.transform("max") <= LARGEST_SHARE * by_occupation.transform("sum")]


def nation_of(rows: pd.DataFrame) -> pd.DataFrame:
    """The nation put together from its parts."""
    mixed = wf.fit_table(rows).mixture(by=rows["occupation"], weights=rows["employment"])
    nation = pd.DataFrame(mixed.ppf(P), columns=NAMES)
    return nation.assign(mean=mixed.mean(), occupation=np.unique(rows["occupation"]))


def _joined(title: str, weight: float, rows: pd.DataFrame, nation: pd.DataFrame) -> Parts:
    nation = nation.drop_duplicates("occupation").set_index("occupation")
    rows = rows[rows["occupation"].isin(nation.index)]
    parents = nation.loc[rows["occupation"]]
    numbers = [each.to_numpy(dtype=float) for each in (rows[NAMES], rows["mean"], parents[NAMES], parents["mean"])]
    return Parts(title, weight, rows["occupation"].to_numpy(dtype=str), *numbers)


def _kept(parts: Parts, keep: np.ndarray) -> Parts:
    columns = (parts.occupation, parts.quantiles, parts.mean, parts.parent_quantiles, parts.parent_mean)
    return Parts(parts.title, parts.weight, *(column[keep] for column in columns))
