"""`wagefit growth`."""

from __future__ import annotations

import json

import pytest

ASKED = ("growth", "--title", "registered nurses", "--from", "2018", "--to", "2021")


def test_growth_is_shown_with_its_error(run) -> None:
    shown = run(*ASKED).flat
    assert (
        "Registered Nurses, May 2018 to May 2021: median +8.2 % (90 %: +7.2 to +9.1), consumer prices +7.0 %" in shown
    )
    assert "P50 $71,730 $77,600 +8.2 % (+7.2 to +9.1) +1.1 % (+0.2 to +2.0)" in shown
    assert "new method of estimation (MB3" in shown


def test_top_codes_are_bounds(run) -> None:
    shown = run("growth", "--occupation", "anesthesiologists", "--from", "2018", "--to", "2025").flat
    assert "P25 $208,000+ $207,000 at most -0.5 % at most -22.1 %" in shown
    assert '"+" after a wage: that or more' in shown


def test_growth_as_json(run) -> None:
    content = json.loads(run(*ASKED, "--json").out)
    assert [each["figure"] for each in content["rows"]] == ["mean", "P10", "P25", "P50", "P75", "P90"]
    assert content["rows"][3]["nominal"] == pytest.approx(77_600 / 71_730 - 1, abs=1e-15)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--from", "18x", "--to", "2021"), "--from is '18x'; expected a year such as 2018"),
        (("--from", "2018", "--to", "2021", "--index", "PPI"), "index is 'PPI'; expected one of 'CPI-U', 'ECI'"),
        (("--from", "2021", "--to", "2018"), "expected a release and a later one"),
    ],
)
def test_what_has_no_growth_is_answered_in_a_sentence(run, arguments, message) -> None:
    outcome = run("growth", "--occupation", "29-1141", *arguments)
    assert outcome.status != 0
    assert message in outcome.err


def test_growth_of_nothing_is_refused(run) -> None:
    assert "--occupation is missing; expected a code, or --title" in run("growth", "--from", "2018", "--to", "2021").err
