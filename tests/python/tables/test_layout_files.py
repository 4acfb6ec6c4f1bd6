"""A wrong layout is refused, in a sentence that names the entry and what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

import wagefit as wf

UNIT, FACTS = 'unit = "EUR/month"\n', '[facts]\np50 = "Median"\n'

WRONG = {
    "Unit = 3": "the layout has the entry 'Unit'; expected title",
    "unit = ": r"own\.toml is no TOML file",
    FACTS: "the layout has no unit; expected one such as 'EUR/month'",
    f'unit = "quid"\n{FACTS}': "unit is 'quid'; expected a currency's code",
    f'unit = {{ "EUR/moon" = "moon" }}\n{FACTS}': "unit is 'EUR/moon'",
    UNIT: "facts has no wage; expected the column of mean, or of a percentile such as p50",
    f'{UNIT}[facts]\nmedian = "M"': "facts has the entry 'median'; expected mean, employment or a percentile",
    f'{UNIT}[facts]\np0 = "M"': "facts has the entry 'p0'",
    f'{UNIT}[facts]\np100 = "M"': "facts has the entry 'p100'",
    f"{UNIT}[facts]\np50 = 3": "p50 is 3; expected text, or a list of texts",
    f'{UNIT}[facts]\np50 = {{ head = "M" }}': "p50 has the entry 'head'; expected column, after",
    f"{UNIT}[facts]\np50 = {{ times = 3 }}": "p50 names no column; expected column = ...",
    f'{UNIT}[facts]\np50 = {{ column = "M", times = 0 }}': "p50 has the number 0; expected a finite number above 0",
    f'{UNIT}{FACTS}mean_rse = {{ column = "E", kind = "sd" }}': "kind of mean_rse is 'sd'; expected 'percent', 'frac",
    f'{UNIT}{FACTS}[keys]\nmean = "M"': "keys has the entry 'mean', which means something else",
    f'{UNIT}keys = "Job"\n{FACTS}': "keys is 'Job'; expected a table",
    f"{UNIT}suppressed = [1]\n{FACTS}": r"suppressed is \[1\]; expected text",
    f"{UNIT}header_row = 0\n{FACTS}": "header_row is 0; expected the number of a row, from 1",
    f'{UNIT}delimiter = "; "\n{FACTS}': "delimiter is '; '; expected one character",
    f"{UNIT}encoding = 8\n{FACTS}": "encoding is 8; expected text",
    f'{UNIT}encoding = "latin-0"\n{FACTS}': "encoding is 'latin-0'; expected one that Python knows",
    f'{UNIT}optional = ["p90"]\n{FACTS}': "optional has 'p90'; expected names of keys and facts: p50",
    f'unit = {{ "EUR/hour" = 1 }}\n{FACTS}': "EUR/hour is 1; expected a regular expression",
    f'{UNIT}{FACTS}mean_rse = {{ column = "E", bands = 3 }}': "mean_rse is .*; expected text in after, and in bands",
    f"{UNIT}year = '('\n{FACTS}": "year is '\\('; expected a regular expression",
    f'{UNIT}{FACTS}[top_code]\nmany = 3': "top_code has many = 3; expected years and a wage",
    f'{UNIT}top_code = "#"\n{FACTS}': "top_code is '#'; expected a wage",
    f'{UNIT}{FACTS}[long]\nvalue = "V"': "long names one column; expected both",
    f'{UNIT}{FACTS}[long]\nvalues = "V"': "long has the entry 'values'; expected indicator, value",
}  # fmt: skip


@pytest.mark.parametrize("text", WRONG, ids=range(len(WRONG)))
def test_a_wrong_layout_is_refused(tmp_path: Path, text: str) -> None:
    own, file = tmp_path / "own.toml", tmp_path / "pay.csv"
    own.write_text(text)
    file.write_text("Job,Median\nA,3\n")
    with pytest.raises(wf.FactError, match=WRONG[text]) as caught:
        wf.tables.read(file, layout=own)
    assert "layout own.toml: " in str(caught.value)


def test_an_unknown_layout_is_refused() -> None:
    with pytest.raises(wf.FactError, match="layout is 'ons'; expected one of ashe, eurostat_ses, job_bank, oews, or a"):
        wf.tables.read("pay.csv", layout="ons")


def test_files_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"own\.toml"):
        wf.tables.read(tmp_path / "pay.csv", layout=tmp_path / "own.toml")
    with pytest.raises(FileNotFoundError, match=r"pay\.csv"):
        wf.tables.read(tmp_path / "pay.csv", layout="ashe")
