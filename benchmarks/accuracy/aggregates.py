"""Groups of occupations from their occupations: mixtures of detailed cells beside the published aggregates, 2003-2022.

Run as `python benchmarks/accuracy/aggregates.py DATA`, DATA the folder with oews/. Parts and wholes come from one
workbook, and their means are left aside, so that these releases could choose what the curve does without a mean
(docs/decisions/model.md). Wholes of two occupations or more, none with 90 % of the people, whose occupations cover 95
to 102 % of the employment. Median (95th percentile) over wholes of the absolute error in percent.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from mixtures import METHODS, NAMES, print_errors, print_head, usable

import wagefit as wf

CODE_LENGTH = {"broad": 6, "major": 2, "total": 0}  # of what an occupation's code shares with its group's
COVERAGE = (0.95, 1.02)
LARGEST_SHARE = 0.9

Workbook = tuple[str, pd.DataFrame]


def parents(occupations: pd.Series, codes: pd.Series, level: str) -> pd.Series:
    """The group of `level` that each detailed occupation belongs to, among `codes`; missing if there is none."""
    ascending = np.sort(codes.to_numpy(dtype=str))
    if level == "minor":  # such a group reaches up to the next one's code
        place = np.searchsorted(ascending, occupations.to_numpy(dtype=str), side="right") - 1
        return pd.Series(ascending[np.maximum(place, 0)], occupations.index)
    n = CODE_LENGTH[level]
    return occupations.str[:n].map({code[:n]: code for code in ascending})


def pairs(rows: pd.DataFrame, label: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Detailed rows with the column `whole`, once a level, and the aggregates by the same label."""
    complete = usable(rows)
    detailed, parts, wholes = complete[complete["occupation_group"] == "detailed"], [], []
    for level in (*CODE_LENGTH, "minor"):
        codes = rows.loc[rows["occupation_group"] == level, "occupation"].astype(str)
        if codes.empty:
            continue
        group = parents(detailed["occupation"].astype(str), codes, level)
        parts.append(detailed.assign(whole=f"{label} {level} " + group))
        aggregates = complete[complete["occupation_group"] == level]
        wholes.append(aggregates.assign(whole=f"{label} {level} " + aggregates["occupation"].astype(str)))
    return pd.concat(parts), pd.concat(wholes).drop_duplicates("whole").set_index("whole")


def chosen(books: Iterator[Workbook]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Parts and wholes of all workbooks that meet the rules of this benchmark."""
    parts, wholes = (pd.concat(frames) for frames in zip(*(pairs(rows, label) for label, rows in books), strict=True))
    employment = parts.groupby("whole")["employment"].agg(["sum", "max", "size"])
    of_whole = wholes["employment"].reindex(employment.index)
    keep = (employment["sum"] / of_whole).between(*COVERAGE) & (employment["size"] > 1)
    kept = employment.index[keep & (employment["max"] <= LARGEST_SHARE * of_whole)]
    return parts[parts["whole"].isin(kept)], wholes.loc[kept]


def national(folder: Path) -> Iterator[Workbook]:
    """The nation, 2003 to 2020: from 2021 on BLS estimates otherwise."""
    for path in sorted((folder / "oews" / "national").glob("national_*.xls*")):
        rows = wf.oews.read(path, backend="pandas")
        if 2003 <= rows["year"].iloc[0] <= 2020:
            yield str(rows["year"].iloc[0]), rows


def industries(folder: Path, name: str) -> Iterator[Workbook]:
    """Every industry and ownership of one workbook."""
    rows = wf.oews.read(folder / "oews" / "industry" / name, backend="pandas")
    for key, group in rows.groupby(["industry", "ownership"], observed=True):
        yield " ".join(map(str, key)), group


def main() -> None:
    folder = Path(sys.argv[1])
    sets = {
        "the nation, 2003-2020": national(folder),
        "ten industries by ownership, 2018": industries(folder, "nat4d_M2018_owner_dl.xlsx"),
        "sectors, 2022": industries(folder, "natsector_M2022_dl.xlsx"),
    }
    for title, books in sets.items():
        parts, wholes = chosen(books)
        print(f"{title}: {len(wholes):,} aggregates, {len(parts):,} cells")
        print_head()
        for name, method in METHODS.items():
            cells = parts.assign(mean=np.nan)
            print_errors(name, method(cells, cells["whole"]), wholes[NAMES].to_numpy())


if __name__ == "__main__":
    main()
