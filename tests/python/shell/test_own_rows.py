"""Lists of figures of one's own: their forms, their units and years, and what is refused."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

HEAD = "Title,Year,Unit,Mean,P10,Median,P90"
RIGGERS = "Riggers à quai,2018,EUR/year,33000,22000,32000,45000"
LATER = "Riggers à quai,2019,EUR/year,34000,23000,33000,46000"
TEXT = f"{HEAD}\n{RIGGERS}\n"


def zipped(text: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("own.csv", text)
    return packed.getvalue()


FORMS = {
    "own.csv": TEXT.encode(),
    "bom.csv": TEXT.encode("utf-8-sig"),
    "latin.csv": TEXT.encode("latin-1"),
    "semicolons.csv": TEXT.replace(",", ";").encode(),
    "tabs.tsv": TEXT.replace(",", "\t").encode(),
    "own.csv.gz": gzip.compress(TEXT.encode()),
    "own.zip": zipped(TEXT),
}


@pytest.fixture
def fit(run, tmp_path: Path):
    """Fits the figures of a file that holds this text."""

    def call(content: str | bytes, *options: str, name: str = "own.csv"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return run("fit", "--facts", str(path), "--json", *options)

    return call


@pytest.mark.parametrize("name", FORMS)
def test_every_form_of_a_list_is_read(fit, name: str) -> None:
    content = json.loads(fit(FORMS[name], name=name).out)
    assert content["unit"] == "EUR/year"
    assert content["percentiles"]["p50"] == pytest.approx(32_000, rel=1e-9)  # a fit is exact to 1e-10


def test_the_year_tells_rows_of_one_title_apart(fit) -> None:
    text = f"{TEXT}{LATER}\n"
    for year, median in (("2018", 32_000), ("May 2019", 33_000)):
        content = json.loads(fit(text, "--title", "riggers à quai", "--year", year).out)
        assert content["percentiles"]["p50"] == pytest.approx(median, rel=1e-9)
    assert "has 2 rows of Riggers à quai, of 2018, 2019; expected --year of one" in fit(text).err
    outcome = fit(text, "--year", "2017")
    assert (outcome.status, outcome.out) == (2, "")
    assert "--year is 2017 and own.csv has rows of 2018, 2019; expected one" in outcome.err


def test_a_year_that_no_row_states_is_that_of_the_file(run, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("title,mean,p10,p90\nRiggers,33000,22000,45000\n")
    assert "Pay: Riggers, 2017" in run("--facts", str(path), "--year", "2017", "--short").flat


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title,p90,p10,P90\na,1000,500,2000\n", "the columns 'p90' and 'P90', which are one figure; expected one"),
        ("title,p50,p10,Median\na,1000,500,2000\n", "the columns 'p50' and 'Median', which are one figure"),
        ("title,Title,p50,p10\na,b,31000,20000\n", "two columns are named 'title'"),
        ("title,p50,p10\na,31,000,500\n", "has a row of 4 cells, a, 31, 000, ..., below a header of 3; expected as"),
        ("title,p50,p10\n", "own.csv has no rows below its header; expected a row of figures"),
        ("title,mean,p10,p90\na,33,22,45\n", "the figures are at most 45 a year; expected --unit USD/hour"),
    ],
)
def test_what_contradicts_itself_is_refused(fit, text: str, message: str) -> None:
    outcome = fit(text)
    assert (outcome.status, outcome.out) == (2, "")
    assert message in outcome.err


def test_a_unit_that_the_file_states_is_not_replaced(fit) -> None:
    assert (
        "--unit is 'USD/hour' and own.csv states 'EUR/year'; expected one of them"
        in fit(TEXT, "--unit", "USD/hour").err
    )
    assert fit(TEXT, "--unit", "eur/year").status == 0
    hourly = fit("title,mean,p10,p90\na,33,22,45\n", "--unit", "CAD/hour")
    assert json.loads(hourly.out)["unit"] == "CAD/hour"
