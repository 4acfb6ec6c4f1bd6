"""The commands for the occupations that people ask for first, as someone who is new to the package would run them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import wagefit as wf

# Annual and hourly wages, annual ones alone, hourly ones alone, top-coded ones.
OCCUPATIONS = {
    "registered nurses": "29-1141",
    "electricians": "47-2111",
    "software developers": "15-1252",
    "elementary school teachers, except special education": "25-2021",
    "actors": "27-2011",
    "anesthesiologists": "29-1211",
}
OF_TECHNICIANS = (
    "technician",
    "credential",
    "RHIT",
    "AAPC",
    "29-2071",
    "29-2072",
    "medical records",
    "63,820",
    "coder",
)


@pytest.mark.parametrize("title", OCCUPATIONS)
def test_a_title_is_its_code(run, title: str) -> None:
    by_title, by_code = run("--title", title, "--short"), run("--occupation", OCCUPATIONS[title], "--short")
    assert (by_title.status, by_title.err) == (0, "")
    assert by_title.out == by_code.out


@pytest.mark.parametrize("title", OCCUPATIONS)
def test_nothing_in_a_report_is_about_technicians(run, title: str) -> None:
    shown = run("--title", title, "--full").flat.lower()
    assert [word for word in OF_TECHNICIANS if word.lower() in shown] == []


@pytest.mark.parametrize("title", OCCUPATIONS)
def test_the_answer_says_what_is_published(run, title: str) -> None:
    """Each published percentile stands in the answer, in the unit in which it is published."""
    cell = wf.oews.cell(title)
    shown = run("--title", title, "--short").flat
    period = "an hour" if cell.unit == "USD/hour" else "a year"
    for p, wage in cell.quantiles.items():
        amount = f"${wage:,.2f}" if cell.unit == "USD/hour" else f"${wage:,.0f}"
        assert amount in shown, p
    assert period in shown
    assert f"{cell.employment:,.0f} people" in shown


@pytest.mark.parametrize("title", OCCUPATIONS)
def test_the_answer_is_a_picture_and_ten_lines(run, title: str) -> None:
    lines = [line for line in run("--title", title, "--short").out.splitlines() if line.strip()]
    text = [line for line in lines if re.search("[a-z]{2}", line)]
    head = 2  # lines of the title at most
    assert len(text) - head <= 10
    assert len(lines) - len(text) == 12  # labels, nine rows, axis, wages


def test_top_codes_are_bounds_in_the_answer(run) -> None:
    shown = run("--title", "anesthesiologists", "--year", "2021", "--short").flat
    assert "One in ten of the 31,130 people earns less than $117,590 a year" in shown
    assert "three in four or more earn at least $208,000." in shown
    assert "less than $208,000" not in shown


@pytest.mark.parametrize("state", ["NJ", "nj", "New Jersey", "new jersey"])
def test_a_state_is_its_letters_or_its_name_in_any_case(run, state: str) -> None:
    arguments = ("--occupation", "47-2111", "--short", "--state")
    assert run(*arguments, state).out == run(*arguments, "NJ").out


@pytest.mark.parametrize("code", ["29-1141", "291141", "29-1141.00", " 29-1141 "])
def test_a_code_may_lack_its_hyphen_or_have_the_digits_of_onet(run, code: str) -> None:
    assert "Registered Nurses" in run("--occupation", code, "--short").out


@pytest.mark.parametrize("code", ["29-2072", "29-1141", "47-2111", "15-1252", "25-2021"])
def test_the_published_row_of_the_state_stands_beside_the_models_line(run, code: str) -> None:
    """Everyone in New Jersey has the mean of the row's own curve in the model, and the row's percentiles beside it."""
    content = json.loads(run("person", "--occupation", code, "--year", "2025", "--state", "NJ", "--json").out)
    row, nation = wf.oews.cell(code, area="NJ", year=2025), wf.fit(wf.oews.cell(code, year=2025))
    assert content["mean"] == pytest.approx(wf.fit(row, like=nation).mean(), rel=1e-9)
    shown = {each["name"]: each["published"] for each in content["place"]["figures"]}
    assert {f"P{100 * p:g}": wage for p, wage in row.quantiles.items()}.items() <= shown.items()


def test_technicians_in_new_jersey_are_paid_what_the_row_of_2025_says(run) -> None:
    shown = run("person", "--year", "2025", "--state", "NJ").flat
    assert "Everyone in New Jersey, May 2025" in shown
    assert "P50 $50,240" in shown
    assert "63,062" not in shown  # the ratio of 2018 times the median of 2025


def test_two_persons_of_any_occupation_are_compared(run) -> None:
    outcome = run("compare", "--title", "electricians", "--person", "state=ny, experience=10", "--person", "state=TX")
    assert (outcome.status, outcome.err) == (0, "")
    assert "person: 10 years, New York" in outcome.flat
    assert "other: Texas" in outcome.flat


@pytest.mark.parametrize("command", ["person", "compare", "rank", "report", "fit"])
def test_every_command_takes_a_title(run, command: str) -> None:
    options = {
        "person": (),
        "compare": ("--person", "experience=3", "--other", "experience=9"),
        "rank": ("--wage", "90000"),
        "report": ("--short",),
        "fit": (),
    }
    outcome = run(command, "--title", "registered nurses", *options[command])
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out


def test_a_person_of_ones_own_is_explained_in_the_report(run) -> None:
    shown = run("--title", "electricians", "--person", "experience=3, state=TX", "--short").flat
    assert "One person, by the salary model (3 years, Texas)" in shown


def test_factors_of_ones_own_explain_a_row_of_ones_own(run, tmp_path: Path) -> None:
    factors = tmp_path / "mine.csv"
    factors.write_text("Factor,Level,Ratio,Share,Baseline\nBand,5,0.9,0.5,mean\nBand,6,1.1,0.5,mean\n")
    facts = "title=Nurses,unit=GBP/year,mean=33102,P10=23837,P50=33603,P80=39772"
    arguments = ("person", "--facts", facts, "--factors", str(factors), "--level", "band=6")
    content = json.loads(run(*arguments, "--json").out)
    assert content["mean"] == pytest.approx(1.1 * 33_102, rel=1e-9)  # both bands together earn the mean
    shown = run(*arguments)
    assert (shown.status, shown.err) == (0, "")
    assert "£" in shown.out
    assert "$" not in shown.out
    assert "Band 6" in shown.out


def test_own_factors_replace_those_of_the_same_name(run, tmp_path: Path) -> None:
    factors = tmp_path / "mine.csv"
    factors.write_text("factor,level,ratio,share,baseline\neducation,ADN,0.95,0.5,mean\neducation,BSN,1.05,0.5,mean\n")
    outcome = run("person", "--title", "registered nurses", "--factors", str(factors), "--education", "bsn")
    assert (outcome.status, outcome.err) == (0, "")
    assert "education: BSN" in outcome.flat
    assert "experience: not given" in outcome.flat


def test_careers_stay_in_an_occupation_that_is_named(run) -> None:
    outcome = run("career", "--title", "electricians", "--state", "TX", "--years", "5", "--people", "500")
    assert (outcome.status, outcome.err) == (0, "")
    assert "500 careers of 5 years as Electricians" in outcome.flat
    assert "Roles:" not in outcome.out
    refused = run("career", "--title", "electricians", "--credential", "CCS")
    assert (refused.status, refused.out) == (2, "")
    assert "--credential is 'CCS'; expected it without an occupation" in refused.err
