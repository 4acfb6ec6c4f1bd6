"""The page for percentiles of one's own: in a browser, by keys, in the dark, on a phone; and the site without it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

import wagefit as wf
from wagefit.distributions.posterior import DRAWS, interval, interval_error
from wagefit.shared.text import dollars, interval_text
from wagefit.tables.facts import row_facts

from ..cells import TECHNICIANS
from ..page.browser import Browser
from ..page.browser_checks import BROKEN, CUT, FAINT, FOCUSABLE, NAMELESS, UNREADABLE_TABLES
from ..page.javascript import bodies
from .browser_engine import DOCS, machinery, need_engine

WIDE, NARROW = 1280, 390
MOST_BYTES = 400_000
LONGEST_BODY = 30
MODULES = sorted((DOCS / "typed_page").glob("*.js"))
FITTED = "document.querySelector('.said')?.textContent.includes('Half earn')"
DRAWN = "!document.querySelector('.tables').textContent.includes('…')"
# Types a text into the field with a label, or chooses an option, as a user does.
TYPE = """
(([label, text]) => {
  const control = [...document.querySelectorAll("input, select")].find((each) => each.labels[0].textContent === label);
  control.value = text;
  control.dispatchEvent(new Event(control.tagName === "SELECT" ? "change" : "input", { bubbles: true }));
})(%r)
"""
LABELS = ("10th percentile", "25th percentile", "50th (median)", "75th percentile", "90th percentile", "mean")
SURGEONS = {  # May 2018, national, with the second figure made a bound
    "mean": 255_110,
    "quantiles": {0.1: 94_960},
    "at_least": {0.25: 199_920, 0.5: 208_000, 0.75: 208_000, 0.9: 208_000},
}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("typed") / "page.html"
    path.write_text(machinery("typed_page").page(need_engine().read_bytes()), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("browser")) as started:
        yield started


def shown(browser: Browser, page: Path, width: int = WIDE, scheme: str = "light") -> None:
    """Opens the page and waits until the example's intervals are there."""
    browser.complaints.clear()
    browser.requests.clear()
    browser.open(page, width, scheme=scheme)
    browser.wait_for(FITTED)
    browser.wait_for(DRAWN)


def type_into(browser: Browser, label: str, text: str) -> None:
    browser.evaluate(TYPE % [label, text])


def said(browser: Browser) -> str:
    return str(browser.evaluate("document.querySelector('.said').textContent"))


def rows(browser: Browser) -> dict[str, list[str]]:
    """The cells of both tables by the heads of their rows."""
    found = browser.evaluate(
        "[...document.querySelectorAll('tbody tr')].map((row) => [...row.cells].map((cell) => cell.textContent))"
    )
    return {head: cells for head, *cells in found}


def printed(pay: wf.Distribution, name: str, *arguments: float, write: Any) -> list[str]:
    """A figure and its interval as the page must print them, by Python."""
    figure = float(getattr(pay, name)(*arguments))
    draws = [float(getattr(drawn, name)(*arguments)) for drawn in pay.posterior_draws(DRAWS, rng=0)]
    low, high = interval(draws, 0.9, figure)
    return [write(figure), interval_text(low, figure, high, interval_error(draws, 0.9), write)]


def part(x: float) -> str:
    return f"{100 * x:.1f} %"


def check_figures(browser: Browser, pay: wf.Distribution, wage: float) -> None:
    """Percentiles, a share and the Gini coefficient with their intervals are those of Python, as Python prints them."""
    found = rows(browser)
    for percentile in (5, 95, 99):
        assert found[f"P{percentile}"] == printed(pay, "ppf", percentile / 100, write=partial(dollars, unit=pay.unit))
    assert found["Gini coefficient"] == printed(pay, "gini", write="{:.3f}".format)
    assert found[f"earn {dollars(wage)} or less"] == printed(pay, "cdf", wage, write=part)
    assert found["share of pay, top tenth"] == printed(pay, "top_share", 0.1, write=part)
    assert found["standard deviation"] == printed(pay, "std", write=dollars)


def test_example_is_answered_as_in_python(browser: Browser, page: Path) -> None:
    shown(browser, page)
    assert rows(browser)["mean"] == ["$44,010", "as typed"]
    assert rows(browser)["P25"] == ["$32,070", "as typed"]
    assert rows(browser)["P90 over P10"][1] == "as typed"
    check_figures(browser, wf.fit(**TECHNICIANS), 50_000)
    assert said(browser).startswith("Every fact is met by the most plausible curve. Half earn $40,350 or less, ")
    assert browser.complaints == []
    assert browser.requests == [page.as_uri()]


def test_figures_are_typed_one_by_one(browser: Browser, page: Path) -> None:
    shown(browser, page)
    browser.evaluate("document.querySelector('button').click()")
    assert said(browser) == "No percentiles and no mean; expected at least two percentiles, or one and the mean."
    type_into(browser, "mean", "$58,000")
    assert said(browser) == "The mean alone sets no spread; expected at least one percentile beside it."
    type_into(browser, "90th percentile", " 96,500 ")
    type_into(browser, "a wage to place", "40,000")
    browser.wait_for(DRAWN)
    check_figures(browser, wf.fit(mean=58_000, quantiles={0.9: 96_500}), 40_000)
    type_into(browser, "a wage to place", "")
    assert not any(head.startswith("earn ") for head in rows(browser))
    assert browser.complaints == []


def test_figures_without_a_mean_leave_its_interval_open(browser: Browser, page: Path) -> None:
    shown(browser, page)
    for label, text in zip(LABELS, ("", "32,070", "40,350", "", "", ""), strict=True):
        type_into(browser, label, text)
    browser.wait_for(DRAWN)
    assert rows(browser)["mean"] == printed(
        wf.fit(quantiles={0.25: 32_070, 0.5: 40_350}), "mean", write=partial(dollars, unit="USD/year")
    )
    assert "its upper tail is the prior's alone" in said(browser)
    assert not re.search("NaN|Infinity|undefined", browser.evaluate("document.body.innerText"))


def test_top_codes_are_bounds(browser: Browser, page: Path) -> None:
    shown(browser, page)
    texts = ("94,960", ">= 199920", "208,000+", "$208,000+", "≥208,000", "255,110")
    for label, text in zip((*LABELS, "a wage to place"), (*texts, "250,000"), strict=True):
        type_into(browser, label, text)
    browser.wait_for(DRAWN)
    check_figures(browser, wf.fit(**SURGEONS), 250_000)


@pytest.mark.parametrize("example", range(4))
def test_examples_are_published_rows(browser: Browser, page: Path, example: int) -> None:
    shown(browser, page)
    type_into(browser, "example", str(example))
    browser.wait_for(DRAWN)
    typed_page = machinery("typed_page")
    occupation, year, area, wage = typed_page.EXAMPLES[example]
    cell = wf.oews.cell(occupation, year=year, area=area)
    facts = {name: value for name, value in row_facts(cell).items() if name in {"mean", "quantiles", "at_least"}}
    check_figures(browser, wf.fit(**facts), wage)
    title = browser.evaluate("document.querySelector('select').selectedOptions[0].textContent")
    assert title == f"{cell.release}: {cell.occupation_title}, {cell.area_title}"


def test_contradictions_and_what_is_no_wage_are_said(browser: Browser, page: Path) -> None:
    shown(browser, page)
    type_into(browser, "10th percentile", "60,000")
    assert said(browser) == "Percentiles decrease: P10 = 60,000 but P25 = 32,070; expected them to ascend."
    type_into(browser, "10th percentile", "26,550")
    type_into(browser, "mean", "30000")
    assert said(browser).startswith("Mean is 30,000, lower than the percentiles allow; expected a mean above ")
    type_into(browser, "mean", "a lot")
    assert said(browser) == "mean: expected a wage such as 44,010 or 208,000+."
    assert browser.evaluate(
        "[...document.querySelectorAll('[aria-invalid=\"true\"]')].map((e) => e.labels[0].innerText)"
    ) == ["mean"]
    assert browser.evaluate("document.querySelector('figure').offsetParent") is None
    type_into(browser, "mean", "44010")
    assert said(browser).startswith("Every fact is met")
    assert browser.complaints == []


def test_unlikely_figures_are_questioned(browser: Browser, page: Path) -> None:
    """As Python notes them."""
    shown(browser, page)
    notes = "document.querySelector('.notes').textContent"
    assert browser.evaluate(notes) == ""
    type_into(browser, "mean", "400,000")
    assert browser.evaluate(notes) == "The mean is above P90: a few wages make it."
    assert any("a few wages make it" in note for note in wf.fit(**TECHNICIANS | {"mean": 400_000}).diagnostics.notes)
    type_into(browser, "mean", "44,010")
    type_into(browser, "25th percentile", "40,000")
    mistyped = TECHNICIANS["quantiles"] | {0.25: 40_000}
    (note,) = wf.fit(**TECHNICIANS | {"quantiles": mistyped}).diagnostics.notes
    assert "distance from the prior is 150 for each" in note
    assert "distance from usual ones is 150 for each" in browser.evaluate(notes)


def test_top_code_that_binds_is_noted(browser: Browser, page: Path) -> None:
    shown(browser, page)
    type_into(browser, "90th percentile", "75,000+")
    assert "A top code binds" in browser.evaluate("document.querySelector('.notes').textContent")
    browser.wait_for(DRAWN)
    cell = {"mean": 44_010, "quantiles": {p: TECHNICIANS["quantiles"][p] for p in (0.1, 0.25, 0.5, 0.75)}}
    pay = wf.fit(**cell, at_least={0.9: 75_000})
    assert pay.diagnostics.binding == ((0.9, 75_000.0),)
    assert rows(browser)["P90"] == printed(pay, "ppf", 0.9, write=dollars)


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_cut_and_everything_is_legible(browser: Browser, page: Path, width: int, scheme: str) -> None:
    shown(browser, page, width, scheme)
    for check in (CUT, BROKEN, FAINT, NAMELESS, UNREADABLE_TABLES):
        assert browser.evaluate(check) == []
    assert browser.evaluate("document.documentElement.scrollWidth") <= width


def test_picture_has_its_figures_in_words(browser: Browser, page: Path) -> None:
    shown(browser, page)
    picture = browser.evaluate("document.querySelector('.chart svg').getAttribute('aria-label')")
    assert (
        picture
        == "Half earn $40,350 or less, eight in ten between $26,550 and $66,260; 71 of 100 earn $50,000 or less."
    )
    names = browser.evaluate("[...document.querySelectorAll('.chart svg text')].map((text) => text.textContent)")
    assert {"P10", "P25", "P50", "P75", "P90", "mean", "$50,000"} <= set(names)
    type_into(browser, "75th percentile", "50,000+")
    names = browser.evaluate("[...document.querySelectorAll('.chart svg text')].map((text) => text.textContent)")
    assert "P75+" in names


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize(
    "texts",
    [
        ("43,870", "51,040", "51,040", "52,170", "53,080", "50,150", "52,000"),
        ("30,000", "30,000", "30,000", "30,000", "30,000", "31,000", "30,000"),
        ("133,080", "208,000+", "208,000+", "208,000+", "208,000+", "267,020", "208,000"),
    ],
)
def test_labels_of_the_picture_keep_apart(browser: Browser, page: Path, width: int, texts: tuple[str, ...]) -> None:
    shown(browser, page, width)
    for label, text in zip((*LABELS, "a wage to place"), texts, strict=True):
        type_into(browser, label, text)
    boxes = browser.evaluate(
        "[...document.querySelectorAll('.chart svg text')].map((text) => text.getBoundingClientRect())"
        ".map(({ left, right, top, bottom }) => [left, right, top, bottom])"
    )
    assert len(boxes) > 5
    assert all(left >= 0 and right <= width for left, right, _, _ in boxes)
    touching = [
        (a, b)
        for a, b in combinations(boxes, 2)
        if a[0] < b[1] and b[0] < a[1] and a[2] + 2 < b[3] and b[2] + 2 < a[3]  # letters are lower than their boxes
    ]
    assert touching == []


def test_tab_goes_through_everything_in_the_order_of_the_page(browser: Browser, page: Path) -> None:
    shown(browser, page)
    browser.evaluate("document.activeElement.blur()")
    n, reached = browser.evaluate(f"{FOCUSABLE}.length"), []
    for _ in range(n):
        browser.press("Tab", 9)
        reached.append(browser.evaluate(f"{FOCUSABLE}.indexOf(document.activeElement)"))
        assert browser.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    assert reached == list(range(n))


@pytest.mark.parametrize("lacking", ["DecompressionStream", "WebAssembly"])
def test_browser_that_is_too_old_is_told_so(browser: Browser, page: Path, lacking: str) -> None:
    script = browser.call("Page.addScriptToEvaluateOnNewDocument", source=f"delete globalThis.{lacking}")
    try:
        browser.complaints.clear()
        browser.open(page, NARROW)
        browser.wait_for("document.querySelector('.problem') !== null")
    finally:
        browser.call("Page.removeScriptToEvaluateOnNewDocument", identifier=script["identifier"])
    told = browser.evaluate("document.querySelector('.problem').textContent")
    assert told.startswith("This browser cannot run the engine, which needs one of 2023 or later, with WebAssembly.")
    assert told.endswith(f"It says: {lacking} is not defined.")
    assert browser.complaints == []


def test_page_prints_figures_without_controls(browser: Browser, page: Path) -> None:
    shown(browser, page)
    browser.call("Emulation.setEmulatedMedia", media="print")
    text = browser.evaluate("document.body.innerText")
    browser.call("Emulation.setEmulatedMedia", media="")
    assert "Leave empty what is not known" not in text
    assert "$75,524" in text


def test_page_is_one_small_file(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert len(text.encode()) <= MOST_BYTES
    assert re.findall(r"<(?:link|img|iframe|script)[^>]+(?:src|href)=|@import|url\(", text) == []


def test_functions_are_short() -> None:
    measured = [(path.name, *body) for path in MODULES for body in bodies(path)]
    assert len(measured) > 40
    assert [each for each in measured if each[2] > LONGEST_BODY] == []


def test_site_without_an_engine_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed_page = machinery("typed_page")

    def missing() -> bytes:
        raise typed_page.NoEngineError("em++ is not on the path")

    monkeypatch.setattr(typed_page, "engine", missing)
    (tmp_path / typed_page.FILE).write_text("of an earlier build")
    text = typed_page.site_page((DOCS / typed_page.PAGE).read_text(encoding="utf-8"), tmp_path)
    assert "This build of the site has no engine, so the page is not here: em++ is not on the path." in text
    assert typed_page.FILE not in text
    assert typed_page.static_paths(tmp_path) == []
    assert "em++ is not on the path" in capsys.readouterr().out


def test_site_with_an_engine_leads_to_the_page(tmp_path: Path) -> None:
    need_engine()
    typed_page = machinery("typed_page")
    text = typed_page.site_page((DOCS / typed_page.PAGE).read_text(encoding="utf-8"), tmp_path)
    assert f'href="../_static/{typed_page.FILE}"' in text
    assert typed_page.static_paths(tmp_path) == [str(tmp_path)]
