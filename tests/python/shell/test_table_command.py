"""A table of any agency as distributions, file to file."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import wagefit as wf

HEAD = "Description,Code,No_jobs,Median,Mean,10,20,25,30,40,60,70,75,80,90\n"
ROWS = (
    'Mental health nurses,2235,41,"33,603",33102,23837,26612,27719,29143,31557,35327,37983,39177,39772,x\n'
    "Midwifery nurses,2231,20,41188,39883,x,30818,34402,37194,40091,42634,45075,46685,x,x\n"
    "Podiatrists,2218,x,x,x,x,x,x,x,x,x,x,x,x,x\n"
)


@pytest.fixture
def ashe(tmp_path: Path) -> Path:
    path = tmp_path / "ASHE_Table14_2021_annual.csv"
    path.write_text(HEAD + ROWS)
    return path


def test_rows_of_another_agency_are_fitted_in_the_unit_that_they_state(run, ashe: Path, tmp_path: Path) -> None:
    outcome = run("table", str(ashe), "--layout", "ashe", "-o", str(tmp_path / "fits.csv"))
    assert (outcome.status, outcome.err) == (0, "")
    assert "2 exact" in outcome.flat
    assert "1 suppressed" in outcome.flat
    fits = pd.read_csv(tmp_path / "fits.csv")
    assert fits["fit_unit"].tolist() == ["GBP/year"] * 3
    cells = wf.fit_table(wf.tables.read(ashe, layout="ashe"))
    assert fits["fit_p99"].tolist() == pytest.approx(cells.ppf(0.99).tolist(), nan_ok=True)


def test_rows_in_several_units_are_each_fitted_in_their_own(run, tmp_path: Path) -> None:
    layout = tmp_path / "own.toml"
    layout.write_text(
        '[unit]\ncolumn = "Unit"\n"CAD/hour" = "hour"\n"CAD/year" = "year"\n'
        '[keys]\noccupation = "Code"\n[facts]\np10 = "Low"\np50 = "Median"\np90 = "High"\n'
    )
    table = tmp_path / "wages.csv"
    table.write_text("Code,Unit,Low,Median,High\na,hour,20,30,50\nb,year,40000,60000,90000\nc,hour,21,31,51\n")
    outcome = run("table", str(table), "--layout", str(layout), "-o", str(tmp_path / "fits.csv"))
    assert (outcome.status, outcome.err) == (0, "")
    fits = pd.read_csv(tmp_path / "fits.csv")
    assert fits["fit_unit"].tolist() == ["CAD/hour", "CAD/year", "CAD/hour"]
    assert fits["fit_p50"].tolist() == pytest.approx([30, 60_000, 31], rel=1e-9)  # a fit is exact to 1e-10


def test_a_unit_that_contradicts_the_table_is_answered(run, ashe: Path, tmp_path: Path) -> None:
    outcome = run("table", str(ashe), "--layout", "ashe", "--unit", "USD/year", "-o", str(tmp_path / "fits.csv"))
    assert (outcome.status, outcome.out) == (2, "")
    assert "unit is 'USD/year' and ASHE_Table14_2021_annual.csv is in GBP/year" in outcome.err


def test_an_unknown_release_is_asked_for_by_its_option(run, tmp_path: Path) -> None:
    table = tmp_path / "nat.csv"
    table.write_text("OCC_CODE,A_MEAN,A_PCT10,A_MEDIAN,A_PCT90\n29-2071,44010,26550,40350,66260\n")
    outcome = run("table", str(table), "-o", str(tmp_path / "fits.csv"))
    assert (outcome.status, outcome.out) == (2, "")
    assert "nat.csv does not say which release it is; expected --release, a year" in outcome.err


def test_a_unit_without_a_layout_is_answered(run, ashe: Path) -> None:
    outcome = run("table", str(ashe), "--unit", "GBP/year", "-o", "fits.csv")
    assert outcome.status == 2
    assert "--unit is 'GBP/year'; expected it with --layout" in outcome.err
