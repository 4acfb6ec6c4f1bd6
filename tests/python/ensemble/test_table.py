"""Tables in, distributions out; groups of cells; files of cells."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

import wagefit as wf
from wagefit.ensemble import table_files

from ..national_workbooks import data_folder
from ..terminals import on_terminal

RAW = pd.DataFrame(
    {
        "OCC_CODE": ["29-2071", "29-1061", "11-1011", "29-9999"],
        "TOT_EMP": ["208,650", "31060", "**", "10"],
        "A_MEAN": ["44010", "267020", "*", "*"],
        "MEAN_PRSE": [0.4, 1.8, "*", "*"],
        "A_PCT10": ["26550", "133080", "68360", "*"],
        "A_PCT25": ["32070", "#", "115960", "*"],
        "A_MEDIAN": [40350, "#", "189600", "*"],
        "A_PCT75": ["52730", "#", "#", "*"],
        "A_PCT90": ["66260", "#", "#", "*"],
    },
    index=["tech", "anes", "chief", "none"],
)


def test_a_raw_table_is_understood() -> None:
    cells = wf.fit_table(RAW, release=2018)
    assert cells.status.tolist() == ["exact", "exact", "exact_without_mean", "suppressed"]
    assert cells.ppf(0.9)[0] == pytest.approx(66_260, rel=1e-10)
    assert cells.mean()[1] == pytest.approx(267_020, rel=1e-10)
    assert np.all(cells.ppf(0.25)[1] >= 208_000 * (1 - 1e-10))
    assert cells.to_frame("pandas").index.tolist() == RAW.index.tolist()
    assert cells[1:3].to_frame("pandas").index.tolist() == ["anes", "chief"]
    facts = cells[0].diagnostics.facts
    assert (facts.mean_rse, facts.employment) == (0.4, 208_650)


def test_every_library_gives_the_same_cells() -> None:
    expected = wf.fit_table(RAW, release=2018).ppf([0.05, 0.5, 0.95])
    text = RAW.astype(str)
    for frame in (text, pl.from_pandas(text), pl.from_pandas(text).to_arrow()):
        np.testing.assert_array_equal(wf.fit_table(frame, release=2018).ppf([0.05, 0.5, 0.95]), expected)


def test_top_codes_need_a_release() -> None:
    with pytest.raises(wf.FactError, match="holds # and does not say of which release; expected release="):
        wf.fit_table(RAW)


@pytest.mark.parametrize("name", ["YEAR", "year"])
def test_the_years_of_the_rows_give_their_top_codes(name: str) -> None:
    table = RAW.iloc[[1, 1, 0]].assign(**{name: ["2014", 2018, None]})
    cells = wf.fit_table(table)
    assert [cell.diagnostics.facts.at_least[-1][1] for cell in cells[:2]] == [187_200, 208_000]
    with pytest.raises(wf.FactError, match="release is 2018 and frame has rows of 2014; expected the years"):
        wf.fit_table(table, release=2018)
    assert wf.fit_table(table[1:], release=2018) == cells[1:]
    with pytest.raises(wf.FactError, match="holds # and does not say of which release"):
        wf.fit_table(table.assign(**{name: [2014, None, 2018]}))


def test_figures_beside_printed_ones_count() -> None:
    """A table of the survey with a percentile of one's own, under the name that it has elsewhere."""
    table = RAW.iloc[:1].assign(p99=[90_000.0])
    cells = wf.fit_table(table)
    assert cells.ppf(0.99) == pytest.approx(90_000, rel=1e-9)
    assert "p99" not in list(cells.keys.to_columns())
    with pytest.raises(wf.FactError, match="frame has 'p90' and its printed column, which are one figure"):
        wf.fit_table(RAW.iloc[:1].assign(p90=[66_260.0]))


@pytest.mark.parametrize("frame", [[1, 2], "table.csv", None])
def test_what_is_no_table_is_refused(frame: Any) -> None:
    with pytest.raises(wf.FactError, match="expected a pandas, polars or pyarrow table"):
        wf.fit_table(frame)


def test_a_table_without_wages_is_refused() -> None:
    with pytest.raises(wf.FactError, match="no column of annual percentiles"):
        wf.fit_table(pd.DataFrame({"x": [1]}))


def test_real_tables_are_fitted_as_arrays_are() -> None:
    table = wf.oews.read(data_folder() / "oews" / "national" / "national_M2018_dl.xlsx", backend="pandas")
    cells = wf.fit_table(table)
    assert cells.counts() == {"exact": 1_373, "suppressed": 6}
    row = table.index[(table["occupation"] == "29-2071") & (table["occupation_group"] == "detailed")][0]
    alone = wf.fit(mean=44_010, quantiles={0.10: 26_550, 0.25: 32_070, 0.50: 40_350, 0.75: 52_730, 0.90: 66_260})
    assert cells.ppf(0.99)[row] == alone.ppf(0.99)


# -- mixtures ----------------------------------------------------------------------------------------------------------


def test_groups_are_the_mixtures_of_their_cells() -> None:
    cells = wf.fit_table(RAW, release=2018)
    groups = cells.mixture(by=["a", "b", "a", "c"], weights=[3.0, 1.0, 1.0, 5.0])
    assert isinstance(groups, wf.ensemble.MixtureEnsemble)
    assert list(groups) == ["a", "b", "c"]
    by_hand = wf.mixture([cells[0], cells[2]], [3.0, 1.0])
    np.testing.assert_array_equal(groups.ppf([0.1, 0.9])[0], by_hand.ppf([0.1, 0.9]))
    assert groups["b"].mean() == pytest.approx(267_020, rel=1e-10)
    assert np.isnan(groups.mean()[2])  # no distribution in that group
    np.testing.assert_array_equal(groups.coverage, [1.0, 1.0, 0.0])
    with pytest.raises(wf.FactError, match="'c' is no group with a distribution"):
        groups["c"]


def test_a_mixture_of_one_cell_is_the_cell() -> None:
    cells = wf.fit_table(RAW, release=2018)
    whole = cells.mixture(weights=[1.0, 0.0, np.nan, 4.0])
    p = np.linspace(0.01, 0.99, 99)
    np.testing.assert_allclose(whole.ppf(p), cells[0].ppf(p), rtol=1e-13)  # a bracketed root, to rounding


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"weights": [1.0]}, "weights has shape (1,)"),
        ({"weights": [1.0, -2.0, 1.0, 1.0]}, "weights[1] is -2"),
        ({"by": ["a"]}, "by has shape (1,)"),
        ({"weights": [0.0, 0.0, 0.0, 1.0]}, "no cell has both a distribution and a weight"),
    ],
)
def test_wrong_groups_are_named(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(wf.FactError) as caught:
        wf.fit_table(RAW, release=2018).mixture(**arguments)
    assert message in str(caught.value)


def test_states_make_the_nation() -> None:
    """Health information technicians: the states' mixture beside the national percentiles of the same release."""
    folder = data_folder() / "oews" / "may2025"
    states = wf.oews.read(folder / "oews_m2025_states.csv.gz", backend="pandas").query(
        "occupation == '29-2072' and area_type == 'state'"
    )
    nation = (
        wf.oews.read(folder / "oews_m2025_national.csv.gz", backend="pandas").query("occupation == '29-2072'").iloc[0]
    )
    whole = wf.fit_table(states).mixture(weights=states["employment"])
    published = nation[["p10", "p25", "p50", "p75", "p90"]].to_numpy(dtype=float)
    np.testing.assert_allclose(
        whole.ppf([0.10, 0.25, 0.50, 0.75, 0.90]), published, rtol=0.04
    )  # 95 in 100 occupations are nearer


# -- files -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".npz", ".parquet"])
def test_cells_survive_a_file(tmp_path: Path, suffix: str) -> None:
    cells = wf.fit_table(RAW, release=2018)
    cells.save(tmp_path / f"cells{suffix}")
    again = wf.Ensemble.load(tmp_path / f"cells{suffix}")
    np.testing.assert_array_equal(again.status, cells.status)
    np.testing.assert_array_equal(again.ppf([0.01, 0.5, 0.99]), cells.ppf([0.01, 0.5, 0.99]))
    assert again.unit == cells.unit
    assert again[0].diagnostics.facts == cells[0].diagnostics.facts
    assert [path.name for path in tmp_path.iterdir()] == [f"cells{suffix}"]


def test_other_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(wf.FactError, match=r"expected a name that ends in .npz or .parquet"):
        wf.fit_table(RAW, release=2018).save(tmp_path / "cells.csv")
    np.savez(tmp_path / "other.npz", x=np.ones(3))
    with pytest.raises(
        wf.FactError, match=r"other.npz is damaged or no file of cells; expected one that Ensemble.save wrote"
    ):
        wf.Ensemble.load(tmp_path / "other.npz")


def test_the_command_writes_table_and_fits(tmp_path: Path) -> None:
    RAW.to_csv(tmp_path / "national_M2018_dl.csv", index=False)
    output = tmp_path / "fits.parquet"
    command = [
        sys.executable,
        "-m",
        "wagefit",
        "table",
        str(tmp_path / "national_M2018_dl.csv"),
        "-o",
        str(output),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "2 exact" in done.stdout
    assert "1 suppressed" in done.stdout
    table = pq.read_table(output)
    assert table["fit_status"].to_pylist() == ["exact", "exact", "exact_without_mean", "suppressed"]
    assert table["fit_p90"][0].as_py() == pytest.approx(66_260, rel=1e-10)


def test_the_command_leaves_no_half_file(tmp_path: Path) -> None:
    (tmp_path / "broken_2018.csv").write_text("<html></html>")
    command = [
        sys.executable,
        "-m",
        "wagefit",
        "table",
        str(tmp_path / "broken_2018.csv"),
        "-o",
        str(tmp_path / "fits.csv"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken_2018.csv"]


def command_on_metros(output: Path) -> list[str]:
    file = data_folder() / "oews" / "may2025" / "oews_m2025_metros.csv.gz"
    return [sys.executable, "-m", "wagefit", "table", str(file), "-o", str(output)]


@pytest.mark.skipif(sys.platform == "win32", reason="interrupts are sent otherwise there")
def test_an_interrupt_leaves_what_was_there(tmp_path: Path) -> None:
    """Ctrl-C while chunks are being written: no half file, and the file of an earlier run stays."""
    output = tmp_path / "fits.parquet"
    output.write_bytes(b"of an earlier run")
    with subprocess.Popen(command_on_metros(output), stderr=subprocess.PIPE, text=True) as running:
        while not list(tmp_path.glob(".fits.parquet.*.partial")):
            assert running.poll() is None
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        complaint = running.communicate()[1]
    assert running.returncode == 130
    assert complaint.strip() == ""  # no traceback
    assert [path.name for path in tmp_path.iterdir()] == ["fits.parquet"]
    assert output.read_bytes() == b"of an earlier run"


@pytest.mark.parametrize("rows", [0, 1, 3, 4, 9])
def test_chunks_make_the_same_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    pd.concat([RAW] * 3)[:rows].to_csv(tmp_path / "national_M2018_dl.csv", index=False)
    for chunk, name in ((1_000, "whole"), (3, "chunks")):
        monkeypatch.setattr(table_files, "CHUNK", chunk)
        for suffix in ("csv", "parquet"):
            counts = table_files.write_fits(tmp_path / "national_M2018_dl.csv", tmp_path / f"{name}.{suffix}", None)
            assert sum(counts.values()) == rows
    assert (tmp_path / "whole.csv").read_bytes() == (tmp_path / "chunks.csv").read_bytes()
    pd.testing.assert_frame_equal(*(pd.read_parquet(tmp_path / f"{name}.parquet") for name in ("whole", "chunks")))


def test_the_table_itself_is_no_output(tmp_path: Path) -> None:
    """By its own name, by another path, and by a link."""
    file, link = tmp_path / "mine_2018.csv", tmp_path / "link.csv"
    RAW.to_csv(file, index=False)
    before = file.read_bytes()
    link.symlink_to(file)
    for output in (file, tmp_path / "." / "mine_2018.csv", link):
        done = subprocess.run(
            [sys.executable, "-m", "wagefit", "table", str(file), "-o", str(output)], capture_output=True, text=True
        )
        assert done.returncode == 2
        assert "the table itself; expected another file" in done.stderr
        assert file.read_bytes() == before


def test_titles_are_no_formulas_in_a_csv_file(tmp_path: Path) -> None:
    """What OWASP lists as the beginnings of formulas; Parquet and numbers are left as they are."""
    titles = ["=HYPERLINK(1)", "+1", "-1+2", "@SUM(1)", " =1", "plain - title", "a=b"]
    rows = pd.DataFrame(
        {"OCC_CODE": "29-2071", "OCC_TITLE": titles, "A_MEAN": 44_010, "A_MEDIAN": 40_350, "O_GROUP": "x"}
    )
    rows.to_csv(tmp_path / "mine_2018.csv", index=False)
    for suffix in ("csv", "parquet"):
        table_files.write_fits(tmp_path / "mine_2018.csv", tmp_path / f"fits.{suffix}", None)
    written = pd.read_csv(tmp_path / "fits.csv")
    # The reader of published tables strips the blank.
    assert written["occupation_title"].tolist() == ["'=HYPERLINK(1)", "'+1", "'-1+2", "'@SUM(1)", "'=1", *titles[-2:]]
    assert written["mean"].tolist() == [44_010] * len(titles)
    kept = pd.read_parquet(tmp_path / "fits.parquet")["occupation_title"].tolist()
    assert kept == [title.strip() for title in titles]


def test_each_row_is_written_in_the_unit_that_it_is_published_in(tmp_path: Path) -> None:
    """The six occupations of May 2018 that are published by the hour alone; their medians are the printed ones."""
    workbook = data_folder() / "oews" / "national" / "national_M2018_dl.xlsx"
    counts = table_files.write_fits(workbook, tmp_path / "fits.parquet", None)
    table = pd.read_parquet(tmp_path / "fits.parquet")
    assert counts == {"exact": 1_379}
    assert table["fit_unit"].value_counts().to_dict() == {"USD/year": 1_373, "USD/hour": 6}
    hourly = table[table["fit_unit"] == "USD/hour"]
    assert hourly["hourly_only"].all()
    np.testing.assert_allclose(hourly["fit_p50"], hourly["hourly_p50"], rtol=1e-10)  # exact facts, to rounding
    annual = table[table["fit_unit"] == "USD/year"]
    known = annual["p50"].notna()
    np.testing.assert_allclose(annual["fit_p50"][known], annual["p50"][known], rtol=1e-10)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_a_bar_is_shown_on_a_terminal_only(tmp_path: Path) -> None:
    RAW.to_csv(tmp_path / "national_M2018_dl.csv", index=False)
    command = [sys.executable, "-m", "wagefit", "table", "national_M2018_dl.csv", "-o", "fits.csv"]
    silent = subprocess.run(command, capture_output=True, cwd=tmp_path, check=True)
    assert silent.stderr == b""
    status, shown = on_terminal(command, tmp_path)
    assert status == 0
    assert b"fitting" in shown
    assert b"4/4" in shown
