"""The national OEWS workbooks of 1997 to 2021, whose layouts differ from year to year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook
from tables import Row, number

FIGURES = ("pct10", "pct25", "median", "pct75", "pct90")
DETAILED = ("", "detailed", "nan")  # the group column of a detailed occupation, by year


def workbook_of(year: int, folder: Path) -> Path:
    """The national workbook of a release among the files of `folder`."""
    return next(path for path in sorted(folder.glob("national_*")) if re.search(rf"{year}_dl\.", path.name))


def national_rows(path: Path, codes: set[str]) -> dict[str, Row]:
    """The rows of the detailed occupations `codes` in a national workbook, with the columns of the embedded table."""
    found: dict[str, Row] = {}
    for row in sheet_rows(path):
        code = str(row["occ_code"]).strip()
        if code in codes and str(row.get("group", "")).strip().lower() in DETAILED:
            found[code] = _tidy(row)
    return found


def sheet_rows(path: Path) -> Iterator[Row]:
    """Every row of a national workbook below its header, under the column names of the recent releases."""
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    header = next(i for i, row in enumerate(rows) if str(row[0]).lower() in ("occ_code", "area"))
    names = [_standard_name(cell) for cell in rows[header]]
    for values in rows[header + 1 :]:
        yield dict(zip(names, values, strict=True))


def _standard_name(cell: Any) -> str:
    name = str(cell).strip().lower().replace("wpct", "pct")
    return {"occ_titl": "occ_title", "occ_group": "group", "o_group": "group"}.get(name, name)


def _tidy(row: Row) -> Row:
    tidy: Row = {
        "occupation_title": str(row["occ_title"]).strip(),
        "employment": number(row["tot_emp"]),
        "employment_rse": number(row["emp_prse"]),
        "mean": number(row["a_mean"]),
        "mean_rse": number(row["mean_prse"]),
        "hourly_mean": number(row["h_mean"]),
    }
    for figure in FIGURES:
        name = "p50" if figure == "median" else f"p{figure[3:]}"
        tidy[name] = number(row[f"a_{figure}"])
        tidy[f"hourly_{name}"] = number(row[f"h_{figure}"])
    return tidy
