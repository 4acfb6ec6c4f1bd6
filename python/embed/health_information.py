"""Writes health_information.csv: every published cell of the health information occupations that is at hand.

Usage: python health_information.py <data folder> [<output folder>]

National rows of 1997 to 2021 are read from the original workbooks, later ones, industries, states and areas from
the extracts in the folder `him`. Nothing is repaired; a symbol is kept as what it says (`#` in the column
`top_coded`) and never as a number.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tables import Row, number, read_table, run, write_table
from workbooks import national_rows, workbook_of

PERCENTILES = ("p10", "p25", "p50", "p75", "p90")
COLUMNS = (
    "year",
    "release",
    "area",
    "area_title",
    "area_type",
    "industry",
    "industry_title",
    "ownership",
    "occupation",
    "occupation_title",
    "employment",
    "employment_rse",
    "mean",
    "mean_rse",
    *PERCENTILES,
    "hourly_mean",
    *(f"hourly_{p}" for p in PERCENTILES),
    "location_quotient",
    "top_code",
    "top_coded",
    "kind",
    "source",
    "hourly_top_coded",
)

# The occupations of the table. 15008 and 32911 are the codes before the Standard Occupational Classification.
OCCUPATIONS = ("11-9111", "15008", "29-2071", "29-2072", "29-2098", "29-2099", "29-9021", "32911")
# A title printed in lower case in some years is the same title.
TITLES = {
    "11-9111": "Medical and Health Services Managers",
    "29-2071": "Medical Records and Health Information Technicians",
    "29-2099": "Health Technologists and Technicians, All Other",
}
ANNUAL_TOP_CODES = (
    (1997, 124_820),
    (1999, 145_600),
    (2008, 166_400),
    (2011, 187_200),
    (2016, 208_000),
    (2022, 239_200),
    (2025, None),
)
OWNERSHIPS = {
    "2": "State government",
    "3": "Local government",
    "5": "Private",
    "57": "Private plus local government gambling establishments and casino hotels",
    "58": "Private plus state and local government hospitals",
    "59": "Private plus U.S. Postal Service",
    "123": "Federal, state, and local government",
    "235": "Private, state, and local government",
}
CROSS_INDUSTRY = {"industry": "000000", "industry_title": "Cross-industry", "ownership": "All"}
NATION = {"area": "US", "area_title": "United States", "area_type": "national"}
TERRITORIES = ("PR", "6600001", "7800001")  # Puerto Rico, Guam, Virgin Islands
FIRST_MAY_RELEASE = 2003
WORKBOOK_YEARS = range(1997, 2022)
FIGURES = {
    "employment": "TOT_EMP",
    "employment_rse": "EMP_PRSE",
    "mean": "A_MEAN",
    "mean_rse": "MEAN_PRSE",
    "p10": "A_PCT10",
    "p25": "A_PCT25",
    "p50": "A_MEDIAN",
    "p75": "A_PCT75",
    "p90": "A_PCT90",
    "hourly_mean": "H_MEAN",
    "hourly_p10": "H_PCT10",
    "hourly_p25": "H_PCT25",
    "hourly_p50": "H_MEDIAN",
    "hourly_p75": "H_PCT75",
    "hourly_p90": "H_PCT90",
    "location_quotient": "LOC_QUOTIENT",
}


def release_name(year: int) -> str:
    """The name of a release: the wage data carry no month before May 2003."""
    return f"May {year}" if year >= FIRST_MAY_RELEASE else str(year)


def top_code(year: int) -> int | None:
    """The annual wage from which on the release of `year` prints `#`; None where it prints none."""
    return next(code for first, code in reversed(ANNUAL_TOP_CODES) if year >= first)


def cell(year: int, occupation: str, title: str, *parts: Row) -> Row:
    """A row of the table for one release and occupation, with whatever `parts` say of it."""
    row: Row = {"year": year, "release": release_name(year), "occupation": occupation, "kind": "published"}
    row |= {"occupation_title": TITLES.get(occupation, title), "top_code": top_code(year)}
    for part in parts:
        row |= {key: value for key, value in part.items() if key != "occupation_title"}
    return row


def figures(row: Row) -> Row:
    """The published figures of a row with OEWS column names, `#` noted in `top_coded`."""
    found = {name: number(row.get(column)) for name, column in FIGURES.items()}
    return found | {"top_coded": top_coded(row, ""), "hourly_top_coded": top_coded(row, "hourly_")}


def top_coded(row: Row, period: str) -> str:
    """Names of the wages, annual or hourly by the `period` that their columns begin with, that are printed as `#`."""
    return " ".join(name for name in ("mean", *PERCENTILES) if row.get(FIGURES[f"{period}{name}"]) == "#")


def national_cells(data: Path) -> Iterator[Row]:
    """Every release's national row: the workbooks to May 2021, then the extract."""
    for year in WORKBOOK_YEARS:
        path = workbook_of(year, data / "oews" / "national")
        for code, row in sorted(national_rows(path, set(OCCUPATIONS)).items()):
            source = {"source": f"BLS OEWS {path.name}"}
            yield cell(year, code, row["occupation_title"], NATION, CROSS_INDUSTRY, row, source)
    for row in read_table(data / "him" / "him_national_by_year.csv"):
        year = int(row["YEAR"])
        if year not in WORKBOOK_YEARS:
            source = {"source": f"BLS OEWS {release_name(year)} national"}
            yield cell(year, row["OCC_CODE"], row["OCC_TITLE"], NATION, CROSS_INDUSTRY, figures(row), source)


def industry_cells(data: Path, titles: dict[str, str]) -> Iterator[Row]:
    """Hospitals and schools by ownership (to May 2019), sectors (from May 2022)."""
    for row in read_table(data / "him" / "him_by_industry.csv"):
        ownership = OWNERSHIPS.get(row["OWN"], row["OWN"])
        where = {"industry": row["NAICS"], "industry_title": row["NAICS_TITLE"], "ownership": ownership}
        source = {"source": f"BLS OEWS {row['FILE']}"}
        yield cell(int(row["YEAR"]), row["OCC_CODE"], titles[row["OCC_CODE"]], NATION, where, figures(row), source)


def area_cells(data: Path) -> Iterator[Row]:
    """States, then metropolitan and nonmetropolitan areas, May 2025."""
    for file in ("him_state_M2025.csv", "him_metro_M2025.csv"):
        for row in read_table(data / "him" / file):
            place = {
                "area": row["AREA"],
                "area_title": row["AREA_TITLE"],
                "area_type": area_type(row["AREA"]),
                "source": "BLS OEWS May 2025",
            }
            yield cell(2025, row["OCC_CODE"], row["OCC_TITLE"], place, CROSS_INDUSTRY, figures(row))


def area_type(area: str) -> str:
    """What an area code denotes: two letters a state, five digits a metropolitan area, seven a nonmetropolitan one."""
    if area in TERRITORIES:
        return "territory"
    return {2: "state", 5: "metropolitan", 7: "nonmetropolitan"}[len(area)]


def secondary_state_cells(data: Path, codes: dict[str, str]) -> Iterator[Row]:
    """The May 2018 means of the fifty states, from a secondary list: no employment, no precision."""
    for row in read_table(data / "him" / "state_mean_29-2071_M2018_beckers.csv"):
        place = {
            "area": codes[row["STATE"]],
            "area_title": row["STATE"],
            "area_type": "state",
            "mean": number(row["A_MEAN_2018"]),
            "kind": "secondary",
            "source": "Secondary list of BLS May 2018 state means, published by Becker's",
        }
        yield cell(2018, "29-2071", TITLES["29-2071"], CROSS_INDUSTRY, place)


def residual(total: Row, parts: list[Row]) -> Row:
    """Everyone of `total` outside `parts`: employment, the mean that adds up and its relative standard error (percent).

    With independent parts the payroll's variance N^2 var(m) is the residual's plus the parts' own; the errors of
    the employment figures enter through N_R alone.
    """
    people = total["employment"] - sum(part["employment"] for part in parts)
    payroll = total["employment"] * total["mean"] - sum(part["employment"] * part["mean"] for part in parts)
    mean = payroll / people
    variance = _payroll_variance(total) - sum(map(_payroll_variance, parts))
    for part in (total, *parts):
        variance += ((part["mean"] - mean) * part["employment"] * part["employment_rse"] / 100) ** 2
    return {"employment": people, "mean": round(mean), "mean_rse": round(100 * variance**0.5 / people / mean, 2)}


def _payroll_variance(row: Row) -> float:
    return float(row["employment"] * row["mean"] * row["mean_rse"] / 100) ** 2


def residual_cell(rows: list[Row]) -> Row:
    """All employers of May 2018 technicians that the hospital and school cells leave out."""
    technicians = [row for row in rows if (row["year"], row["occupation"]) == (2018, "29-2071")]
    total = next(row for row in technicians if row["industry"] == "000000")
    parts = [row for row in technicians if row["industry"] != "000000"]
    where = {"industry": "", "industry_title": "All other industries and ownerships", "ownership": "All other"}
    source = {"kind": "derived", "source": "Derived: May 2018 national row less the eleven hospital and school cells"}
    return cell(2018, "29-2071", TITLES["29-2071"], NATION, where, residual(total, parts), source)


def all_cells(data: Path) -> list[Row]:
    """Every row of the table: nation, industries, derived residual, states (2018, then 2025), areas."""
    rows = list(national_cells(data))
    titles = {row["occupation"]: row["occupation_title"] for row in rows}
    rows += industry_cells(data, titles)
    rows.append(residual_cell(rows))
    areas = list(area_cells(data))
    codes = {row["area_title"]: row["area"] for row in areas if row["area_type"] == "state"}
    return rows + list(secondary_state_cells(data, codes)) + areas


def write(data: Path, output: Path) -> None:
    """Writes the table."""
    write_table(output / "health_information.csv", COLUMNS, all_cells(data))


if __name__ == "__main__":
    run(write)
