"""Facts as they are typed on the command line."""

from __future__ import annotations

import json

import pytest

import wagefit as wf
from wagefit.shell.facts_text import parse_bounds, parse_facts, parse_quantiles, read_percentile


@pytest.mark.parametrize("text", ["P90", "p90", "90", "90%", "90 %", ".9", "0.9", "D9", " 90 "])
def test_every_way_to_write_a_percentile_is_the_same(text: str) -> None:
    assert read_percentile(text) == 0.9


@pytest.mark.parametrize(
    ("text", "p"), [("median", 0.5), ("P1", 0.01), ("1", 0.01), ("P0.5", 0.005), ("0.5", 0.5), ("2.5", 0.025)]
)
def test_numbers_from_one_are_percents_and_smaller_ones_probabilities(text: str, p: float) -> None:
    assert read_percentile(text) == p


@pytest.mark.parametrize("text", ["0", "100", "P100", "P0", "x", "", "-5", "9e1", "P", "D10"])
def test_what_names_no_percentile_is_none(text: str) -> None:
    assert read_percentile(text) is None


def test_several_facts_may_stand_in_one_text() -> None:
    assert parse_quantiles("--quantile", ["P10=26,550, P90=$66,260", "median=40350"]) == {
        0.1: 26_550,
        0.9: 66_260,
        0.5: 40_350,
    }


def test_a_bound_of_the_mean_is_named() -> None:
    assert parse_bounds("--at-least", ["mean=208000", "P75=208000"]) == {"mean": 208_000, 0.75: 208_000}


def test_facts_in_one_text_are_a_row_in_their_unit() -> None:
    row = parse_facts("--facts", "title=Nurses, mean=£33,102, P20=26,612, P90=45000+, unit=gbp/year, employment=41,000")
    assert row == {
        "unit": "GBP/year",
        "title": "Nurses",
        "mean": 33_102,
        "p20": 26_612,
        "p90_at_least": 45_000,
        "employment": 41_000,
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("mean=£33,102", "unit is USD/year; expected --unit GBP/year"),
        ("height=3", "has 'height'; expected a percentile such as P90, or one of mean"),
        ("mean=1,mean=2", "gives mean twice"),
        ("P90=1,90=2", "gives 90 twice"),
        ("mean=many", "mean of --facts is 'many'; expected a number"),
        ("mean", "expected a percentile and a wage such as P90=63820"),
        ("mean=3,unit=pounds", "unit is 'POUNDS'; expected a currency's code"),
    ],
)
def test_wrong_facts_are_answered(text: str, message: str) -> None:
    with pytest.raises(wf.FactError) as caught:
        parse_facts("--facts", text)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("mean=33000,P10=22000,unit=EUR/year", "--unit", "USD/year"),
            "--unit is 'USD/year' and --facts states 'EUR/ye",
        ),
        (
            ("mean=33000,P10=22000,year=2018", "--year", "2019"),
            "--year is '2019' and --facts says '2018'; expected one",
        ),
        (("mean=33000,P10=22000,title=A", "--title", "B"), "--title is 'B' and --facts says 'A'; expected one of them"),
        (
            ("mean=21.5,P10=12,P90=45+",),
            "the figures are at most 45 a year; expected --unit USD/hour if they are of an",
        ),
    ],
)
def test_facts_that_contradict_an_option_or_are_of_an_hour_are_refused(run, arguments: tuple[str, ...], message: str):
    for command in ("fit", "report"):
        outcome = run(command, "--facts", *arguments)
        assert (outcome.status, outcome.out) == (2, "")
        assert message in outcome.err
    assert run("fit", "--facts", "mean=21.5,P10=12,P90=45,unit=USD/hour").status == 0


@pytest.mark.parametrize("command", [("fit", "--occupation", "29-1141"), ("person", "--experience", "3")])
def test_a_published_row_has_its_own_unit(run, command: tuple[str, ...]) -> None:
    outcome = run(*command, "--unit", "USD/hour")
    assert (outcome.status, outcome.out) == (2, "")
    assert "--unit is 'USD/hour'; expected it with --facts and the file that it is about" in outcome.err


def test_the_command_fits_the_same_by_every_name_of_a_percentile(run) -> None:
    outputs = {
        run("fit", "--mean", "44010", "--quantile", f"{name}=63820", "--json").out
        for name in ("P90", "90", "0.9", "90%", "p90")
    }
    assert len(outputs) == 1
    assert json.loads(outputs.pop())["percentiles"]["p90"] == pytest.approx(63_820, rel=1e-9)  # a fit is exact to 1e-10
