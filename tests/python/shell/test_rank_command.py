"""`wagefit rank`."""

from __future__ import annotations

import json

import pytest


def test_rank_says_where_a_wage_stands(run) -> None:
    asked = ("rank", "--wage", "106500", "--occupation", "registered nurses", "--state", "NJ")
    assert "$106,500 stands at the 50th percentile of Registered Nurses in New Jersey, May 2025" in run(*asked).flat
    assert json.loads(run(*asked, "--json").out)["percentile"] == pytest.approx(0.5, abs=1e-9)  # the curve's exactness


def test_rank_takes_hours_and_units(run) -> None:
    """$46.90 an hour is $97,552 over 2,080 hours, 2 dollars above the median of registered nurses in May 2025."""
    asked = ("rank", "--wage", "46.90", "--unit", "USD/hour", "--occupation", "29-1141", "--json")
    assert json.loads(run(*asked).out)["percentile"] == pytest.approx(0.5, abs=1e-3)
    half = json.loads(run("rank", "--wage", "48,775", "--hours", "1040", "--occupation", "29-1141", "--json").out)
    assert (half["compared_wage"], half["ratio"]) == (97_550, pytest.approx(1.0, rel=1e-9))


STAFF = 'Name,Job title,State,Salary\nAnn,registered nurses,NJ,"$106,500"\nBen,wizard,NJ,50000\n'


def test_a_list_is_ranked(run, tmp_path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text(STAFF)
    shown = run("rank", "--staff", str(path)).flat
    assert "2 people: 1 placed, 1 not placed." in shown
    assert "Ann Registered Nurses New Jersey 1.00 50" in shown
    assert "1 not placed: occupation is 'wizard'" in shown
    content = json.loads(run("rank", "--staff", str(path), "--json").out)
    assert content["counts"] == {"placed": 1, "not placed": 1}
    assert content["people"]["percentile"] == [pytest.approx(50.0, abs=1e-7), None]


def test_a_ranked_list_is_written(run, tmp_path) -> None:
    path, output = tmp_path / "staff.csv", tmp_path / "out.csv"
    path.write_text(STAFF)
    assert "out.csv written" in run("rank", "--staff", str(path), "-o", str(output)).flat
    assert output.read_text().splitlines()[1].startswith('Ann,registered nurses,NJ,"$106,500",placed,,29-1141,')


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "--wage is missing; expected --wage with --occupation, --title or --facts, or --staff"),
        (("--wage", "50000"), "--occupation is missing"),
        (("--staff", "no.csv"), "no.csv is no file; expected a list of staff"),
        (("--staff", "no.csv", "--wage", "5"), "--wage is '5'; expected it without --staff"),
        (("--staff", "no.csv", "-o", "out.xlsx"), "--output is 'out.xlsx'; expected a name that ends in .csv"),
        (
            ("--wage", "5", "--occupation", "29-1141", "-o", "out.csv"),
            "--output is 'out.csv'; expected it with --staff",
        ),
    ],
)
def test_what_cannot_be_ranked_is_answered_in_a_sentence(run, arguments, message) -> None:
    outcome = run("rank", *arguments)
    assert outcome.status != 0
    assert message in outcome.err


def test_a_midwife_in_pounds(run, tmp_path) -> None:
    """Annual Survey of Hours and Earnings, 2021: P40 is 40,091."""
    path = tmp_path / "table_14_2021_annual.csv"
    path.write_text(
        "Description,Code,No_jobs,Median,Mean,10,20,25,30,40,60,70,75,80,90\n"
        "Midwifery nurses,2231,20,41188,39883,x,30818,34402,37194,40091,42634,45075,46685,x,x\n"
    )
    row = ("--facts", str(path), "--layout", "ashe", "--occupation", "2231")
    shown = run("rank", "--wage", "£40,091", *row).flat
    assert "£40,091 stands at the 40th percentile of Midwifery nurses, 2021" in shown
    assert (
        "£19.27 an hour stands at the 40th percentile"
        in run("rank", "--wage", "19.27", "--unit", "GBP/hour", *row).flat
    )
    assert "expected --unit USD/year" in run("rank", "--wage", "$40,091", *row).err


def test_a_wage_beside_figures_of_ones_own(run) -> None:
    shown = run("rank", "--wage", "50000", "--title", "clerks", "--facts", "P10=30000,P50=50000,P90=80000").flat
    assert "$50,000 stands at the 50th percentile of clerks" in shown
