"""Made-up files in the layouts of the Occupational Employment and Wage Statistics that are not at hand."""

from __future__ import annotations

import csv
import io

STATE = [
    ["AREA", "ST", "STATE", "OCC_CODE", "OCC_TITLE", "OCC_GROUP", "TOT_EMP", "EMP_PRSE", "JOBS_1000", "LOC_Q",
     "H_MEAN", "A_MEAN", "MEAN_PRSE", "H_PCT10", "H_MEDIAN", "A_PCT10", "A_MEDIAN", "A_PCT90", "ANNUAL", "HOURLY"],
    ["1", "AL", "Alabama", "29-2071", "Medical Records", "detailed", "2,510", "4.1", "1.3", "0.93",
     "17.05", "35,460", "1.9", "9.30", "15.01", "19,340", "31,220", "#", "", ""],
    ["34", "NJ", "New Jersey", "29-2071", "Medical Records", "detailed", "**", "**", "**", "**",
     "*", "*", "*", "*", "*", "*", "*", "*", "TRUE", ""],
]  # fmt: skip
ALL_DATA = [
    ["area", "area_title", "area_type", "naics", "naics_title", "own_code",
     "occ code", "occ title", "group", "tot_emp", "loc quotient", "a_mean", "a_median"],
    ["10180", "Abilene, TX", "4", "000000", "Cross-industry", "1235",
     "29-2072", "Medical Records Specialists", "detailed", "90", "0.81", "41000", "39500"],
    ["0100001", "Northwest Alabama", "6", "000000", "Cross-industry", "1235",
     "29-2072", "Medical Records Specialists", "detailed", "60", "0.7", "39000", "37000"],
]  # fmt: skip


def as_csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
