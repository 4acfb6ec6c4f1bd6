"""A list of staff as people keep it: tables of every library, files as people write them, and what is written back."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import wagefit as wf

from ..sheets import as_xlsx


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table])
def test_every_library_gives_its_own_table(make: Any) -> None:
    columns = {"Name": ["Ann", "Ben"], "SOC_Code": ["29-1141", "wizard"], "Annual Salary": ["$101,000", "48,000"]}
    result = wf.rank_staff(make(columns), draws=0)
    frame = result.to_frame()
    assert isinstance(frame, type(make(columns)))
    assert list(frame["Name"]) == list(make(columns)["Name"])
    assert [str(each) for each in frame["status"]] == ["placed", "not placed"]


def test_a_pandas_table_keeps_its_index_and_types() -> None:
    columns = {"id": [7, 9], "occupation": ["29-1141", "47-2111"], "wage": [90_000, 60_000]}
    staff = pd.DataFrame(columns, index=["x", "y"])
    frame = wf.rank_staff(staff, draws=0).to_frame()
    pd.testing.assert_frame_equal(frame[staff.columns], staff)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ('Name,Code,State,Pay\nZoë,29-1141,NJ,"$101,000"\nBen,wizard,NJ,1\nCy,29-1141\n', "utf-8-sig"),
        ("Name;Code;State;Pay\r\nZoë;29-1141;NJ;101,000\r\nBen;wizard;NJ;1\r\nCy;29-1141", "cp1252"),
        ("Name\tCode\tState\tPay\n\nZoë\t29-1141.00\tnew jersey\t101000\nBen\twizard\tNJ\t1\nCy\t29-1141\n", "utf-8"),
    ],
)
def test_a_file_is_read_as_people_write_it(tmp_path: Path, text: str, encoding: str) -> None:
    path, output = tmp_path / "staff.csv", tmp_path / "out.csv"
    path.write_text(text, encoding=encoding)
    result = wf.rank_staff(path, draws=0)
    assert result.columns["status"].tolist() == ["placed", "not placed", "not placed"]
    assert result.columns["note"][2] == "the row has 2 cells; expected 4, as the header has"
    result.write_csv(output)
    with output.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["Name"] for row in rows] == ["Zoë", "Ben", "Cy"]
    assert float(rows[0]["percentile"]) == pytest.approx(result.columns["percentile"][0], abs=0.005)
    assert rows[1]["percentile"] == ""


def test_a_file_whose_rows_are_all_too_short_is_answered_row_by_row(tmp_path: Path) -> None:
    """The header names the wage, no row reaches it: the columns keep their length, so that the list can be written."""
    path, output = tmp_path / "staff.csv", tmp_path / "out.csv"
    path.write_text("Code,State,Wage\n29-1141,NJ\n47-2111,NJ\n")
    result = wf.rank_staff(path, draws=0)
    assert result.columns["note"].tolist() == ["the row has 2 cells; expected 3, as the header has"] * 2
    result.write_csv(output)
    assert [line.split(",")[:4] for line in output.read_text().splitlines()[1:]] == [
        ["29-1141", "NJ", "", "not placed"],
        ["47-2111", "NJ", "", "not placed"],
    ]


def test_a_workbook_is_read(tmp_path: Path) -> None:
    path = tmp_path / "staff.xlsx"
    path.write_bytes(as_xlsx({"Staff": [["Title", "Salary"], ["Registered nurses", 101_000]]}))
    assert wf.rank_staff(path, draws=0).counts() == {"placed": 1}


def test_files_that_are_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no file; expected a list of staff"):
        wf.rank_staff(tmp_path / "staff.csv")
    (tmp_path / "staff.csv").write_text("\n")
    with pytest.raises(wf.FactError, match="is empty"):
        wf.rank_staff(tmp_path / "staff.csv")


def test_texts_that_spreadsheets_would_run_are_disarmed(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    staff = pd.DataFrame({"name": ["=1+1", "-5"], "occupation": ["29-1141", "29-1141"], "wage": [90_000, 91_000]})
    wf.rank_staff(staff, draws=0).write_csv(path)
    assert [line.partition(",")[0] for line in path.read_text().splitlines()] == ["name", "'=1+1", "-5"]
