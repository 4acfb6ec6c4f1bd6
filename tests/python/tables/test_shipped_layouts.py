"""The layouts that come with the package, on published tables and on samples in the published layouts."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import wagefit as wf

from ..shared_data import shared_folder
from ..sheets import as_xlsx

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "tables"
ASHE_PERCENTILES = (10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90)
OEWS_FIGURES = ("employment", "employment_rse", "mean", "mean_rse", "p10", "p25", "p50", "p75", "p90")
# Rows below the header of the files, counted with csv.
ASHE_TABLES, ASHE_ROWS = 18, 8182


@pytest.fixture(scope="module")
def ashe() -> dict[Path, pd.DataFrame]:
    files = sorted(shared_folder("ashe").glob("*.csv"))
    assert len(files) == ASHE_TABLES
    return {file: wf.tables.read(file, layout="ashe", backend="pandas") for file in files}


def printed_number(cell: str) -> float:
    """What a cell of ASHE prints, without the package: NaN where it is no number."""
    try:
        return float(cell.replace(",", ""))
    except ValueError:
        assert cell.strip() in ("x", "..", ":", ""), cell
        return math.nan


def sample(name: str, layout: str) -> pd.DataFrame:
    return wf.tables.read(SAMPLES / name, layout=layout, backend="pandas")


# -- real tables -------------------------------------------------------------------------------------------------------


def test_every_cell_of_every_ashe_table_is_read(ashe: dict[Path, pd.DataFrame]) -> None:
    """The oracle is csv alone: columns by the names in the header, numbers without commas."""
    n_rows = 0
    for file, table in ashe.items():
        header, *rows = csv.reader(file.read_text(encoding="utf-8-sig").splitlines())
        n_rows += len(rows)
        assert table["occupation_title"].tolist() == [row[0].strip() for row in rows]
        columns = {f"p{p}": str(p) for p in ASHE_PERCENTILES if p != 50} | {"p50": "Median", "mean": "Mean"}
        for name, head in columns.items():
            expected = [printed_number(row[header.index(head)]) for row in rows]
            np.testing.assert_array_equal(table[name], expected, err_msg=f"{file.name}: {name}")
        np.testing.assert_array_equal(table["employment"], [1000 * printed_number(row[2]) for row in rows])
    assert n_rows == ASHE_ROWS


def test_ashe_says_its_unit_and_year_in_its_name(ashe: dict[Path, pd.DataFrame]) -> None:
    for file, table in ashe.items():
        assert set(table["unit"]) == {"GBP/year" if "annual" in file.name else "GBP/hour"}
        assert set(table["year"]) == {int(next(year for year in ("2010", "2011", "2020", "2021") if year in file.name))}


def test_marks_of_ashe_are_named(ashe: dict[Path, pd.DataFrame]) -> None:
    table = next(iter(ashe.values()))
    officials = table.set_index("occupation").loc["1111"]
    assert officials["unavailable"] == "employment p10 p20 p25 p30 p60 p70 p75 p80 p90"
    assert table["unavailable"].tolist()[-1] == "employment"


def test_fits_of_ashe_are_exact_in_all_published_percentiles(ashe: dict[Path, pd.DataFrame]) -> None:
    """1e-9 is far below the penny to which the figures are printed, and far above rounding."""
    for file, table in ashe.items():
        cells = wf.fit_table(table)
        published = table[[f"p{p}" for p in ASHE_PERCENTILES]].to_numpy()
        assert cells.unit == table["unit"][0]
        assert not set(cells.status) & {"infeasible", "failed"}
        is_met = np.isclose(cells.ppf(np.array(ASHE_PERCENTILES) / 100), published, rtol=1e-9) | np.isnan(published)
        assert is_met[cells.is_fitted].all(), file.name
        has_mean = table["mean"].notna().to_numpy() & cells.is_fitted
        np.testing.assert_allclose(cells.mean()[has_mean], table["mean"][has_mean], rtol=1e-9)
        # Unfitted are rows with fewer than two figures alone.
        assert np.all(np.sum(~np.isnan(published), axis=1)[~cells.is_fitted] <= 1)


@pytest.mark.parametrize("year", [1997, 2003, 2011, 2018, 2021])
def test_the_layout_of_oews_reads_what_oews_reads(year: int) -> None:
    file = next(iter(sorted((shared_folder("oews") / "national").glob(f"national*{year}*"))))
    expected = wf.oews.read(file, backend="pandas")
    table = wf.tables.read(file, layout="oews", backend="pandas")
    for name in (*OEWS_FIGURES, "occupation", "top_coded"):
        np.testing.assert_array_equal(table[name], expected[name], err_msg=name)
    ours, theirs = wf.fit_table(table), wf.fit_table(expected)
    np.testing.assert_array_equal(ours.status, theirs.status)
    np.testing.assert_array_equal(ours.ppf([0.05, 0.5, 0.95]), theirs.ppf([0.05, 0.5, 0.95]))


def test_top_codes_of_the_layout_are_those_of_oews(tmp_path: Path) -> None:
    file = tmp_path / "oews.csv"
    file.write_text("OCC_CODE,A_MEAN,A_PCT10,A_PCT90\n29-1061,267020,133080,#\n")
    for year in range(1997, 2025):
        table = wf.tables.read(file, layout="oews", year=year, backend="pandas")
        assert table["p90_at_least"].tolist() == [wf.oews.releases.top_code(year)], year


# -- samples -----------------------------------------------------------------------------------------------------------


def test_a_sample_of_the_job_bank() -> None:
    table = sample("job_bank_sample.csv", "job_bank")
    assert table["unit"].tolist() == ["CAD/year", "CAD/hour", "CAD/hour", "CAD/hour"]
    legislators = ("97600", "32867", "54400", "84000", "132000", "184000")  # as printed
    assert table.loc[0, ["mean", "p10", "p25", "p50", "p75", "p90"]].tolist() == [float(x) for x in legislators]
    assert table.loc[1, ["mean", "p10", "p50"]].isna().all()
    assert table["area_title"].tolist() == ["Canada", "Avalon Peninsula", "Canada", "Quebec"]
    assert table["period"].tolist() == ["2021", "NA", "2023-2024", "2023-2024"]
    hourly = wf.fit_table(table, unit="CAD/hour")
    assert hourly.status.tolist() == ["suppressed", "suppressed", "exact", "exact_without_mean"]
    assert hourly.ppf([0.1, 0.25, 0.5, 0.75, 0.9])[2] == pytest.approx([29.5, 36.15, 42.1, 48.0, 54.05], rel=1e-9)


def test_columns_of_earlier_years_of_the_job_bank(tmp_path: Path) -> None:
    """Names of 2016: no average and no quartiles."""
    head = "NOC_CNP,NOC_Title,Titre_CNP,PROV,ER_Code_Code_RE,ER_Name_Nom_RE,Low_Wage_Salaire_Minium,"
    head += "Median_Wage_Salaire_Median,High_Wage_Salaire_Maximal,Annual_Wage_Flag_Salaire_annuel"
    file = tmp_path / "wages.csv"
    file.write_text(f"{head}\n3012,Nurses,Infirmiers,ON,ER35,Ontario,24.00,36.50,45.00,0\n")
    table = wf.tables.read(file, layout="job_bank", backend="pandas")
    assert table.loc[0, ["p10", "p50", "p90"]].tolist() == [24.0, 36.5, 45.0]
    assert (table["occupation_title"][0], table["area_title"][0]) == ("Nurses", "Ontario")
    assert table[["mean", "p25"]].isna().all(axis=None)


def test_a_sample_of_eurostat() -> None:
    """A row for each country; indicators in another unit are left out."""
    table = sample("eurostat_ses_sample.csv", "eurostat_ses").set_index("area")
    assert table.index.tolist() == ["BG", "SK", "LU"]
    assert set(table["unit"]) == {"EUR/month"}
    assert table.loc["BG", ["p10", "p50", "mean", "p90"]].tolist() == [376.0, 705.0, 949.0, 1700.0]
    assert table.loc["SK", "p50"] == 1215.5
    assert table.loc["LU", "unavailable"] == "mean p50"
    cells = wf.fit_table(table)
    assert cells.ppf([0.1, 0.5, 0.9])[0] == pytest.approx([376.0, 705.0, 1700.0], rel=1e-9)
    assert cells.mean()[0] == pytest.approx(949.0, rel=1e-9)


def test_a_sample_of_ashe_with_titles_remarks_and_a_table_of_errors() -> None:
    cv = SAMPLES / "ashe_sample_annual_cv.csv"
    table = wf.tables.read(SAMPLES / "ashe_sample_annual.csv", layout="ashe", errors=cv, backend="pandas")
    assert table["occupation_title"].tolist() == ["All employees", "Nurses", "Café staff and bar", "Elected officers"]
    assert table.loc[1, ["employment", "p25", "mean"]].tolist() == [583_000.0, 26_000.0, 34_847.0]
    assert table.loc[1, ["employment_rse", "p25_rse", "mean_rse"]].tolist() == [1.9, 1.0, 0.5]
    assert table["mean_rse"].tolist()[:3] == [0.3, 0.5, 4.2]
    assert math.isnan(table["mean_rse"][3])
    assert set(table["year"]) == {2023}
    facts = wf.fit_table(table)[1].diagnostics.facts
    assert (facts.mean_rse, facts.employment, len(facts.quantiles)) == (0.5, 583_000.0, 11)


def test_a_workbook_of_ashe_is_read_from_the_sheet_of_all(tmp_path: Path) -> None:
    """Percentages of the header are numbers in a workbook."""
    lines = (SAMPLES / "ashe_sample_annual.csv").read_text(encoding="cp1252").splitlines()
    rows = [[int(cell) if cell.isdigit() else cell for cell in row] for row in csv.reader(lines)]
    men = [[501 if cell == 583 else cell for cell in row] for row in rows]
    file = tmp_path / "Table 14.7a.xlsx"
    file.write_bytes(as_xlsx({"Notes": [["About"]], "Male": men, "All": rows}))
    expected = sample("ashe_sample_annual.csv", "ashe")
    pd.testing.assert_frame_equal(wf.tables.read(file, layout="ashe", backend="pandas"), expected)
    assert wf.tables.read(file, layout="ashe", sheet="male", backend="pandas")["employment"][1] == 501_000
    with pytest.raises(wf.FactError, match="sheet is 'Female'; expected one of 'Male', 'All', which Table 14"):
        wf.tables.read(file, layout="ashe", sheet="Female")


def test_sheets_without_a_known_name_must_be_named(tmp_path: Path) -> None:
    rows = [["Description", "Code", "Median", "Mean", 10, 90], ["Nurses", 2231, 30_000, 31_000, 20_000, 45_000]]
    file = tmp_path / "2021.xlsx"
    file.write_bytes(as_xlsx({"annual_FT": rows, "annual_FTPT": rows}))
    with pytest.raises(wf.FactError, match="holds several tables: 'annual_FT', 'annual_FTPT'; expected sheet="):
        wf.tables.read(file, layout="ashe")
    table = wf.tables.read(file, layout="ashe", sheet="annual_FT", backend="pandas")
    assert (table["unit"][0], table["occupation"][0], table["p90"][0]) == ("GBP/year", "2231", 45_000)


def test_the_layouts_are_listed_with_what_they_are_of() -> None:
    titles = wf.tables.layouts()
    assert list(titles) == ["ashe", "eurostat_ses", "job_bank", "oews"]
    assert "United Kingdom" in titles["ashe"]
