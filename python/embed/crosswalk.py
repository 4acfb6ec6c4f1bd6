"""Writes occupation_parts.csv: the health information occupations' codes in every classification used since 1999.

A part is a group of jobs that no classification divides. Usage: python crosswalk.py <data folder> [<output folder>]
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tables import Row, run, write_table
from workbooks import sheet_rows, workbook_of

COLUMNS = ("part", "soc_vintage", "occupation", "occupation_title", "source")
# Vintage, a release that prints its codes, and what says which part a code holds.
VINTAGES = (
    ("2000", 2009, "BLS, 2000 to 2010 SOC crosswalk"),
    (
        "2000/2010",
        2010,
        "BLS, 2000 to 2010 SOC crosswalk; OES May 2010, whose 29-2799 and 29-9799 are all other of 2000",
    ),
    ("2010", 2018, "BLS, 2010 to 2018 SOC crosswalk"),
    ("2010/2018", 2019, "OEWS May 2019, titles of 29-2098 and 29-9098; BLS, 2010 to 2018 SOC crosswalk"),
    ("2018", 2021, "BLS, 2010 to 2018 SOC crosswalk"),
)
PARTS = (
    ("11-9111", "11-9111", "11-9111", "11-9111", "11-9111"),
    ("29-2071", "29-2071", "29-2071", "29-2098", "29-2072"),
    ("29-2071", "29-2071", "29-2071", "29-9098", "29-9021"),
    ("29-2054", "29-2054", "29-2054", "29-2098", "29-2099"),
    ("29-2099", "29-2799", "29-2057", "29-2057", "29-2057"),
    ("29-2099", "29-2799", "29-2092", "29-2092", "29-2092"),
    ("29-2099", "29-2799", "29-2099", "29-2098", "29-2036"),
    ("29-2099", "29-2799", "29-2099", "29-2098", "29-2099"),
    ("29-9099", "29-9799", "29-9092", "29-9092", "29-9092"),
    ("29-9099", "29-9799", "29-9099", "29-9098", "29-9021"),
    ("29-9099", "29-9799", "29-9099", "29-9098", "29-9093"),
    ("29-9099", "29-9799", "29-9099", "29-9098", "29-9099"),
)


def titles(year: int, data: Path) -> dict[str, str]:
    """Titles of the occupations as the national workbook of a release prints them, by code."""
    rows = sheet_rows(workbook_of(year, data / "oews" / "national"))
    printed = {str(row["occ_code"]).strip(): str(row["occ_title"]).strip().rstrip("*") for row in rows}
    return {code: title[:1].upper() + title[1:] for code, title in printed.items()}


def part_rows(data: Path) -> Iterator[Row]:
    """One row a part and vintage."""
    for column, (vintage, year, source) in enumerate(VINTAGES):
        printed = titles(year, data)
        for part, codes in enumerate(PARTS, start=1):
            yield {
                "part": part,
                "soc_vintage": vintage,
                "occupation": codes[column],
                "occupation_title": printed[codes[column]],
                "source": source,
            }


def write(data: Path, output: Path) -> None:
    """Writes the table."""
    write_table(output / "occupation_parts.csv", COLUMNS, part_rows(data))


if __name__ == "__main__":
    run(write)
