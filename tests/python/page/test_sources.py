"""The page's files: short functions, one script out of many modules, and a page that is small and closed in itself."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

import wagefit as wf
from wagefit.page.assemble import IMPORT, script
from wagefit.page.markup import link
from wagefit.report import make_report

from .javascript import bodies
from .page_engine import FOLDER, need_node

MOST_BYTES = 300_000
LONGEST_BODY = 30
MODULES = sorted(FOLDER.glob("*.js"))
TABLES = re.compile(r'<script type="application/json">\n(.*?)\n</script>', re.DOTALL)


def test_functions_are_short() -> None:
    measured = [(path.name, *body) for path in MODULES for body in bodies(path)]
    assert len(measured) > 100
    assert [each for each in measured if each[2] > LONGEST_BODY] == []


def test_script_holds_every_module() -> None:
    """And is one that Node can read."""
    text = script()
    assert all(f"// ---- {path.name}\n" in text for path in MODULES)
    assert not IMPORT.search(text)
    subprocess.run([need_node(), "--input-type=module", "--check"], input=text, text=True, check=True)


@pytest.mark.parametrize("occupation", ["29-1141", "15-1252", "29-2072", "00-0000", "35-3023", "11-1011"])
def test_page_is_small_and_closed_in_itself(occupation: str) -> None:
    text = make_report(occupation=occupation).to_html("full")
    assert len(text.encode()) <= MOST_BYTES
    assert re.findall(r"<(?:link|img|iframe|script)[^>]+(?:src|href)=", text) == []
    assert "@import" not in text
    assert "url(" not in text
    found = TABLES.search(text)
    assert found is not None
    assert json.loads(found[1])["anchorMean"] > 0


def test_texts_of_the_user_stay_texts() -> None:
    """Names and labels may hold anything, also the end of a script."""
    wicked = "</script><script>alert(1)</script>"
    levels = (
        wf.Level(wicked, wicked, 1.1, 0.01, 0.5, source=wicked, note=wicked),
        wf.Level("b", "", 0.9, 0.01, 0.5),
    )
    anchor = wf.fit(mean=44_010, quantiles={0.1: 26_550, 0.5: 40_350, 0.9: 66_260})
    text = wf.explore(wf.SalaryModel(anchor, [wf.Factor("kind", levels)], notes=[wicked])).html
    assert wicked not in text
    assert text.count("<script") == 2  # the tables and the page's own


def test_sources_are_links() -> None:
    assert link("AAPC (aapc.com/blog/2802-results), 2009") == (
        'AAPC (<a href="https://aapc.com/blog/2802-results">aapc.com/blog/2802-results</a>), 2009'
    )
    assert link("BLS OEWS May 2018 & more") == (
        '<a href="https://www.bls.gov/oes/tables.htm">BLS OEWS</a> May 2018 &amp; more'
    )
    assert link("of https://www.bls.gov/oes. More") == (
        'of <a href="https://www.bls.gov/oes">https://www.bls.gov/oes</a>. More'
    )


def test_figures_of_the_user_are_cited_as_the_users() -> None:
    """A row of one's own names no source, a published one does."""
    row = {"title": "Nurses", "unit": "GBP/hour", "p25": 14.2, "p50": 17.2, "p75": 20.1}
    assert "Nurses. Figures: given by the user; " in make_report(row=row).to_html()
    assert ", May 2025. Figures: BLS OEWS" in make_report(occupation="29-1141").to_html()


def test_explorer_is_saved_and_says_what_it_is(tmp_path: Path) -> None:
    page = wf.explore(wf.SalaryModel.for_occupation("registered nurses", 2025))
    assert page.save(tmp_path / "page.html").read_text(encoding="utf-8") == page.html
    assert repr(page) == "<page: Pay in the United States: Registered Nurses, May 2025; .save(path) writes it>"


def test_model_on_a_parametric_family_is_refused() -> None:
    anchor = wf.fit(mean=44_010, quantiles={0.9: 66_260}, family="lognormal")
    levels = (wf.Level("a", "", 1.1, None, 0.5), wf.Level("b", "", 0.9, None, 0.5))
    with pytest.raises(wf.FactError, match="the pay is a lognormal; expected a curve"):
        wf.explore(wf.SalaryModel(anchor, [wf.Factor("kind", levels)]))
