"""The command line as people and scripts use it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import wagefit as wf

PERSON = (
    "person",
    "--experience",
    "8",
    "--education",
    "associate",
    "--credential",
    "RHIT",
    "--state",
    "NJ",
    "--setting",
    "general hospital",
)


def test_main_job_runs_as_a_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "wagefit"],
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=60,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "$44,010" in done.stdout


def test_main_job_prints_the_report(run) -> None:
    outcome = run()
    assert (outcome.status, outcome.err) == (0, "")
    for section in ("What BLS published", "Often quoted", "What pay goes with", "One person", "The next roles"):
        assert section in outcome.out
    assert max(map(len, outcome.out.splitlines())) <= 80


def test_main_job_as_json_is_the_reports_content(run) -> None:
    content = json.loads(run("--json").out)
    assert content["published"]["p90"] == 66_260
    assert content["wagefit"] == wf.__version__


def test_year_and_occupation_choose_the_row(run) -> None:
    assert json.loads(run("--year", "2024", "--json").out)["published"]["occupation"] == "29-2072"
    assert json.loads(run("--occupation", "11-9111", "--year", "2018", "--json").out)["published"]["mean"] == 113_730


@pytest.mark.parametrize("name", ["report.png", "report.svg"])
def test_plot_writes_a_picture(run, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert run("--plot", str(path)).status == 0
    assert path.stat().st_size > 10_000


def test_report_writes_a_page(run, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    outcome = run("report", "--html", str(path))
    assert (outcome.status, outcome.out) == (0, f"{path} written\n")
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_version_is_the_packages(run) -> None:
    assert run("--version").out == f"wagefit {wf.__version__}\n"


@pytest.mark.parametrize("command", [(), ("fit",), ("identify",), ("person",), ("report",)])
def test_help_is_printed(run, command: tuple[str, ...]) -> None:
    outcome = run(*command, "--help")
    assert outcome.status == 0
    assert "Usage:" in outcome.out


def test_fit_of_two_figures_is_the_lognormal(run) -> None:
    arguments = ("fit", "--mean", "44010", "--quantile", ".9=63820", "--family", "lognormal")
    content = json.loads(run(*arguments, "--json").out)
    assert content["percentiles"]["p50"] == pytest.approx(41_631, abs=0.5)
    assert "sigma 2.22975" in run(*arguments).flat


def test_fit_takes_figures_as_they_are_printed(run) -> None:
    plain = run("fit", "--mean", "44010", "--quantile", ".1=26550", "--quantile", ".9=66260", "--json")
    printed = run("fit", "--mean", "$44,010", "--quantile", "0.1=$26,550", "--quantile", "0.9=66,260", "--json")
    assert plain.out == printed.out


def test_fit_takes_top_codes_and_a_support(run) -> None:
    outcome = run(
        "fit",
        "--quantile",
        ".1=150000",
        "--at-least",
        ".25=208000",
        "--at-least",
        "mean=208000",
        "--lower",
        "15080",
        "--upper",
        "5000000",
        "--json",
    )
    content = json.loads(outcome.out)
    assert content["percentiles"]["p25"] >= 208_000 * (1 - 1e-9)  # a bound is met to the fit's 1e-10
    assert content["mean"] >= 208_000 * (1 - 1e-9)


def test_identify_names_the_release(run) -> None:
    content = json.loads(run("identify", "--mean", "44010", "--p90", "63820", "--json").out)
    best = content["matches"][0]
    assert (best["release"], best["occupation"], best["figures"][0]["published"]) == ("May 2018", "29-2071", 44_010)
    assert content["unmatched"] == ["p90"]
    assert "No national row of 29-2071 has p90 63,820" in run("identify", "--mean", "44010", "--p90", "63820").flat


def test_identify_prints_the_first_of_many(run) -> None:
    assert "more rows; --json prints all of them" in run("identify", "--mean", "44010", "--tolerance", "0.5").flat


def test_person_is_the_models(run) -> None:
    content = json.loads(run(*PERSON, "--json").out)
    levels = {"education": "associate", "credential": "RHIT", "state": "NJ", "setting": "general hospital"}
    profile = wf.SalaryModel.health_information().profile(experience=8, **levels)
    assert content["mean"] == profile.pay.mean()
    assert content["levels"] == dict(profile.levels)
    explanation = content["explanation"]
    total = explanation["baseline"] + sum(row["amount"] for row in explanation["rows"]) + explanation["transport"]
    assert total == pytest.approx(content["mean"], rel=1e-12)  # a few roundings


def test_person_of_another_year_has_that_years_anchor(run) -> None:
    content = json.loads(run("person", "--year", "2024", "--json").out)
    assert content["mean"] == pytest.approx(55_970, rel=1e-9)  # nothing known: the anchor, met to 1e-10


WRONG = [
    (("--year", "x"), "--year is 'x'; expected a year such as 2018"),
    (("--year", "2030"), "year is 2030; expected a release from 1997 to 2025"),
    (("--year", "2019", "--occupation", "29-2071"), "year is 2019; expected one of 1999, 2000"),
    (("--occupation", "nurse"), "occupation is 'nurse'; expected a code or title such as"),
    (("--plot", "report.doc"), "the picture is 'report.doc'; expected a name ending in one of"),
    (("--color",), "No such option: --color"),
    (("tables",), "No such command 'tables'"),
    (("table",), "Missing argument 'FILE'; expected what"),
    (
        ("table", "wages.xlsx", "-o", "fits.txt"),
        "--output is 'fits.txt'; expected a name that ends in .parquet or .csv",
    ),
    (("fit",), "expected"),
    (("fit", "--mean", "many", "--quantile", ".9=63820"), "--mean is 'many'; expected a number"),
    (("fit", "--mean", "44010", "--quantile", "63820"), "--quantile is '63820'; expected a percentile and a wage"),
    (("fit", "--mean", "44010", "--quantile", "P100=63820"), "expected a percentile and a wage such as P90=63820"),
    (("fit", "--quantile", ".9=1", "--quantile", "0.90=2"), "--quantile gives 0.90 twice"),
    (("fit", "--mean", "44010", "--quantile", ".9=63820", "--family", "normal"), "expected one of 'curve'"),
    (("fit", "--mean", "44010", "--quantile", ".9=120000", "--family", "lognormal"), "above exp(z^2 / 2) = 2.2732"),
    (("fit", "--mean", "20000", "--quantile", ".1=26550", "--quantile", ".9=66260"), "expected a mean above"),
    (("identify",), "expected at least one of mean, p10"),
    (("identify", "--mean", "-3"), "expected a positive finite number"),
    (("person", "--state", "ZZ"), "state is 'ZZ'; expected one of 'AK', 'AL'"),
    (("person", "--credential", "MD"), "credential is 'MD'; expected one of 'none', 'CCA'"),
    (("person", "--experience", "long"), "experience is 'long'; expected a number of years"),
    (("person", "--experience", "-1"), "experience"),
    (("person", "--assumed-error", "-1"), "relative_error is -1"),
    (("person", "--year", "1997"), "year is 1997; expected one of 1999"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG, ids=[" ".join(arguments) for arguments, _ in WRONG])
def test_wrong_value_gets_one_sentence_and_exit_status_2(run, arguments: tuple[str, ...], message: str) -> None:
    outcome = run(*arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert message in outcome.err
    assert outcome.err.startswith("wagefit: ")
    assert outcome.err.count("\n") == 1


def test_picture_that_cannot_be_written_is_no_traceback(run, tmp_path: Path) -> None:
    outcome = run("--plot", str(tmp_path / "missing" / "report.png"))
    assert outcome.status == 1
    assert outcome.err.count("\n") == 1


def test_import_leaves_the_slow_libraries_alone() -> None:
    slow = "{'matplotlib', 'pandas', 'polars', 'pyarrow', 'rich', 'typer', 'narwhals', 'scipy'}"
    program = f"import sys, wagefit; print(sorted({slow} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True, timeout=60)
    assert done.stdout == "[]\n"


def test_person_with_a_wage_says_where_it_stands(run) -> None:
    outcome = run(*PERSON, "--wage", "$50,000")
    assert "stands at the" in outcome.flat
    content = json.loads(run(*PERSON, "--wage", "50000", "--json").out)
    model = wf.SalaryModel.health_information()
    assert content["rank"]["occupation"] == model.anchor.cdf(50_000)
    assert "explanation" in content


def test_unknown_errors_are_null_in_json_and_can_be_assumed(run) -> None:
    """JSON has no NaN; the assumed error is the model's."""
    content = json.loads(run(*PERSON, "--wage", "50000", "--json").out, parse_constant=pytest.fail)
    assert content["rank"]["person_interval"] == [None, None]
    assert content["estimated_mean"]["low"] is None
    assert "no standard error is published for state (New Jersey)" in content["unknown"]
    assumed = json.loads(run(*PERSON, "--assumed-error", "0.03", "--json").out)
    levels = {"education": "associate", "credential": "RHIT", "state": "NJ", "setting": "general hospital"}
    model = wf.SalaryModel.health_information().with_assumed_errors(0.03)
    ends = model.profile(experience=8, **levels).pay.credible("mean")
    assert (assumed["estimated_mean"]["low"], assumed["estimated_mean"]["high"]) == ends
    assert "90 % interval of this mean" in run(*PERSON, "--assumed-error", "0.03").flat


def test_compare_takes_an_assumed_error(run) -> None:
    arguments = ("compare", "--person", "state=NJ", "--other", "state=AR")
    assert "unknown" in run(*arguments).flat
    shown = run(*arguments, "--assumed-error", "0.03").flat
    assert "unknown" not in shown.split("Association")[0]
    assert "The standard error is an assumption for state (New Jersey against Arkansas)" in shown


def test_compare_is_the_models(run) -> None:
    arguments = ("compare", "--person", "experience=8,credential=RHIT", "--other", "credential=none")
    content = json.loads(run(*arguments, "--json").out)
    model = wf.SalaryModel.health_information()
    person = model.profile(experience=8, credential="RHIT")
    comparison = model.compare(person, person.replace(credential="none"))
    assert content["difference"] == comparison.difference
    assert [row["factor"] for row in content["rows"]] == ["credential"]
    assert content["mean"] == pytest.approx(content["other_mean"] + content["difference"], rel=1e-12)  # rounding
    outcome = run(*arguments)
    assert (outcome.status, outcome.err) == (0, "")
    assert "credential: Registered Health Information" in outcome.flat  # wrapped in its column
    assert f"is paid ${comparison.difference:,.0f} a year" in outcome.flat
    assert max(map(len, outcome.out.splitlines())) <= 80


def test_compare_with_an_unknown_level(run) -> None:
    content = json.loads(run("compare", "--person", "state=NJ", "--other", "state=unknown", "--json").out)
    assert content["other"] == "the whole workforce"


def test_two_alike_do_not_differ(run) -> None:
    outcome = run("compare", "--person", "state=NJ", "--other", "state=NJ")
    assert "The two do not differ in anything." in outcome.flat
    assert "+0.0" not in outcome.flat


def test_a_person_of_whom_nothing_is_known(run) -> None:
    assert "this is the whole occupation" in run("person").flat


def test_career_is_the_packages(run, tmp_path: Path) -> None:
    picture = tmp_path / "career.png"
    arguments = ("career", "--years", "12", "--people", "2,000", "--seed", "3", "--state", "NJ")
    content = json.loads(run(*arguments, "--plot", str(picture), "--json").out)
    outcome = wf.Career.health_information(state="NJ").simulate(12, 2_000, rng=3)
    assert content["lifetime"]["p50"] == outcome.lifetime_percentiles([0.5])[0]
    assert content["by_year"][0]["at_work"] == 1.0
    assert picture.stat().st_size > 10_000
    shown = run(*arguments)
    assert (shown.status, shown.err) == (0, "")
    for text in ("2,000 careers of 12 years from technician", "What it rests on", "technician to coder: 10 % a year"):
        assert text in shown.flat
    assert max(map(len, shown.out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("compare", "--person", "state", "--other", "state=TX"), "--person is 'state'; expected factors and levels"),
        (("compare", "--person", "state=NJ,state=TX", "--other", "state=CA"), "gives state twice"),
        (("compare", "--person", "state=NJ"), "--person is given 1 times; expected it twice, or once with --other"),
        (("compare", "--person", "state=NJ", "--person", "state=TX", "--other", "state=CA"), "and --other once"),
        (("compare", "--person", "height=3", "--other", "state=CA"), "factor is 'height'"),
        (("career", "--years", "long"), "--years is 'long'; expected a whole number"),
        (("career", "--years", "400", "--people", "5"), "years is 400; expected 1 to 120"),
        (("career", "--start", "queen"), "start is 'queen'; expected one of 'technician'"),
        (("career", "--year", "1999"), "year is 1999"),
        (("person", "--wage", "-5"), "wage is -5"),
    ],
)
def test_wrong_questions_on_careers_are_answered(run, arguments: tuple[str, ...], message: str) -> None:
    outcome = run(*arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert message in outcome.err


def test_hourly_figures_are_not_looked_for_among_annual_ones(run) -> None:
    outcome = run("identify", "--mean", "21.16")
    assert (outcome.status, outcome.out) == (2, "")
    assert "the figures are at most 21.16 a year; expected --unit USD/hour" in outcome.err
    assert "29-2071" in run("identify", "--mean", "21.16", "--unit", "USD/hour").out
