"""Published files of any layout: real ones, and made-up ones in the other layouts."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import wagefit as wf

from ..national_workbooks import data_folder
from ..published_layouts import ALL_DATA, STATE, as_csv

# Rows of each workbook below its header, counted in the workbooks.
NATIONAL_ROWS = {
    1997: 828, 1998: 827, 1999: 731, 2000: 733, 2001: 733, 2002: 734, 2003: 734, 2004: 823, 2005: 822, 2006: 822,
    2007: 823, 2008: 823, 2009: 823, 2010: 819, 2011: 819, 2012: 1394, 2013: 1394, 2014: 1394, 2015: 1394, 2016: 1394,
    2017: 1382, 2018: 1379, 2019: 1329, 2020: 1329, 2021: 1403,
}  # fmt: skip
# Total employment as printed in the row of all occupations.
TOTALS = {
    2002: 127_523_760, 2003: 127_567_910, 2006: 132_604_980, 2009: 130_647_610, 2011: 128_278_550,
    2014: 135_128_260, 2016: 140_400_040, 2018: 144_733_270, 2021: 140_886_310,
}  # fmt: skip
# Copied from the workbooks' cells: year, code, column, figure; None where `*` or `#` stands.
SPOTS: list[tuple[int, str, str, float | None]] = [
    (1997, "32911", "employment", 87_040), (1997, "32911", "hourly_p50", 9.62), (1997, "32911", "p10", 13_270.4),
    (1997, "32105", "p50", 109_096), (1997, "32105", "p75", None), (1998, "32911", "mean", 21_990),
    (1998, "32911", "p90", 31_570),
    (1998, "32511", "mean_rse", 1.1), (1999, "29-2071", "mean", 23_150), (1999, "29-2071", "p25", 17_610),
    (1999, "29-1067", "p25", None), (1999, "11-9111", "employment_rse", 1.5), (2002, "29-2071", "p50", 23_890),
    (2002, "29-1061", "p10", 99_850), (2003, "29-2071", "p75", 31_460), (2003, "11-9111", "hourly_mean", 34.92),
    (2006, "29-2071", "employment", 164_700), (2006, "53-7199", "p90", 52_670), (2009, "29-2071", "hourly_p90", 24.76),
    (2009, "29-1067", "mean", 219_770), (2011, "29-2071", "p10", 21_680), (2011, "53-7199", "mean_rse", 3.2),
    (2014, "29-2071", "mean", 38_860), (2014, "29-1151", "p75", 181_860), (2014, "29-1151", "p90", None),
    (2016, "29-2071", "p90", 62_840), (2016, "29-1067", "p25", 197_070), (2018, "29-2071", "employment", 208_650),
    (2018, "29-2071", "p90", 66_260), (2018, "29-1061", "mean", 267_020), (2021, "29-2072", "p50", 46_660),
    (2021, "11-9111", "p90", 205_620), (2021, "29-2072", "employment_rse", 1.5),
]  # fmt: skip
# Annual figures are printed to $10 and hourly ones to a cent; 1e-6 for the product of a binary fraction.
HOURLY_ROUNDING = 15.6 + 1e-6


# -- real files --------------------------------------------------------------------------------------------------------


def test_every_row_of_every_national_workbook_is_read(national: dict[int, pd.DataFrame]) -> None:
    assert {year: len(table) for year, table in national.items()} == NATIONAL_ROWS
    assert sum(NATIONAL_ROWS.values()) == 25_686


def test_totals_are_the_printed_ones(national: dict[int, pd.DataFrame]) -> None:
    for year, employment in TOTALS.items():
        total = national[year].query("occupation == '00-0000'")
        assert total["employment"].tolist() == [employment], year
        assert total["occupation_group"].tolist() == ["total"]


def test_spot_figures_are_the_printed_ones(national: dict[int, pd.DataFrame]) -> None:
    for year, code, column, figure in SPOTS:
        found = national[year].query("occupation == @code and occupation_group == 'detailed'")[column].tolist()
        assert found == [figure] if figure is not None else np.isnan(found).all(), (year, code, column)


def test_hourly_times_hours_is_annual(national: dict[int, pd.DataFrame]) -> None:
    everything = pd.concat(national.values(), ignore_index=True)
    wrong = np.zeros(len(everything), dtype=bool)
    for name in ("mean", "p10", "p25", "p50", "p75", "p90"):
        wrong |= ((everything[f"hourly_{name}"] * 2080 - everything[name]).abs() > HOURLY_ROUNDING).to_numpy()
    faults = everything[wrong]
    faults = faults[faults["p90"] != 999_999]  # the sentinel of 1998
    assert len(faults) == 13
    assert set(faults["year"]) == {1998}
    assert set(faults["occupation_group"]) == {"major"}
    report = wf.oews.validate(everything, backend="pandas")
    assert set(faults.index) <= set(report["row"])


def test_marks_are_kept_apart(national: dict[int, pd.DataFrame]) -> None:
    coded = national[2018].query("occupation == '29-1061'").iloc[0]
    assert (coded["top_code"], coded["top_coded"]) == (208_000, "p25 p50 p75 p90")
    assert coded["hourly_top_coded"] == "p25 p50 p75 p90"
    everything = pd.concat(national.values())
    assert int((everything["top_coded"] != "").sum()) == 1_068
    assert not everything["top_coded"].str.contains("mean|p10").any()
    first = national[1997]
    assert "employment" in " ".join(first["unavailable"])  # `#` under TOT_EMP is no top code
    assert int(first["annual_only"].sum()) == 46


def test_nothing_is_fabricated(national: dict[int, pd.DataFrame]) -> None:
    table = national[2018]
    annual_only, hourly_only = table[table["annual_only"]], table[table["hourly_only"]]
    assert (len(annual_only), len(hourly_only)) == (82, 6)
    assert annual_only["hourly_mean"].isna().all()
    assert hourly_only["mean"].isna().all()
    assert hourly_only["hourly_mean"].notna().all()


def test_a_code_may_stand_twice(national: dict[int, pd.DataFrame]) -> None:
    for year in range(2017, 2022):
        assert not national[year].duplicated(["occupation", "occupation_group"]).any()
    assert national[2018].duplicated("occupation").any()


def test_industry_files_are_read() -> None:
    folder = data_folder() / "oews" / "industry"
    owners = wf.oews.read(folder / "nat4d_M2018_owner_dl.xlsx", backend="pandas")
    sectors = wf.oews.read(folder / "natsector_M2022_dl.xlsx", backend="pandas")
    assert (len(owners), len(sectors)) == (9_725, 15_997)
    assert {"Private", "State government", "Local government"} <= set(owners["ownership"])
    assert int((owners["top_coded"].str.contains("mean")).sum() + sectors["top_coded"].str.contains("mean").sum()) == 3
    assert int(sectors["below_half"].str.contains("percent_reporting").sum()) == 8_842
    assert sectors["top_code"].unique().tolist() == [239_200]


def test_tables_of_2025_are_read() -> None:
    folder = data_folder() / "oews" / "may2025"
    tables = {
        name: wf.oews.read(folder / f"oews_m2025_{name}.csv.gz", backend="pandas")
        for name in ("national", "states", "metros")
    }
    assert {name: len(table) for name, table in tables.items()} == {
        "national": 779,
        "states": 33_898,
        "metros": 180_316,
    }
    metros = tables["metros"]
    assert {len(code) for code in metros["area"]} == {5, 7}
    assert metros["area"].iloc[0] == "0100001"
    assert (metros["area_type"] == "nonmetropolitan").equals(metros["area"].str.len() == 7)
    assert set(tables["states"].query("area in ['PR', 'GU', 'VI']")["area_type"]) == {"territory"}
    assert metros["location_quotient"].notna().any()
    assert metros["top_code"].isna().all()


# -- made-up files in the other layouts --------------------------------------------------------------------------------


def test_the_state_layout(tmp_path: Path) -> None:
    (tmp_path / "state_M2013_dl.csv").write_bytes(as_csv([["May 2013 OES State Estimates"], [], *STATE]))
    table = wf.oews.read(tmp_path / "state_M2013_dl.csv", backend="pandas")
    first, second = table.iloc[0], table.iloc[1]
    assert (first["area"], first["primary_state"], first["area_title"], first["area_type"]) == (
        "01",
        "AL",
        "Alabama",
        "state",
    )
    assert (first["employment"], first["mean"], first["p10"], first["location_quotient"]) == (
        2_510,
        35_460,
        19_340,
        0.93,
    )
    assert (first["release"], first["top_code"], first["top_coded"]) == ("May 2013", 187_200, "p90")
    assert second["annual_only"]
    assert np.isnan(second["employment"])
    assert {"employment", "mean", "p90"} <= set(second["unavailable"].split())


def test_the_all_data_layout_in_a_zip(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "oesm21all.zip", "w") as archive:
        archive.writestr("field_descriptions.csv", b"a,b\n" * 100_000)
        archive.writestr("oesm21all/all_data_M_2021.csv", as_csv(ALL_DATA))
    table = wf.oews.read(tmp_path / "oesm21all.zip", backend="pandas")
    assert table["area_type"].tolist() == ["metropolitan", "nonmetropolitan"]
    assert table["ownership"].tolist() == ["All", "All"]
    assert table["occupation"].tolist() == ["29-2072"] * 2
    assert table["year"].tolist() == [2021] * 2


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_every_backend_gets_its_own_table(tmp_path: Path, backend: str) -> None:
    (tmp_path / "state_M2013_dl.csv").write_bytes(as_csv(STATE))
    assert type(wf.oews.read(tmp_path / "state_M2013_dl.csv", backend=backend)).__module__.split(".")[0] == backend


def test_a_file_without_a_year_asks_for_it(tmp_path: Path) -> None:
    (tmp_path / "states.csv").write_bytes(as_csv(STATE))
    with pytest.raises(wf.FactError, match=r"states.csv does not say which release it is; expected release="):
        wf.oews.read(tmp_path / "states.csv")
    assert wf.oews.read(tmp_path / "states.csv", release=2016, backend="pandas")["top_code"].iloc[0] == 208_000


@pytest.mark.parametrize(("name", "release"), [("national_M2018_dl.csv", 2017), ("oesm14nat.csv", 2015)])
def test_a_release_that_contradicts_the_name_of_the_file_is_refused(tmp_path: Path, name: str, release: int) -> None:
    (tmp_path / name).write_text("OCC_CODE,OCC_TITLE,A_MEAN,A_PCT10,A_PCT90\n29-2071,Technicians,44010,26550,66260\n")
    with pytest.raises(wf.FactError, match=rf"release is {release}, but {name} is of 20"):
        wf.oews.read(tmp_path / name, release=release)


def test_a_release_that_agrees_with_the_name_of_the_file_is_welcome(tmp_path: Path) -> None:
    file = tmp_path / "got_2024_national_M2018_dl.csv"  # the name holds two years
    file.write_text("OCC_CODE,OCC_TITLE,A_MEAN,A_PCT10,A_PCT90\n29-2071,Technicians,44010,26550,66260\n")
    assert wf.oews.read(file, release=2018, backend="pandas")["release"].iloc[0] == "May 2018"


def test_a_release_that_contradicts_the_column_of_years_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "states.csv"
    file.write_text("YEAR,OCC_CODE,OCC_TITLE,A_MEAN,A_PCT10,A_PCT90\n2018,29-2071,Technicians,44010,26550,66260\n")
    with pytest.raises(wf.FactError, match=r"release is 2017, but states.csv is of 2018"):
        wf.oews.read(file, release=2017)
