"""A report on figures of one's own, from the command line or from a file of any agency."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

HEAD = "Description,Code,No_jobs,Median,Mean,10,20,25,30,40,60,70,75,80,90\n"
NURSES = 'Mental health nurses,2235,41,"33,603",33102,23837,26612,27719,29143,31557,35327,37983,39177,39772,x\n'
MIDWIVES = "Midwifery nurses,2231,20,41188,39883,x,30818,34402,37194,40091,42634,45075,46685,x,x\n"


@pytest.fixture
def ashe(tmp_path: Path) -> str:
    """A table in the layout of the Annual Survey of Hours and Earnings."""
    path = tmp_path / "ASHE_Table14_2021_annual.csv"
    path.write_text(HEAD + MIDWIVES + NURSES)
    return str(path)


def test_a_british_nurse_has_a_report_in_pounds(run, ashe: str) -> None:
    """All eleven published percentiles count, and no dollar stands in the report."""
    outcome = run("report", "--facts", ashe, "--occupation", "2235")
    assert (outcome.status, outcome.err) == (0, "")
    assert "Pay: Mental health nurses, 2021" in outcome.flat
    assert "Half of the 41,000 people earn less than £33,603 a year" in outcome.flat
    assert "$" not in outcome.out
    assert "dollar" not in outcome.out
    assert "pounds a year" in outcome.flat.lower()
    assert "Source: Annual Survey of Hours and Earnings" in outcome.flat
    published = json.loads(run("report", "--facts", ashe, "--occupation", "2235", "--json").out)["published"]
    assert published["percentiles"] == {
        "p10": 23_837, "p20": 26_612, "p25": 27_719, "p30": 29_143, "p40": 31_557, "p50": 33_603, "p60": 35_327,
        "p70": 37_983, "p75": 39_177, "p80": 39_772,
    }  # fmt: skip
    assert published["unit"] == "GBP/year"


def test_figures_that_are_not_published_are_said_to_be_estimates(run, ashe: str) -> None:
    shown = run("report", "--facts", ashe, "--title", "midwifery nurses", "--short").flat
    assert "one in ten earns less than about £" in shown
    assert "About: not published, by the curve through the published figures." in shown
    assert "half of the 20,000 people earn less than £41,188" in shown.lower()


def test_the_layout_may_be_named(run, ashe: str) -> None:
    arguments = ("report", "--facts", ashe, "--title", "Mental Health Nurse")
    assert run(*arguments, "--layout", "ashe").out == run(*arguments).out


def test_a_file_of_ones_own_needs_no_layout(run, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("Title,Unit,Mean,P10,Median,P90\nRiggers,CAD/hour,31.20,,29.50,48\nDivers,CAD/hour,40,20,38,66\n")
    shown = run("report", "--facts", str(path), "--title", "riggers", "--short").flat
    assert "Pay: Riggers" in shown
    assert "Half of them earn less than CAD 29.50 an hour" in shown
    assert "one in ten more than CAD 48.00" in shown
    assert "one in ten earns less than about CAD" in shown


def test_figures_may_be_typed(run) -> None:
    shown = run("report", "--facts", "title=Pilots,median=100000,P90=200000+,mean=120000", "--short").flat
    assert "one in ten or more earn at least $200,000" in shown
    assert "The mean is $120,000." in shown


@pytest.mark.parametrize("command", ["fit", "report"])
def test_facts_are_understood_in_other_commands(run, ashe: str, command: str) -> None:
    content = json.loads(run(command, "--facts", ashe, "--occupation", "2235", "--json").out)
    recovered = content if command == "fit" else content["recovered"]
    assert recovered["unit"] == "GBP/year"
    assert recovered["percentiles"]["p80"] == pytest.approx(39_772, rel=1e-9)  # a fit is exact to 1e-10


def test_a_wrong_row_or_file_is_answered(run, ashe: str, tmp_path: Path) -> None:
    wrong = {
        ("--title", "nurses"): "has no row of 'nurses'; expected one such as 2231 Midwifery nurses, 2235 Mental health",
        (): "has 2 such rows, 2231 Midwifery nurses, 2235 Mental health nurses; expected --occupation or --title",
        ("--layout", "ash"): "layout is 'ash'; expected one of ashe, eurostat_ses, job_bank, oews",
    }
    for options, message in wrong.items():
        outcome = run("report", "--facts", ashe, *options)
        assert (outcome.status, outcome.out) == (2, "")
        assert message in outcome.err
    (tmp_path / "words.csv").write_text("a,b\n1,2\n")
    for file, message in {
        str(tmp_path): "a folder; expected a file with figures",
        str(tmp_path / "none.csv"): "there is no such file; expected one, or figures such as mean=44010",
        str(tmp_path / "words.csv"): "has no columns of wages that are known; expected columns such as title",
    }.items():
        outcome = run("report", "--facts", file)
        assert (outcome.status, outcome.out) == (2, "")
        assert message in outcome.err
