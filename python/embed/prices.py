"""Writes cpi_u.csv, employment_cost_index.csv and price_parities.csv: what a dollar, an hour of work and a place cost.

Usage: python prices.py <data folder> [<output folder>]
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from health_information import area_type
from tables import Row, number, read_table, run, write_table

FIRST_YEAR = 1997  # the first release with wages
INDEX_COLUMNS = ("year", "month", "cpi_u", "series")
SERIES = "CUUR0000SA0"  # BLS: CPI-U, U.S. city average, all items, 1982-84 = 100, not seasonally adjusted
COST_COLUMNS = ("year", "quarter", "eci", "series")
# BLS: ECI, wages and salaries of private industry workers, December 2005 = 100, seasonally adjusted (FRED: ECIWAG)
COST_SERIES = "CIS2020000000000I"
PARITY_COLUMNS = ("area", "area_title", "area_type", "year", "parity", "source")


def index_rows(data: Path) -> Iterator[Row]:
    """The index of every month that was published (October 2025 was not)."""
    for row in read_table(data / "indices" / "cpi_u_monthly_nsa_cpiai.csv"):
        year, month, _ = map(int, row["Date"].split("-"))
        if year >= FIRST_YEAR:
            yield {"year": year, "month": month, "cpi_u": number(row["Index"]), "series": SERIES}


def cost_rows(data: Path) -> Iterator[Row]:
    """The Employment Cost Index of every quarter of the file, whose dates are the quarters' first days."""
    for row in read_table(data / "indices" / "ECIWAG_2013_2022Q3.csv"):
        year, month, _ = map(int, row["DATE"].split("-"))
        yield {"year": year, "quarter": (month + 2) // 3, "eci": number(row["ECIWAG"]), "series": COST_SERIES}


def parity_rows(data: Path) -> Iterator[Row]:
    """Regional price parities (United States = 100) of the areas that have one, states first."""
    for file in ("bea_rpp_2024_states.csv", "bea_rpp_2024_metros.csv"):
        for row in read_table(data / "indices" / file):
            if number(row["RPP"]) is not None:
                yield {
                    "area": row["AREA"],
                    "area_title": row["AREA_TITLE"],
                    "area_type": area_type(row["AREA"]),
                    "year": int(float(row["RPP_YEAR"])),
                    "parity": number(row["RPP"]),
                    "source": "BEA Regional Price Parities",
                }


def write(data: Path, output: Path) -> None:
    """Writes the three tables."""
    write_table(output / "cpi_u.csv", INDEX_COLUMNS, index_rows(data))
    write_table(output / "employment_cost_index.csv", COST_COLUMNS, cost_rows(data))
    write_table(output / "price_parities.csv", PARITY_COLUMNS, parity_rows(data))


if __name__ == "__main__":
    run(write)
