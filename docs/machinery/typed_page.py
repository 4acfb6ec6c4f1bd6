"""The page on which a reader types percentiles: engine, scripts and style in one file."""

from __future__ import annotations

import base64
import gzip
from html import escape
from pathlib import Path
from typing import Any

from machinery.browser_engine import NoEngineError, engine
from machinery.staging import ROOT, write_if_changed

from wagefit import __version__, oews
from wagefit.distributions.posterior import DRAWS
from wagefit.fitting.fit import FAR_FROM_PRIOR, FAR_UP
from wagefit.page.assemble import bundle, filled, inline_json, read_source
from wagefit.shared.streams import stream_key
from wagefit.shared.text import decimals_of
from wagefit.shared.units import in_words, sign_of

FOLDER = ROOT / "docs" / "typed_page"
PAGE = "how_to/type_your_percentiles.md"
FILE = "type_your_percentiles.html"
PLACE = "<!-- the page -->"
WITH = f"""<p><a class="sd-btn sd-btn-primary" href="../_static/{FILE}">Type your percentiles</a></p>

It is one file, `_static/{FILE}`, of some 350 kB; save it, and it works without a network."""
WITHOUT = """```{{note}}
This build of the site has no engine, so the page is not here: {reason}. How to build it is said below.
```"""
UNIT = "USD/year"
# Rows whose figures fill the page, by occupation, year and area, and a wage to place: the third has no mean, the last
# a top code.
EXAMPLES = (
    ("29-2071", 2018, "US", 50_000),
    ("29-1141", 2025, "US", 100_000),
    ("29-1141", 2025, "NJ", 100_000),
    ("23-1011", 2018, "US", 100_000),
)
FIGURES = {"P10": "p10", "P25": "p25", "P50": "p50", "P75": "p75", "P90": "p90", "mean": "mean"}


def site_page(text: str, folder: Path) -> str:
    """The page of the site that leads to the page below `folder`, which is written, or says why there is none.

    Parameters
    ----------
    text : str
        docs/how_to/type_your_percentiles.md, with `PLACE` in it.
    folder : Path
        Where `FILE` is written; its content stands in _static of the site.
    """
    try:
        write_if_changed(folder / FILE, page(engine()).encode())
    except NoEngineError as reason:
        print(f"The site has no page for percentiles of one's own: {reason}.")  # noqa: T201
        (folder / FILE).unlink(missing_ok=True)
        return text.replace(PLACE, WITHOUT.format(reason=reason))
    return text.replace(PLACE, WITH)


def static_paths(folder: Path) -> list[str]:
    """The folder of the page, if there is one, for Sphinx."""
    return [str(folder)] if (folder / FILE).exists() else []


def page(program: bytes) -> str:
    """The whole page, for any browser with WebAssembly; `program` has the bytes of engine.wasm."""
    parts = {
        "version": escape(__version__),
        "style": read_source("page.css") + _read("typed.css"),
        "settings": inline_json(settings()),
        "engine": base64.b64encode(gzip.compress(program, mtime=0)).decode(),
        "script": bundle("typed.js", _read),
    }
    return filled(_read("typed.html"), parts)


def settings() -> dict[str, Any]:
    """What the page has from the package: a unit's words, examples, the draws behind an interval."""
    return {
        "money": {"sign": sign_of(UNIT), "decimals": decimals_of(UNIT), "words": in_words(UNIT)},
        "examples": [_example(*each) for each in EXAMPLES],
        "draws": {"n": DRAWS, "key": [str(word) for word in stream_key(0)]},
        "far": FAR_FROM_PRIOR,
        "farUp": FAR_UP,
    }


def _example(occupation: str, year: int, area: str, wage: float) -> dict[str, Any]:
    """Figures of a row as a reader would type them."""
    cell = oews.cell(occupation, year=year, area=area)
    return {
        "title": f"{cell.release}: {cell.occupation_title}, {cell.area_title}",
        "texts": {name: _text(cell, column) for name, column in FIGURES.items()},
        "wage": f"{wage:,.0f}",
    }


def _text(cell: oews.Cell, column: str) -> str:
    value = getattr(cell, column)
    if value is not None:
        return f"{value:,.0f}"
    return f"{cell.top_code:,.0f}+" if column in cell.top_coded else ""


def _read(name: str) -> str:
    """A file of this page, or else of the package's page."""
    own = FOLDER / name
    return own.read_text(encoding="utf-8") if own.exists() else read_source(name)
