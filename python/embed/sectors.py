"""Writes sectors.csv and sector_pay.csv: what each occupation is paid by sector of the economy, May 2022.

Usage: python sectors.py <data folder> [<output folder>]

Nothing is repaired: a mean or an employment that is not published is empty. Occupations that the release prints by the
hour alone have their hourly mean, as the column `unit` says.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from tables import Row, run, write_table

from wagefit.oews import read

FILE = "natsector_M2022_dl.xlsx"
# Names for a profile, and what the release calls them; of the first, its long titles in short.
NAMES = {
    "11": "agriculture",
    "21": "mining",
    "22": "utilities",
    "23": "construction",
    "31": "manufacturing",
    "42": "wholesale trade",
    "44": "retail trade",
    "48": "transportation",
    "51": "information",
    "52": "finance",
    "53": "real estate",
    "54": "professional services",
    "55": "management of companies",
    "56": "administrative services",
    "61": "education",
    "62": "health care",
    "71": "arts and recreation",
    "72": "hotels and restaurants",
    "81": "other services",
    "99": "government",
}
LABELS = {"99": "Federal, state and local government without its schools, hospitals and the Postal Service"}
COLUMNS = ("sector", "name", "label", "ownership", "source")
PAY_COLUMNS = ("occupation", "sector", "employment", "mean", "mean_rse", "unit")


def sector_rows(table: pd.DataFrame) -> Iterator[Row]:
    """One row a sector."""
    for row in table.drop_duplicates("industry").sort_values("industry").to_dict("records"):
        sector = row["industry"]
        label = LABELS.get(sector, row["industry_title"])
        yield {
            "sector": sector,
            "name": NAMES[sector],
            "label": label,
            "ownership": row["ownership"],
            "source": f"BLS OEWS {FILE}",
        }


def pay_rows(table: pd.DataFrame) -> Iterator[Row]:
    """One row for each detailed occupation in each sector."""
    detailed = table[table["occupation_group"] == "detailed"].sort_values(["occupation", "industry"], kind="stable")
    by_hour = detailed["mean"].isna() & detailed["hourly_mean"].notna()
    pay = detailed.assign(
        mean=detailed["mean"].where(~by_hour, detailed["hourly_mean"]),
        unit=by_hour.map({True: "USD/hour", False: "USD/year"}).where(detailed["mean"].notna() | by_hour, None),
        sector=detailed["industry"],
    )
    for row in pay[list(PAY_COLUMNS)].to_dict("records"):
        yield {name: None if pd.isna(value) else value for name, value in row.items()}


def write(data: Path, output: Path) -> None:
    """Writes the two tables."""
    table = read(data / "oews" / "industry" / FILE, backend="pandas")
    write_table(output / "sectors.csv", COLUMNS, sector_rows(table))
    write_table(output / "sector_pay.csv", PAY_COLUMNS, pay_rows(table))


if __name__ == "__main__":
    run(write)
