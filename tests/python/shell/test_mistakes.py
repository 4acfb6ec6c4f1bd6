"""What a newcomer types wrong, and the sentence that sets it right: what is wrong, and what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

MISTAKES = {
    "a code that is none": (
        ("--occupation", "29-1149"),
        "occupation is '29-1149'; expected a code or title such as 29-1141 (Registered Nurses)",
    ),
    "a title with a mistake": (("--title", "registerd nurses"), "29-1141 (Registered Nurses)"),
    "a misspelled word": (("--title", "electrican"), "expected a code or title such as 47-2111 (Electricians)"),
    "a word of a title": (("--title", "developer"), "15-1252 (Software Developers)"),
    "code and title": (("--occupation", "29-1141", "--title", "nurses"), "expected one of the two"),
    "a title without quotes": (("--title", "registered", "nurses"), '--title "registered nurses", with the quotes'),
    "an occupation without its option": (("29-1141",), "or an occupation by --occupation 29-1141 or --title"),
    "a state with a mistake": (("--occupation", "29-1141", "--state", "New Jersy"), "NJ (New Jersey)"),
    "a person's state with a mistake": (("person", "--state", "New Jersy"), "nearest: 'NJ' (New Jersey)"),
    "a city": (("--occupation", "29-1141", "--state", "Boston"), "expected US or a state such as NJ"),
    "a year without a release": (
        ("--occupation", "29-1141", "--year", "2023"),
        "year is 2023; expected one of 2012, 2013",
    ),
    "a year in two digits": (("--year", "18"), "--year is '18'; expected a year such as 2018"),
    "a year without states": (
        ("--occupation", "29-1141", "--state", "NJ", "--year", "2018"),
        "year is 2018; expected one of 2025 for occupation 29-1141 (Registered Nurses) in NJ",
    ),
    "a year of technicians without states": (
        ("--state", "NJ", "--year", "2018"),
        "expected year 2025 or no state",
    ),
    "a person's state in a year without states": (
        ("person", "--occupation", "29-1141", "--year", "2018", "--state", "NJ"),
        "its rows of states are of May 2025",
    ),
    "a wage of an hour": (
        ("rank", "--occupation", "29-1141", "--wage", "45.50"),
        "--wage is $46 a year, less than anyone earns; expected a wage of a year: 45.5 an hour are 94,640 a year",
    ),
    "a person's wage of an hour": (("person", "--wage", "23"), "23 an hour are 47,840 a year of 2,080 hours"),
    "figures of an hour": (("fit", "--mean", "21.50", "--quantile", "P90=33"), "expected --unit USD/hour"),
    "a wage in words": (("rank", "--occupation", "29-1141", "--wage", "48k"), "--wage is '48k'; expected a number"),
    "another currency": (
        ("rank", "--occupation", "29-1141", "--wage", "£48000"),
        "the unit is USD/year; expected --unit GBP/year",
    ),
    "a percentile beyond all": (("fit", "--mean", "44010", "--quantile", "190=63820"), "such as P90=63820"),
    "a percentile without its wage": (("fit", "--mean", "44010", "--quantile", "P90"), "such as P90=63820"),
    "percentiles that fall": (("fit", "--quantile", "P10=50000", "--quantile", "P90=40000"), "expected them to ascend"),
    "an option with a mistake": (("--ocupation", "29-1141"), "Possible options: --occupation"),
    "an option before the command": (
        ("--year", "2018", "person"),
        "--year 2018 stands before the command; expected it after it: wagefit person --year 2018",
    ),
    "short and full": (("--short", "--full"), "--short and --full are given; expected one of them"),
    "a layout without a file": (("--layout", "ashe"), "expected it with --facts and the file"),
    "a factor that the model lacks": (
        ("person", "--occupation", "29-1141", "--credential", "RN"),
        "factor is 'credential'; expected one of 'experience', 'education', 'state', 'setting'",
    ),
    "an experience in words": (("person", "--experience", "ten"), "experience is 'ten'; expected a number of years"),
    "a person without a factor": (("--person", "NJ"), "expected factors and levels such as experience=8,state=NJ"),
    "one person to compare": (("compare", "--person", "state=NJ"), "expected it twice, or once with --other"),
    "factors without a file": (("person", "--factors", "none.csv"), "there is no such file; expected a .csv or .toml"),
    "facts without a file": (("--facts", "none.csv"), "there is no such file; expected one, or figures such as"),
    "a folder of facts": (("--facts", "."), "a folder; expected a file with figures"),
    "a folder of factors": (("person", "--factors", "."), "a folder; expected a .csv or .toml file of factors"),
    "a person of a row without factors": (
        ("person", "--facts", "title=Pilots,mean=120000,P50=100000"),
        "no salary factors are at hand for Pilots; expected factors of one's own",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_answered_in_one_sentence(
    run, mistake: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments, message = MISTAKES[mistake]
    outcome = run(*arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert message in outcome.err
    assert outcome.err.startswith("wagefit: ")
    assert outcome.err.count("\n") == 1


@pytest.mark.parametrize("file", ["none.xlsx", "."])
def test_a_table_that_is_no_file_is_answered(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = run("table", file, "-o", "fits.csv")
    assert (outcome.status, outcome.out) == (1, "")
    assert "is no file; expected a published table" in outcome.err


def test_a_release_that_contradicts_the_name_of_the_file_is_answered(run, tmp_path: Path) -> None:
    file = tmp_path / "national_M2018_dl.csv"
    file.write_text("OCC_CODE,OCC_TITLE,A_MEAN,A_PCT10,A_PCT90\n29-2071,Technicians,44010,26550,66260\n")
    outcome = run("table", str(file), "-o", str(tmp_path / "fits.csv"), "--release", "2017")
    assert (outcome.status, outcome.out) == (2, "")
    assert "release is 2017, but national_M2018_dl.csv is of 2018; expected release 2018, or none" in outcome.err
