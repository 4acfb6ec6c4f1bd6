"""The report in a terminal, as columns of a histogram, and as a page."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import numpy as np
import pytest

from wagefit.report import Report
from wagefit.report.histogram import LINE, draw_histogram

from ..reports import FIT, printed


def test_report_fits_eighty_columns_and_says_what_matters(report: Report) -> None:
    text = printed(report)
    assert max(map(len, text.splitlines())) <= 80
    assert "\x1b" not in text
    flat = " ".join(text.split())
    for needed in (
        "$44,010",
        "$66,260",
        "0.33336",
        "$41,631",
        "2.22975",
        "$3,664",
        "May 2018",
        "CPI-U",
        "Association, not cause",
        "proxy",
        "assumption",
        "this person",
        "cancer registrar",
        "director",
        "Gini",
        "rank-preserving transport",
    ):
        assert needed in flat


def test_printed_explanation_adds_up(report: Report) -> None:
    lines = printed(report).splitlines()
    first = next(i for i, line in enumerate(lines) if "the whole workforce" in line)
    last = next(i for i, line in enumerate(lines) if "this person" in line)
    found = (re.search(r"[+-][\d,]+|\d+,\d{3}", line) for line in lines[first : last + 1])
    amounts = [int(match.group().replace(",", "")) for match in found if match]
    assert len(amounts) == 9
    *parts, total = amounts
    assert sum(parts) == total


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_report_keeps_to_the_terminals_width(report: Report, width: int) -> None:
    assert max(map(len, printed(report, width).splitlines())) <= width


def test_report_can_be_shown_in_ascii(report: Report) -> None:
    text = printed(report, encoding="ascii")
    assert "####" in text


def test_histogram_columns_are_shares_of_people(report: Report) -> None:
    lines = draw_histogram(report.pay, width=60, marked=())
    heights = [sum(1 for line in lines[1:-2] if column < len(line) and line[column] == "█") for column in range(60)]
    low, high = report.pay.ppf(np.array([0.002, 0.994]))
    shares = np.diff(report.pay.cdf(np.linspace(low, high, 61)))
    eighth_blocks = 1.0  # a height is rounded to an eighth of a row, and a partial row is not counted
    assert np.all(np.abs(shares / shares.max() * 9 - heights) <= eighth_blocks)


def test_histogram_marks_percentiles_at_their_wages(report: Report) -> None:
    lines = draw_histogram(report.pay, width=76, marked=(0.10, 0.50, 0.90))
    assert lines[0].split() == ["P10", "P50", "P90"]
    columns = [i for i, part in enumerate(lines[1]) if part == LINE]
    low, high = report.pay.ppf(np.array([0.002, 0.994]))
    wages = low + (np.array(columns) + 0.5) / 76 * (high - low)
    half_a_column = 0.5 * (high - low) / 76
    assert np.abs(wages - np.array([26_550, 40_350, 66_260])).max() <= half_a_column * (1 + FIT)


@pytest.mark.parametrize("width", [20, 33, 76, 120])
def test_histogram_keeps_to_its_width(report: Report, width: int) -> None:
    assert max(map(len, draw_histogram(report.pay, width, (0.1, 0.25, 0.5, 0.75, 0.9, 0.99)))) <= width


def test_histogram_shows_hourly_wages_in_dollars(report: Report) -> None:
    assert "$20" in draw_histogram(report.pay.to_hourly(), 76, (0.5,))[-1].split()


class Page(HTMLParser):
    """Open elements and everything that would be fetched from elsewhere."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.fetched: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag != "a":  # a link is followed by a reader, not fetched by the page
            self.fetched += [f"{tag} {name}" for name, _ in attrs if name in {"src", "href", "data"}]
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_page_is_closed_and_needs_nothing_beside_it(report: Report) -> None:
    page = Page(report.to_html())
    assert page.open == []
    assert page.fetched == []
    assert {"svg", "polyline", "table", "h2", "style"} <= set(page.seen)


def test_page_says_what_the_terminal_says(report: Report) -> None:
    text = report.to_html()
    for needed in ("$66,260", "0.33336", "Association, not cause", "BLS&#x27;s", "this person"):
        assert needed in text
