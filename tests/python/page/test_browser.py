"""The page in a browser: every control does what it says, nothing is cut, keyboard and screen reader get everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import wagefit as wf
from wagefit.report import make_report
from wagefit.shared.text import dollars, ordinal

from .browser import Browser
from .browser_checks import BROKEN, CUT, FAINT, FOCUSABLE, NAMELESS, UNREADABLE_TABLES

WIDE, NARROW = 1280, 390
TAB = ("Tab", 9)
READY = "document.querySelector('.said')?.textContent.includes('mean')"
# Sets a control as a user does, and waits until the page has drawn the answer.
SET = """
(async (control, value) => {
  if (control.type === "checkbox" || control.tagName === "BUTTON") control.click();
  else {
    control.value = value;
    control.dispatchEvent(new Event(control.tagName === "SELECT" ? "change" : "input", { bubbles: true }));
  }
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));
})(document.querySelectorAll(".controls input, .controls select, .controls button")[%d], %r)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages: of a report, of a model, of a row without factors, of a state, and of a notebook."""
    folder = tmp_path_factory.mktemp("pages")
    nurses = {"title": "Nurses", "unit": "GBP/hour", "p25": 14.2, "p50": 17.2, "p75": 20.1}
    explorer = wf.explore(wf.SalaryModel.for_occupation("registered nurses", 2025))
    pages = {
        "report": make_report().to_html(),
        "explorer": explorer.html,
        "row": make_report(row=nurses).to_html(),
        "state": make_report(occupation="registered nurses", state="NJ").to_html(),
        "notebook": f"<!DOCTYPE html><html lang='en'><title>Notebook</title>{explorer._repr_html_()}</html>",
    }
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("browser")) as started:
        yield started


def shown(browser: Browser, page: Path, width: int = WIDE, **options: Any) -> Browser:
    """The browser with a page whose answers are drawn."""
    browser.complaints.clear()
    browser.requests.clear()
    browser.open(page, width, **options)
    browser.wait_for(READY)
    return browser


def controls(browser: Browser) -> list[dict[str, Any]]:
    """Kind, label and options of each control of the form."""
    found: list[dict[str, Any]] = browser.evaluate(
        """[...document.querySelectorAll(".controls input, .controls select, .controls button")].map((node) => ({
          kind: node.type, label: node.labels?.[0]?.textContent ?? node.textContent,
          person: node.closest("fieldset")?.querySelector("legend").textContent ?? null,
          options: [...(node.options ?? [])].map((option) => option.value), most: node.max, least: node.min,
        }))"""
    )
    return found


def visible_text(browser: Browser) -> str:
    """What the answers say."""
    return str(browser.evaluate("document.querySelector('.wagefit-answers').innerText"))


@pytest.mark.parametrize("name", ["report", "explorer", "row"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_control_moves_the_answers(browser: Browser, folder: Path, name: str, width: int) -> None:
    """With another person beside the first, so that her controls are there as well; no complaint on the console."""
    shown(browser, folder / f"{name}.html", width)
    for i, control in enumerate(controls(browser)):
        if control["kind"] == "checkbox":
            browser.evaluate(SET % (i, ""))
    for i, control in enumerate(controls(browser)):
        before = visible_text(browser)
        if control["kind"] in {"checkbox", "button"}:
            continue
        value = control["options"][-1] if control["options"] else str(float(control["most"] or 0) or 3)
        browser.evaluate(SET % (i, value))
        assert visible_text(browser) != before, control
        assert "NaN" not in visible_text(browser)
        assert "Infinity" not in visible_text(browser)
    assert browser.evaluate(CUT) == []
    assert browser.complaints == []


def test_answers_are_those_of_python(browser: Browser, folder: Path) -> None:
    """After controls were moved; the person's state is taken away and her wage set."""
    shown(browser, folder / "report.html")
    values = {"experience, years": "12.5", "education": "bachelor", "state": "", "a wage, dollars a year": "61234"}
    for i, control in enumerate(controls(browser)):
        if control["label"] in values and control["person"] != "Person B" and control["kind"] != "range":
            browser.evaluate(SET % (i, values[control["label"]]))
    model = wf.SalaryModel.health_information()
    person = model.profile(experience=12.5, education="bachelor", credential="RHIT", setting="general hospital")
    text = visible_text(browser)
    for wage in (person.pay.mean(), *person.pay.ppf([0.1, 0.25, 0.5, 0.75, 0.9]).tolist(), person.pay.std()):
        assert dollars(wage) in text
    assert f"$61,234 stands at the {ordinal(100 * person.pay.cdf(61_234))} percentile" in text
    assert all(note in text for note in person.explain().notes)


def test_start_again_gives_the_first_answers(browser: Browser, folder: Path) -> None:
    shown(browser, folder / "report.html")
    before = visible_text(browser)
    for i, control in enumerate(controls(browser)):
        if control["kind"] == "select-one":
            browser.evaluate(SET % (i, control["options"][-1]))
    assert visible_text(browser) != before
    browser.evaluate(SET % (len(controls(browser)) - 1, ""))
    assert visible_text(browser) == before


def test_wrong_number_is_marked_and_changes_nothing(browser: Browser, folder: Path) -> None:
    shown(browser, folder / "report.html")
    before = visible_text(browser)
    at = next(i for i, control in enumerate(controls(browser)) if control["label"].startswith("a wage"))
    browser.evaluate(SET % (at, "-5"))
    assert browser.evaluate("document.querySelector('[aria-invalid=\"true\"]') !== null")
    assert visible_text(browser) == before


@pytest.mark.parametrize("name", ["report", "explorer", "row", "state"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_cut_and_everything_is_legible(
    browser: Browser, folder: Path, name: str, width: int, scheme: str
) -> None:
    shown(browser, folder / f"{name}.html", width, scheme=scheme)
    browser.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert browser.evaluate("document.scrollingElement.scrollWidth") <= width
    assert browser.evaluate(CUT) == []
    assert browser.evaluate(BROKEN) == []
    assert browser.evaluate(FAINT) == []


@pytest.mark.parametrize("name", ["report", "explorer", "row"])
def test_screen_reader_is_told_what_everything_is(browser: Browser, folder: Path, name: str) -> None:
    """Names of controls and pictures, captions and scopes of tables, one main heading, no level left out."""
    shown(browser, folder / f"{name}.html")
    assert browser.evaluate(NAMELESS) == []
    assert browser.evaluate(UNREADABLE_TABLES) == []
    headings = browser.evaluate("[...document.querySelectorAll('h1, h2, h3')].map((each) => each.tagName)")
    assert headings.count("H1") == 1
    assert headings[0] == "H1"
    assert browser.evaluate("document.querySelector('[role=status]').textContent.length") > 0
    picture = browser.evaluate("document.querySelector('.chart svg').getAttribute('aria-label')")
    assert "half earn less than" in picture


def test_tab_goes_through_everything_in_the_order_of_the_page(browser: Browser, folder: Path) -> None:
    shown(browser, folder / "report.html")
    browser.evaluate("document.activeElement.blur()")
    n = browser.evaluate(f"{FOCUSABLE}.length")
    reached = []
    for _ in range(n):
        browser.press(*TAB)
        reached.append(browser.evaluate(f"{FOCUSABLE}.indexOf(document.activeElement)"))
        outline = browser.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", reached[-1]
    assert reached == list(range(n))


def test_source_of_a_line_opens_on_focus_and_closes_on_escape(browser: Browser, folder: Path) -> None:
    shown(browser, folder / "report.html", NARROW)
    tip = "getComputedStyle(document.querySelector('details:not([hidden]) .ask + .tip')).display"
    assert browser.evaluate(tip) == "none"
    browser.evaluate("document.querySelector('details:not([hidden]) .ask').focus()")
    assert browser.evaluate(tip) == "block"
    assert "AAPC" in browser.evaluate("document.querySelector('details:not([hidden]) .ask + .tip').textContent")
    assert browser.evaluate(CUT) == []
    browser.press("Escape", 27)
    assert browser.evaluate(tip) == "none"
    browser.evaluate("document.activeElement.blur()")
    browser.evaluate("document.querySelector('details:not([hidden]) .ask').focus()")
    assert browser.evaluate(tip) == "block"


def test_page_fetches_nothing(browser: Browser, folder: Path) -> None:
    shown(browser, folder / "report.html")
    assert browser.requests == [(folder / "report.html").as_uri()]


def test_page_reads_without_javascript(browser: Browser, folder: Path) -> None:
    """The answers are away, the report is there; Chromium still evaluates what the test asks."""
    browser.open(folder / "report.html", WIDE, has_script=False)
    text = browser.evaluate("document.body.innerText")
    assert "Ask about a person" not in text
    assert "With JavaScript this page answers" in text
    assert "Often quoted: average $44,010" in text


def test_notebook_shows_the_page_in_a_frame(browser: Browser, folder: Path) -> None:
    browser.complaints.clear()
    browser.open(folder / "notebook.html", WIDE)
    inside = "document.querySelector('iframe').contentDocument"
    browser.wait_for(f"{inside}?.querySelector('.said')?.textContent.includes('mean')")
    assert "Registered Nurses" in browser.evaluate(f"{inside}.querySelector('h1').textContent")
    assert browser.complaints == []


def test_page_prints_the_answers_without_controls(browser: Browser, folder: Path, tmp_path: Path) -> None:
    shown(browser, folder / "report.html")
    browser.call("Emulation.setEmulatedMedia", media="print")
    text = visible_text(browser)
    browser.call("Emulation.setEmulatedMedia", media="")
    assert "start again" not in text
    assert "New Jersey" in text
    browser.pdf(tmp_path / "page.pdf")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
