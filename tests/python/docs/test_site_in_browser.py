"""The built site in a browser: nothing is cut off on a phone, search and formulas work, all without a network."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..page.browser import Browser

if "WAGEFIT_SITE" not in os.environ:
    pytest.skip("there is no built site; .ci/docs builds it and runs these tests", allow_module_level=True)

SITE = Path(os.environ["WAGEFIT_SITE"])
REFERENCE = ("python/wagefit/fit", "python/wagefit/Distribution", "python/wagefit.oews/index", "cpp/wagefit")
WRITTEN = sorted(
    path.relative_to(SITE).with_suffix("").as_posix()
    for path in SITE.rglob("*.html")
    if not {"_static", "reference"} & set(path.relative_to(SITE).parts)
)
PAGES = [*WRITTEN, *(f"reference/{page}" for page in REFERENCE)]
FROM_THE_SITE = re.compile(r"(?:file|data|blob|chrome|about):")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


def show(browser: Browser, page: str, width: int) -> None:
    browser.complaints.clear()
    browser.requests.clear()
    browser.open(SITE / f"{page}.html", width)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("width", [390, 1280])
def test_page_is_whole(browser: Browser, page: str, width: int) -> None:
    show(browser, page, width)
    assert browser.evaluate("document.documentElement.scrollWidth") <= width
    assert browser.complaints == []
    assert [url for url in browser.requests if not FROM_THE_SITE.match(url)] == []


def test_search_finds_pages(browser: Browser) -> None:
    show(browser, "search", 1280)
    browser.call("Page.navigate", url=f"{(SITE / 'search.html').as_uri()}?q=top+code")
    browser.wait_for("document.querySelectorAll('#search-results li a').length > 10")
    found = browser.evaluate("[...document.querySelectorAll('#search-results li a')].map(a => a.textContent)")
    assert "What agencies do to their figures" in found
    assert "Top codes and ties" in found


def test_formulas_are_drawn(browser: Browser) -> None:
    show(browser, "notebooks/01_from_two_numbers_to_a_distribution", 1280)
    browser.wait_for("document.querySelectorAll('mjx-container svg').length >= 5")
