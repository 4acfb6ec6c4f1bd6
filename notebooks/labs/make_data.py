"""Writes the frozen data of the labs: ``python notebooks/labs/make_data.py FOLDER``.

FOLDER holds the public files: ``oews/national/national_M2018_dl.xlsx`` of the Bureau of Labor Statistics,
``indices/SARPP_STATE_2008_2023.csv`` of the Bureau of Economic Analysis, and ``microdata/CPS1988_AER.csv.gz``, the
Current Population Survey of March 1988 as the R package AER ships it. Everything else comes from wagefit's own tables.
Variants of one lab meet the same conditions, which stand in the functions below, so that they are equally difficult.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

import wagefit as wf

DATA = Path(__file__).resolve().parent / "data"
RELEASE = 2018  # the last release before the classification and the method of estimation changed
PERCENTILES = ("p10", "p25", "p50", "p75", "p90")
FLOOR = 31_200  # 15 dollars an hour, 2,080 hours a year


def write(name: str, columns: Iterable[str], rows: Iterable[Iterable[object]], folder: Path) -> None:
    """Writes one table; line ends are the same on every system, as the checksum needs."""
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def complete_cells(year: int, least: int) -> list[wf.oews.Cell]:
    """Detailed occupations of at least so many people with all figures, hourly and annual, no two of them equal."""
    cells = [wf.oews.cell(code, year=year) for code in wf.oews.occupations(year)]
    found = []
    for cell in cells:
        wages = [getattr(cell, name) for name in PERCENTILES]
        is_complete = None not in (*wages, cell.mean, cell.mean_rse, cell.hourly_p50, cell.employment)
        is_one_job = cell.occupation_group == "detailed" and "All Other" not in cell.occupation_title
        if is_complete and is_one_job and len(set(wages)) == 5 and cell.employment >= least:
            found.append(cell)
    return sorted(found, key=lambda cell: (-cell.employment, cell.occupation))


def quoted_figures(cell: wf.oews.Cell) -> tuple[int, int] | None:
    """A mean and a P90 of two other releases of 2012 to 2017, each of which only one release has."""
    years = range(2012, RELEASE)
    rows = {year: wf.oews.cell(cell.occupation, year=year) for year in years if year in wf.oews.years(cell.occupation)}
    every = [wf.oews.cell(cell.occupation, year=year) for year in wf.oews.years(cell.occupation)]
    first = int(cell.occupation.replace("-", "")) % 3  # spreads the releases over the occupations
    for mean_year, p90_year in [(2013 + first, 2016), (2012 + first, 2017), (2014, 2012)]:
        if {mean_year, p90_year} <= rows.keys():
            mean, p90 = rows[mean_year].mean, rows[p90_year].p90
            near_mean = [row.year for row in every if row.mean and abs(row.mean / mean - 1) < 1e-3]
            near_p90 = [row.year for row in every if row.p90 and abs(row.p90 / p90 - 1) < 1e-3]
            if near_mean == [mean_year] and near_p90 == [p90_year]:
                return int(mean), int(p90)
    return None


def lab1_rows() -> Iterator[tuple[object, ...]]:
    """Occupations whose mean is published to 0.2 to 1.5 percent, with a sentence that mixes two releases."""
    count = 0
    for cell in complete_cells(RELEASE, 100_000):
        quoted = quoted_figures(cell)
        if quoted and 0.2 <= cell.mean_rse <= 1.5 and count < 40:
            count += 1
            yield cell.occupation, cell.occupation_title, *quoted


PRINTED = (
    "OCC_CODE",
    "OCC_TITLE",
    "TOT_EMP",
    "A_MEAN",
    "MEAN_PRSE",
    "A_PCT10",
    "A_PCT25",
    "A_MEDIAN",
    "A_PCT75",
    "A_PCT90",
)


def printed_rows(folder: Path) -> Iterator[tuple[str, ...]]:
    """Fifty rows of May 2018 as printed: those with marks under the wages, and some without."""
    table = pd.read_excel(
        folder / "oews/national/national_M2018_dl.xlsx", engine="calamine", dtype=str, keep_default_na=False
    )
    table = table[table["OCC_GROUP"] == "detailed"]
    marked = table[(table["A_PCT90"] == "#") | (table["A_MEAN"] == "*")]
    plain = table.drop(marked.index).iloc[::60]
    chosen = pd.concat([marked, plain]).sort_index()
    wages = (*PRINTED[5:], "A_MEAN", "TOT_EMP")
    for row in chosen[list(PRINTED)].to_dict("records"):
        yield tuple(_with_comma(row[name]) if name in wages else row[name] for name in PRINTED)


def _with_comma(text: str) -> str:
    """As the news releases print it."""
    return f"{int(text):,}" if text.isdigit() else text


def lab2_rows() -> Iterator[tuple[object, ...]]:
    """Occupations whose median a lognormal through P10 and P90 misses by 1.5 to 12 percent."""
    count = 0
    for cell in complete_cells(RELEASE, 60_000):
        miss = np.sqrt(cell.p10 * cell.p90) / cell.p50 - 1
        if 0.015 <= abs(miss) <= 0.12 and cell.p90 < 150_000 and count < 40:
            count += 1
            yield cell.occupation, cell.occupation_title, round(cell.p25 + 0.4 * (cell.p50 - cell.p25), -2)


def lab3_rows() -> Iterator[tuple[object, ...]]:
    """Occupations of which a floor of 15 dollars concerns 12 to 40 percent, with two others of their family."""
    cells = complete_cells(RELEASE, 60_000)
    count = 0
    for cell in cells:
        share = wf.fit(cell).cdf(FLOOR)
        kin = [other for other in cells if other.occupation[:2] == cell.occupation[:2] and other is not cell]
        apart = [other for other in kin if abs(np.log(other.mean / cell.mean)) > 0.2]
        if 0.12 <= share <= 0.40 and len(apart) >= 2 and count < 30:
            count += 1
            yield cell.occupation, cell.occupation_title, apart[0].occupation, apart[1].occupation


def cps_cells(folder: Path) -> Iterator[tuple[object, ...]]:
    """Full-time men by region, metropolitan area, years of school and five years of experience; five people or more."""
    people = pd.read_csv(folder / "microdata/CPS1988_AER.csv.gz")
    people = people[(people["parttime"] == "no") & people["experience"].between(0, 44) & (people["education"] >= 8)]
    people = people.assign(log_wage=np.log(people["wage"]), band=people["experience"] // 5)
    for (region, metro, education, _), cell in people.groupby(["region", "smsa", "education", "band"]):
        if len(cell) >= 5:
            mean = cell["log_wage"].mean()
            yield region, metro, education, f"{cell['experience'].mean():.3f}", len(cell), f"{mean:.5f}"


def lab4_rows(folder: Path) -> Iterator[tuple[object, ...]]:
    """Regions, inside and outside of metropolitan areas, with fifty cells or more; where a made-up world starts."""
    counts = pd.read_csv(folder / "cps1988_cells.csv").groupby(["region", "metro"]).size()
    places = [key for key, n in counts.items() if n >= 50]
    for k in range(4):
        for i, (region, metro) in enumerate(places):
            yield region, metro, 100 * k + i + 1, f"{0.05 + 0.01 * ((k + i) % 4):.2f}"


def lab5_rows() -> Iterator[tuple[object, ...]]:
    """People without a credential, what one of three would cost them and how long it takes; a made-up world."""
    west = ("CA", "CO", "IL", "MI", "MN", "MO", "OH", "TX", "WA")
    east = ("FL", "GA", "MA", "MD", "NC", "NJ", "NY", "PA", "VA")
    states = sorted((*west, *east))
    offers = (("RHIT", 9_500, 24), ("CCS", 6_500, 12), ("CPC", 5_000, 9))
    settings = ("general hospital", "specialty hospital", "university")
    for i, state in enumerate(states):
        for k, education in enumerate(("certificate", "associate")):
            # The RHIT asks for an associate degree.
            credential, cost, months = offers[i % 3] if k else offers[1 + i % 2]
            experience = 2 + (3 * i + 5 * k) % 9
            price = cost + 250 * (i % 4)
            setting = settings[(i + k) % 3]
            yield experience, education, state, setting, credential, price, months, 10 * i + k + 1


def lab6_rows() -> Iterator[tuple[object, ...]]:
    """Occupations and two states: the second pays 4 to 25 percent more as printed, and in real terms 4 percent less."""
    codes = [cell.occupation for cell in complete_cells(RELEASE, 100_000)]
    count = 0
    for code in codes:
        rows = state_rows(code)
        pair = crossing(rows)
        if len(rows) >= 45 and pair and count < 30:
            count += 1
            yield code, wf.oews.cell(code, year=2025).occupation_title, *pair


def state_rows(code: str) -> dict[str, wf.oews.Cell]:
    """Complete rows of an occupation in May 2025 by state, of those that have a price level."""
    found = {}
    for cell in wf.oews.cells(occupation=code, year=2025):
        if cell.area_type == "state" and has_parity(cell.area):
            wages = [getattr(cell, name) for name in PERCENTILES]
            if None not in (*wages, cell.employment) and len(set(wages)) == 5:
                found[cell.area] = cell
    return found


def has_parity(state: str) -> bool:
    """Whether the Bureau of Economic Analysis publishes a price level."""
    try:
        wf.prices.parity(state)
    except wf.FactError:
        return False
    return True


def crossing(rows: dict[str, wf.oews.Cell]) -> tuple[str, str] | None:
    """Two large states between which nominal and real pay disagree; which ones varies with the occupation."""
    large = sorted(rows, key=lambda state: -rows[state].employment)[:25]
    found = []
    for origin in large:
        for destination in large:
            nominal = rows[destination].p50 / rows[origin].p50 - 1
            real = (1 + nominal) / wf.prices.place_factor(origin, destination) - 1
            if 0.04 <= nominal <= 0.25 and real <= -0.04:
                found.append((origin, destination))
    return found[len(found) // 3] if found else None


def price_levels(folder: Path) -> Iterator[tuple[object, ...]]:
    """Price levels of 2023 by kind of spending, the nation = 100."""
    lines = {"5": "all", "6": "goods", "7": "housing", "8": "utilities", "9": "other services"}
    names = {row["name"]: row["state"] for row in state_names()}
    table: dict[str, dict[str, str]] = {}
    with (folder / "indices/SARPP_STATE_2008_2023.csv").open(encoding="latin-1", newline="") as file:
        for row in csv.DictReader(file):
            if row["LineCode"] in lines and row["GeoName"].strip() in names:
                table.setdefault(names[row["GeoName"].strip()], {})[lines[row["LineCode"]]] = row["2023"]
    for state in sorted(table):
        yield state, *(table[state][name] for name in lines.values())


def state_names() -> list[dict[str, str]]:
    """The states by name, as the wage tables have them."""
    cells = wf.oews.cells(occupation="29-1141", year=2025)
    return [{"state": cell.area, "name": cell.area_title} for cell in cells if cell.area_type == "state"]


def write_all(source: Path, folder: Path) -> None:
    """Writes every table."""
    write("lab1_variants", ("occupation", "title", "quoted_mean", "quoted_p90"), lab1_rows(), folder)
    write("printed_rows_2018", PRINTED, printed_rows(source), folder)
    write("lab2_variants", ("occupation", "title", "wage"), lab2_rows(), folder)
    write("lab3_variants", ("occupation", "title", "second", "third"), lab3_rows(), folder)
    columns = ("region", "metro", "education", "experience", "people", "log_wage")
    write("cps1988_cells", columns, cps_cells(source), folder)
    write("lab4_variants", ("region", "metro", "world", "true_return"), lab4_rows(folder), folder)
    columns = ("experience", "education", "state", "setting", "credential", "cost", "months", "world")
    write("lab5_variants", columns, lab5_rows(), folder)
    write("lab6_variants", ("occupation", "title", "origin", "destination"), lab6_rows(), folder)
    columns = ("state", "all", "goods", "housing", "utilities", "other_services")
    write("price_levels_2023", columns, price_levels(source), folder)


if __name__ == "__main__":
    write_all(Path(sys.argv[1]), DATA)
