"""Every embedded row of every occupation, against the published files read as plainly as possible."""

from __future__ import annotations

import csv
import gzip
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from wagefit import oews
from wagefit.oews import all_occupations
from wagefit.shared.embedded_tables import FOLDER

from ..national_workbooks import PERCENTILES, data_folder, national_releases
from ..shared_data import shared_folder
from ..source_tree import ROOT

ANNUAL = ("p10", "p25", "p50", "p75", "p90")
PRINTED = {"p10": "A_PCT10", "p25": "A_PCT25", "p50": "A_MEDIAN", "p75": "A_PCT75", "p90": "A_PCT90",
           "employment": "TOT_EMP", "location_quotient": "LOC_QUOTIENT", "mean": "A_MEAN"}  # fmt: skip


def test_script_writes_the_embedded_table(tmp_path: Path) -> None:
    """Array by array: compressed bytes differ between versions of zlib."""
    pytest.importorskip("python_calamine")
    command = [sys.executable, str(ROOT / "python" / "embed" / "occupations.py"), str(shared_folder("him").parent)]
    subprocess.run([*command, str(tmp_path)], check=True, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"})
    with np.load(tmp_path / "occupations.npz") as written, np.load(FOLDER / "occupations.npz") as embedded:
        assert set(written) == set(embedded)
        assert all(np.array_equal(written[name], embedded[name]) for name in embedded)


def test_every_national_row_is_there_as_printed() -> None:
    """Annual wages of 25 workbooks, 25,686 rows with the total of 1997, which has no code."""
    n_rows = 0
    for release in national_releases():
        rows = all_occupations.rows_where(year=release.year, area="US")
        codes = np.array(all_occupations.texts("occupation"))[all_occupations.numbers("occupation")[rows]]
        wages = np.column_stack([all_occupations.figures(name)[rows] for name in ("mean", *ANNUAL)])
        printed = np.round(np.column_stack([release.mean, release.quantiles]), 2)  # cents of 1997, from hourly wages
        ours = Counter(row for row in zip(codes.tolist(), map(repr, wages.tolist()), strict=True) if row[0])
        assert ours == Counter(zip(release.codes, map(repr, printed.tolist()), strict=True))
        n_rows += len(rows)
    assert n_rows == 25_686


def test_top_codes_are_bounds_and_no_numbers() -> None:
    """A code may stand twice, broad and detailed, with the same figures."""
    for release in national_releases():
        printed = {
            code: " ".join(name for name, is_top in zip(ANNUAL, marks, strict=True) if is_top)
            for code, marks in zip(release.codes, release.is_top_coded, strict=True)
            if marks.any()
        }
        rows = all_occupations.rows_where(year=release.year, area="US").tolist()
        found = [cell for cell in map(all_occupations.cell, rows) if cell.top_coded]
        assert {cell.occupation: cell.top_coded for cell in found} == printed
        for cell in found:
            assert cell.top_code == release.top_code
            bounds = {p for p, name in zip(PERCENTILES, ANNUAL, strict=True) if name in cell.top_coded.split()}
            assert set(oews.cell(cell.occupation, year=cell.year).at_least) == bounds or cell.hourly_only


@pytest.mark.parametrize(("file", "area"), [("national", "US"), ("states", None)])
def test_every_row_of_may_2025_is_there_as_printed(file: str, area: str | None) -> None:
    path = data_folder() / "oews" / "may2025" / f"oews_m2025_{file}.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        printed = {(row.get("AREA", "US"), row["OCC_CODE"]): row for row in csv.DictReader(lines)}
    rows = all_occupations.rows_where(year=2025, area=area)
    if area is None:
        rows = np.setdiff1d(rows, all_occupations.rows_where(area="US"))
    place, code = (np.array(all_occupations.texts(n))[all_occupations.numbers(n)[rows]] for n in ("area", "occupation"))
    assert sorted(zip(place.tolist(), code.tolist(), strict=True)) == sorted(printed)
    for name, column in PRINTED.items():
        ours = all_occupations.figures(name)[rows]
        theirs = [number(printed[key].get(column, "")) for key in zip(place.tolist(), code.tolist(), strict=True)]
        np.testing.assert_array_equal(ours, theirs)


def number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def test_hourly_figures_precision_and_marks_of_a_whole_release() -> None:
    """The workbook of May 2018, cell by cell."""
    calamine = pytest.importorskip("python_calamine")
    workbook = calamine.CalamineWorkbook.from_path(str(data_folder() / "oews" / "national" / "national_M2018_dl.xlsx"))
    header, *body = workbook.get_sheet_by_index(0).to_python()
    columns = {"employment": "TOT_EMP", "employment_rse": "EMP_PRSE", "mean_rse": "MEAN_PRSE", "hourly_mean": "H_MEAN",
               "hourly_p10": "H_PCT10", "hourly_p50": "H_MEDIAN", "hourly_p90": "H_PCT90"}  # fmt: skip
    for values in body:
        printed = dict(zip(header, values, strict=True))
        (cell,) = (found(i) for i in all_occupations.rows_where(
            year=2018, occupation=printed["OCC_CODE"], occupation_group=printed["OCC_GROUP"]
        ))  # fmt: skip
        assert cell.occupation_title == str(printed["OCC_TITLE"]).strip()
        marks = [str(printed[name]).upper() == "TRUE" for name in ("ANNUAL", "HOURLY")]
        assert [cell.annual_only, cell.hourly_only] == marks
        for name, column in columns.items():
            ours = getattr(cell, name)
            assert ours == (None if np.isnan(number(printed[column])) else number(printed[column]))


def found(i: Any) -> oews.Cell:
    return all_occupations.cell(int(i))


def test_health_information_rows_agree_with_their_own_table() -> None:
    """The figures of the national and state rows that stand in both embedded tables."""
    n_rows = 0
    figures = ("employment", "employment_rse", "mean", "mean_rse", *ANNUAL, "hourly_mean", "hourly_p50", "hourly_p90")
    for cell in oews.cells(industry="000000", kind="published"):
        rows = all_occupations.rows_where(
            year=cell.year, area=cell.area, occupation=cell.occupation, occupation_group="detailed"
        )
        for other in map(found, rows):
            assert [getattr(other, name) for name in figures] == [getattr(cell, name) for name in figures]
            n_rows += 1
    assert n_rows > 200


def test_the_table_is_small() -> None:
    assert (FOLDER / "occupations.npz").stat().st_size < 800_000
