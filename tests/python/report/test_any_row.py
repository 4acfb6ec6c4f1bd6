"""The report on rows of every kind: it fits the terminal, says nothing unknown, and keeps to one base and one unit."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from rich.console import Console

import wagefit as wf
from wagefit.decisions.market import fit_markets
from wagefit.report import Report, make_report
from wagefit.report.contents import Detail
from wagefit.report.terminal import print_sections

from ..reports import printed

ROWS: dict[str, dict[str, Any]] = {
    "first release": {"year": 1997, "occupation": "32502"},
    "all occupations": {"year": 2021, "occupation": "00-0000"},
    "hourly alone": {"occupation": "27-2011"},
    "annual alone": {"occupation": "25-2021"},
    "top-coded": {"occupation": "29-1211", "year": 2021},
    "top-coded from the first quarter on": {"occupation": "29-1211", "year": 2018},
    "a state without a mean": {"occupation": "25-2021", "state": "NJ"},
    "a territory": {"occupation": "29-1141", "state": "Puerto Rico"},
    "a renamed code": {"occupation": "29-1141", "year": 2005},
}


def text_of(report: Report, detail: Detail = "usual") -> str:
    """The report of some length as a terminal of 80 columns shows it."""
    file = io.StringIO()
    print_sections(report.sections(detail), Console(file=file, width=80, highlight=False))
    return file.getvalue()


@pytest.mark.parametrize("row", ROWS)
def test_a_report_fits_the_terminal_and_has_no_figure_that_is_none(row: str) -> None:
    text = text_of(make_report(**ROWS[row]), "full")
    assert max(map(len, text.splitlines())) <= 80
    assert re.findall(r"\b(?:nan|inf|None)\b", text) == []


@pytest.mark.parametrize("row", ROWS)
def test_the_short_report_is_the_beginning_of_the_usual_one(row: str) -> None:
    report = make_report(**ROWS[row])
    short, usual, full = (text_of(report, detail) for detail in ("short", "usual", "full"))
    assert usual.startswith(short)
    assert full.startswith(short)
    assert len(usual) < len(full) or report.why is None
    assert text_of(report) == printed(report)


@pytest.mark.parametrize("row", ["a state without a mean", "a territory"])
def test_the_report_and_a_rank_have_one_distribution_for_a_row(row: str) -> None:
    cell = wf.oews.cell(ROWS[row]["occupation"], area=ROWS[row]["state"])
    assert [make_report(**ROWS[row]).pay] == fit_markets([cell])


@pytest.mark.parametrize("row", ["annual alone", "hourly alone", "a territory"])
def test_ratios_have_one_base_in_all_tables(row: str) -> None:
    """The ratio of the person's level in the explanation is that of the level in the table of all factors."""
    report = make_report(**ROWS[row])
    assert report.why is not None
    assert report.person is not None
    rows = {each.factor: each for each in report.person.explanation.rows}
    compared = 0
    for factor in report.why.factors:
        if factor.name not in report.person.levels:
            continue
        level = factor.level(report.person.levels[factor.name])
        assert report.why.ratio(factor, level).ratio == pytest.approx(rows[factor.name].ratio, rel=1e-12)  # rounding
        compared += 1
    assert compared >= 1


def test_the_base_is_the_whole_workforce() -> None:
    """Levels weighted by their shares of the workforce earn what the workforce earns, factor by factor."""
    report = make_report()
    assert report.why is not None
    for factor in report.why.factors:
        mean = sum(level.share * report.why.ratio(factor, level).ratio for level in factor.levels)
        assert mean == pytest.approx(1.0, rel=1e-6)  # shares are published to six decimals


def test_an_unknown_detail_is_refused() -> None:
    with pytest.raises(wf.FactError, match="detail is 'long'; expected one of 'short', 'usual', 'full'"):
        make_report().sections("long")  # type: ignore[arg-type]


def test_a_person_of_ones_own_keeps_the_state_of_the_row() -> None:
    report = make_report(occupation="47-2111", state="TX", person={"experience": 3})
    assert report.person is not None
    assert report.person.levels == {"experience": 3.0, "state": "TX"}
