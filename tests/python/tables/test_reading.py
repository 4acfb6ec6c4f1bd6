"""Tables by layouts of one's own: marks, units, errors, forms of files, and what is refused."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

import wagefit as wf

UNIT = 'unit = "EUR/month"'
KEYS = '[keys]\noccupation = "Job"'
FACTS = '[facts]\np10 = "D1"\np50 = "Median"\np90 = "D9"\nmean = "Mean"'
HEAD = "Job,D1,Median,D9,Mean"


@pytest.fixture
def read(tmp_path: Path) -> Any:
    """Reads text by a layout."""

    def read_text(text: str, *layout: str, name: str = "table.csv", **options: Any) -> pd.DataFrame:
        own, file = tmp_path / "own.toml", tmp_path / name
        own.write_text("\n".join(layout), encoding="utf-8")
        content = text.encode(options.pop("encoding", "utf-8"))
        file.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        return wf.tables.read(file, layout=own, backend="pandas", **options)

    return read_text


# -- cells -------------------------------------------------------------------------------------------------------------


def test_numbers_with_decimal_commas_and_blanks(read: Any) -> None:
    text = "Job;D1;Median;D9;Mean\nKöchin;1.700,50;2 350;3'100;2\u00a0412,25\n"
    table = read(
        text, UNIT, 'delimiter = ";"', 'decimal = ","', 'encoding = "latin-1"', KEYS, FACTS, encoding="latin-1"
    )
    assert table["occupation"].tolist() == ["Köchin"]
    assert table.loc[0, ["p10", "p50", "p90", "mean"]].tolist() == [1700.5, 2350.0, 3100.0, 2412.25]


def test_marks_become_names_and_bounds(read: Any) -> None:
    marks = ['suppressed = ["x", "n.a."]', 'top_coded = ["#", ">{}", "{}+"]', "top_code = 9_000"]
    text = f"{HEAD}\nA,1700,2000,#,x\nB,n.a.,2000,>8000,7500+\nC,1,2,3,2\n"
    table = read(text, UNIT, *marks, KEYS, FACTS)
    assert table["unavailable"].tolist() == ["mean", "p10", ""]
    assert table["top_coded"].tolist() == ["p90", "p90 mean", ""]
    np.testing.assert_array_equal(table["p90_at_least"], [9000, 8000, np.nan])
    np.testing.assert_array_equal(table["mean_at_least"], [np.nan, 7500, np.nan])
    facts = wf.fit_table(table)[0].diagnostics.facts
    assert facts.at_least == ((0.9, 9000.0),)
    assert facts.quantiles == ((0.1, 1700.0), (0.5, 2000.0))


def test_a_top_code_without_a_known_wage_is_no_bound(read: Any) -> None:
    codes = "[top_code]\n2016-2021 = 8_000"
    layout = (UNIT, 'year = "20[0-9]{2}"', 'top_coded = ["#"]', codes, KEYS, FACTS)
    text = f"{HEAD}\nA,1700,2000,#,2100\n"
    assert read(text, *layout, name="pay_2018.csv")["p90_at_least"].tolist() == [8000]
    assert read(text, *layout, name="pay_2022.csv")["p90_at_least"].isna().all()
    assert read(text, *layout, name="pay.csv", year=2021)["p90_at_least"].tolist() == [8000]


def test_a_bound_may_have_a_column(read: Any) -> None:
    facts = '[facts]\np50 = "Median"\nmean = "Mean"\np90_at_least = "At least"'
    table = read("Job,Median,Mean,At least\nA,2000,2400,3000\n", UNIT, KEYS, facts)
    assert wf.fit_table(table)[0].diagnostics.facts.at_least == ((0.9, 3000.0),)


def test_signs_and_flags_are_ignored_where_the_layout_says_so(read: Any) -> None:
    text = f"{HEAD}\nA,€1700 e,€2000,€3100 b,€2150\n"
    assert read(text, UNIT, "ignore = '€| [a-z]$'", KEYS, FACTS)["p90"].tolist() == [3100.0]
    with pytest.raises(wf.FactError, match="p10 has the cell '€1700 e'; expected a number, or one of the marks of own"):
        read(text, UNIT, KEYS, FACTS)


def test_counts_may_be_in_thousands(read: Any) -> None:
    layout = (UNIT, KEYS, FACTS, 'employment = { column = "Jobs", times = 1000 }')
    assert read(f"{HEAD},Jobs\nA,1,2,3,2,1.5\n", *layout)["employment"].tolist() == [1500.0]


def test_a_percentile_may_be_any(read: Any) -> None:
    facts = '[facts]\np2.5 = "P2"\n"p97.5" = "P97"\np50 = "P50"'.replace("p2.5 =", '"p2.5" =')
    table = read("Job,P2,P50,P97\nA,1000,2000,5000\n", UNIT, KEYS, facts)
    cells = wf.fit_table(table)
    assert cells.ppf([0.025, 0.5, 0.975])[0] == pytest.approx([1000.0, 2000.0, 5000.0], rel=1e-9)


# -- errors ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "printed", "percent"),
    [
        ('"CV"', "2.5", 2.5),
        ('{ column = "CV", kind = "fraction" }', "0.025", 2.5),
        ('{ column = "CV", kind = "standard error" }', "60", 2.5),  # 60 of 2,400
        ('{ column = "CV", bands = { A = 5, B = 10 } }', "B", 10.0),
    ],
)
def test_errors_become_percentages(read: Any, column: str, printed: str, percent: float) -> None:
    text = f"{HEAD},CV\nA,1700,2000,3100,2400,{printed}\nB,1700,2000,3100,2400,\n"
    table = read(text, UNIT, KEYS, FACTS, f"mean_rse = {column}")
    np.testing.assert_allclose(table["mean_rse"], [percent, np.nan], rtol=1e-15)
    assert wf.fit_table(table)[0].diagnostics.facts.mean_rse == pytest.approx(percent)


def test_columns_of_one_name_are_told_apart_by_what_stands_before_them(read: Any) -> None:
    facts = (
        '[facts]\np50 = "Median"\nmean = "Mean"\n'
        'p50_rse = { column = "CV", after = "Median" }\nmean_rse = { column = "CV", after = "Mean" }'
    )
    table = read("Job,Median,CV,Mean,CV\nA,2000,1.5,2400,2.5\n", UNIT, KEYS, facts)
    assert table.loc[0, ["p50_rse", "mean_rse"]].tolist() == [1.5, 2.5]


def test_an_unknown_band_is_refused(read: Any) -> None:
    with pytest.raises(wf.FactError, match="mean_rse has the cell 'C'; expected one of the bands A, B"):
        read(f"{HEAD},Q\nA,1,2,3,2,C\n", UNIT, KEYS, FACTS, 'mean_rse = { column = "Q", bands = { A = 5, B = 10 } }')


def test_errors_of_other_rows_are_refused(read: Any, tmp_path: Path) -> None:
    (tmp_path / "cv.csv").write_text(f"{HEAD}\nZ,1,2,3,2\n")
    with pytest.raises(wf.FactError, match=r"errors is cv.csv, which has no row of the figures"):
        read(f"{HEAD}\nA,1,2,3,2\n", UNIT, KEYS, FACTS, errors=tmp_path / "cv.csv")


# -- units -------------------------------------------------------------------------------------------------------------

RULE = '[unit]\n"GBP/year" = "annual"\n"GBP/hour" = "hourly"'


def test_the_unit_is_the_one_that_is_named_first(read: Any) -> None:
    text = f"Hourly pay and annual change,,,,\n{HEAD}\nA,11,12,13,12\n"
    assert read(text, KEYS, FACTS, RULE)["unit"].tolist() == ["GBP/hour"]
    assert read(text, KEYS, FACTS, RULE, name="annual.csv")["unit"].tolist() == ["GBP/year"]


def test_a_given_unit_or_year_does_not_contradict_the_file(read: Any) -> None:
    """Where the words of a file leave several open, the argument chooses among them."""
    table = f"{HEAD}\nA,11,12,13,12\n"
    text = f"Hourly pay and annual change of 2021 and 2020,,,,\n{table}"
    parts = ("year = '20..'", KEYS, FACTS, RULE)
    assert read(text, *parts, unit="GBP/year")["unit"].tolist() == ["GBP/year"]
    assert read(text, *parts, year=2020)["year"].tolist() == [2020]
    assert read(table, *parts, unit="GBP/week", year=1999)["unit"].tolist() == ["GBP/week"]
    with pytest.raises(
        wf.FactError, match=r"unit is 'GBP/week' and table\.csv is in GBP/hour; expected 'GBP/hour', or"
    ):
        read(text, *parts, unit="GBP/week")
    with pytest.raises(wf.FactError, match=r"year is 1999 and table\.csv says 2021; expected year 2021, or none"):
        read(text, *parts, year=1999)
    with pytest.raises(wf.FactError, match=r"unit is 'USD/year' and table\.csv is in "):
        read(table, UNIT, KEYS, FACTS, unit="USD/year")
    column = '[unit]\ncolumn = "Per"\n"CAD/hour" = "^h$"\n"CAD/year" = "^y$"'
    rows = f"{HEAD},Per\nA,11,12,15,12.5,h\nB,11,12,15,12,\n"
    assert read(rows, KEYS, FACTS, column, unit="CAD/hour")["unit"].tolist() == ["CAD/hour"] * 2
    with pytest.raises(wf.FactError, match=r"unit is 'CAD/year' and table\.csv is in CAD/hour"):
        read(rows, KEYS, FACTS, column, unit="CAD/year")


def test_an_unknown_unit_is_refused(read: Any) -> None:
    with pytest.raises(
        wf.FactError, match=r"table.csv has no unit .*; expected GBP/year \(annual\), GBP/hour .* unit="
    ):
        read(f"{HEAD}\nA,11,12,13,12\n", KEYS, FACTS, RULE)


def test_rows_in_two_units_are_fitted_one_unit_at_a_time(read: Any) -> None:
    rule = '[unit]\ncolumn = "Per"\n"CAD/hour" = "^h$"\n"CAD/year" = "^y$"'
    table = read(f"{HEAD},Per\nA,11,12,15,12.5,h\nB,20000,25000,41000,27000,y\n", KEYS, FACTS, rule)
    assert table["unit"].tolist() == ["CAD/hour", "CAD/year"]
    with pytest.raises(wf.FactError, match="frame has wages in CAD/hour, CAD/year; expected one unit, or unit="):
        wf.fit_table(table)
    for i, unit in enumerate(table["unit"]):
        cells = wf.fit_table(table, unit=unit)
        assert cells.unit == unit
        assert cells.is_fitted.tolist() == [j == i for j in range(2)]
        assert cells.ppf(0.9)[i] == pytest.approx(table["p90"][i], rel=1e-9)


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_every_library_gives_the_same_cells(tmp_path: Path, backend: str) -> None:
    (tmp_path / "own.toml").write_text("\n".join([UNIT, KEYS, FACTS]))
    (tmp_path / "pay.csv").write_text(f"{HEAD}\nA,1700,2000,3100,2150\nB,,2000,3100,\n")
    table = wf.tables.read(tmp_path / "pay.csv", layout=tmp_path / "own.toml", backend=backend)
    assert type(table).__module__.startswith(backend)
    cells = wf.fit_table(table)
    assert (cells.unit, cells.status.tolist()) == ("EUR/month", ["exact", "exact_without_mean"])
    frame = pl.DataFrame({"unit": ["EUR/month"], "p50": [2000.0], "p90": [3100.0]})  # made by hand, without a file
    np.testing.assert_array_equal(wf.fit_table(frame).ppf([0.5, 0.9]), [[2000.0, 3100.0]])


def test_a_table_that_leaves_its_unit_open_is_one_of_oews() -> None:
    frame = pl.DataFrame({"unit": ["", None], "p50": [40_350.0, 42_000.0], "p90": [66_260.0, 70_000.0]})
    assert wf.fit_table(frame).unit == "USD/year"
    assert wf.fit_table(frame, unit="GBP/year").unit == "GBP/year"
    assert wf.fit_table(frame, unit="GBP/year").ppf(0.9).tolist() == pytest.approx([66_260, 70_000], rel=1e-9)


@pytest.mark.parametrize("figures", [("p50", "p90"), ("p20", "p80")])
def test_a_table_of_no_rows_is_in_the_unit_that_is_given(figures: tuple[str, str]) -> None:
    """A part of a table of which no row is left, as engines make them, is fitted as any other."""
    frame = pd.DataFrame({"unit": ["GBP/year"], figures[0]: [20_000.0], figures[1]: [66_260.0]})[:0]
    cells = wf.fit_table(frame, unit="GBP/year")
    assert (len(cells), cells.unit) == (0, "GBP/year")
    assert len(wf.fit_table(frame)) == 0


# -- forms of files ----------------------------------------------------------------------------------------------------


def test_titles_and_remarks_are_no_rows(read: Any) -> None:
    """Rows without figures count when they have all of several keys, such as those of unpublished cells."""
    keys = f'{KEYS}\narea = "Place"'
    text = f"Table 1,,,,,\n,,,,,\n{HEAD},Place\nA,1,2,3,2,X\n,,,,,\nB,,,,,Y\nNote: of 2020,,,,,\nKey,,> 5,,,\n"
    table = read(text, UNIT, keys, FACTS)
    assert table["occupation"].tolist() == ["A", "B"]
    assert table["area"].tolist() == ["X", "Y"]


def test_a_remark_is_no_row_of_a_table_with_one_key(read: Any) -> None:
    table = read(f"{HEAD}\nA,1,2,3,2\n1) full-time,,,,\n", UNIT, KEYS, FACTS)
    assert table["occupation"].tolist() == ["A"]


def test_a_header_may_be_named_by_its_row(read: Any) -> None:
    text = f"{HEAD}\nold,1,2,3,2\n{HEAD}\nnew,1,2,3,2\n"
    assert read(text, UNIT, "header_row = 3", KEYS, FACTS)["occupation"].tolist() == ["new"]


def test_a_compressed_table_is_read(read: Any) -> None:
    assert len(read(f"{HEAD}\nA,1,2,3,2\n", UNIT, KEYS, FACTS, name="pay.csv.gz")) == 1


def test_a_mark_may_end_a_file(read: Any) -> None:
    """A number there may have been cut."""
    layout = (UNIT, 'suppressed = ["x"]', KEYS, FACTS)
    assert len(read(f"{HEAD}\nA,1,2,3,x", *layout)) == 1
    with pytest.raises(wf.FactError, match="does not end with a line break, so its last figure may be cut"):
        read(f"{HEAD}\nA,1,2,3,2", *layout)


def test_a_column_may_be_absent_only_if_the_layout_says_so(read: Any) -> None:
    """A misspelled name would otherwise leave out a fact in silence."""
    text = "Job,D1,Median,Mean\nA,1,2,2\n"
    with pytest.raises(
        wf.FactError, match=r"table\.csv lacks the column 'D9' \(p90\); expected it, or 'p90' among the"
    ):
        read(text, UNIT, KEYS, FACTS)
    assert read(text, UNIT, 'optional = ["p90"]', KEYS, FACTS)["p90"].isna().all()
    long = '[long]\nindicator = "What"\nvalue = "Pay"'
    with pytest.raises(wf.FactError, match=r"lacks the column 'Median' \(p50\), 'D9' \(p90\), 'Mean' \(mean\)"):
        read("Job,What,Pay\nA,D1,1\n", UNIT, KEYS, FACTS, long)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Name,Pay\nA,3\n", r"table.csv has no table of the layout own.toml; expected columns such as Job, D1, Median"),
        (f"{HEAD}\nA,1,2,3,2,5\n", "has a row of 6 cells, A, 1, 2, ..., below a header of 5"),
        (f"{HEAD}\nA,1,2\n", "has a row of 3 cells"),
        (f"{HEAD}\nA,1,2,3,2\nB,one,two,three,two\n", "p10 has the cell 'one'; expected a number"),
        (f"{HEAD}\nof 2020,,,,\n", r"table\.csv has no figures below its header"),
        (f"{HEAD}\nA,1,2,3,about 2\n", "mean has the cell 'about 2'; expected a number"),
    ],
)
def test_what_is_no_table_of_the_layout_is_refused(read: Any, text: str, message: str) -> None:
    with pytest.raises(wf.FactError, match=message):
        read(text, UNIT, KEYS, FACTS)


def test_a_figure_a_row_that_stands_twice_is_refused(read: Any) -> None:
    long = '[long]\nindicator = "What"\nvalue = "Pay"'
    text = "Job,What,Pay\nA,D1,1\nA,Median,2\nA,Mean,2\nA,D9,3\nA,D1,3\n"
    with pytest.raises(wf.FactError, match=r"table\.csv has d1 of A twice; expected it once"):
        read(text, UNIT, KEYS, FACTS, long)
    assert read(text.rpartition("A,")[0], UNIT, KEYS, FACTS, long)["p50"].tolist() == [2.0]


def test_a_row_is_fitted_in_its_own_unit_with_all_its_percentiles(tmp_path: Path) -> None:
    """As the whole table is, by another path."""
    path = tmp_path / "table_14_2021_annual.csv"
    path.write_text(
        "Description,Code,No_jobs,Median,Mean,10,20,25,30,40,60,70,75,80,90\n"
        'Nurses,2231,583,"35,134",34847,23127,25400,26800,28700,32050,38200,41300,x,..,x\n'
    )
    table = wf.tables.read(path, layout="ashe", backend="pandas")
    assert wf.fit(table.iloc[0]) == wf.fit_table(table)[0]
    assert wf.fit(table.iloc[0]).unit == "GBP/year"
