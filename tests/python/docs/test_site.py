"""The built site: a page for every public name and header, nothing from a network, no link into the void."""

from __future__ import annotations

import importlib
import inspect
import os
import pkgutil
import re
import zlib
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

import wagefit

from ..source_tree import ROOT

if "WAGEFIT_SITE" not in os.environ:
    pytest.skip("there is no built site; .ci/docs builds it and runs these tests", allow_module_level=True)

SITE = Path(os.environ["WAGEFIT_SITE"])
HEADERS = sorted((ROOT / "cpp" / "include").rglob("*.hpp"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PICTURE = re.compile(r'<img[^>]* src="[^"]*_images/[^"]*\.png"')
LOADED = re.compile(
    r"<(?:script|img|iframe|source|video|audio)\b[^>]*\bsrc=[\"']([^\"']*)|<link\b[^>]*\bhref=[\"']([^\"']*)"
)
REAL_FILES = Path(os.environ.get("WAGEFIT_DATA", ROOT.parent / "shared" / "data"))


@cache
def pages() -> dict[Path, str]:
    found = [path for path in SITE.rglob("*.html") if "_static" not in path.parts]
    return {path: path.read_text(encoding="utf-8") for path in found}


@cache
def inventory() -> dict[str, str]:
    """Address of every documented object, by domain, kind and name."""
    lines = zlib.decompress((SITE / "objects.inv").read_bytes().split(b"\n", 4)[4]).decode().splitlines()
    rows = [re.fullmatch(r"(.+?)\s+(\S+:\S+)\s+-?\d+\s+(\S*)\s+.*", line) for line in lines]
    return {f"{row[2]} {row[1]}": row[3].replace("$", row[1]) for row in rows if row}


def public_names() -> list[str]:
    """Names of each `__all__`, and functions and classes of the public modules that have none."""
    modules = [wagefit, *_submodules(wagefit)]
    rooms = [module for module in modules if hasattr(module, "__all__") and module is not wagefit.errors]
    names = [f"{room.__name__}.{name}" for room in rooms for name in room.__all__ if not _is_module(room, name)]
    for module in [wagefit.prices, *_submodules(importlib.import_module("wagefit.adapters"))]:
        names += [f"{module.__name__}.{name}" for name in vars(module) if _is_own(module, name)]
    return sorted(set(names))


def _submodules(package: object) -> list[object]:
    found = pkgutil.iter_modules(package.__path__, f"{package.__name__}.")  # type: ignore[attr-defined]
    return [importlib.import_module(each.name) for each in found if not each.name.endswith(("__main__", "._core"))]


def _is_module(room: object, name: str) -> bool:
    return inspect.ismodule(getattr(room, name))


def _is_own(module: object, name: str) -> bool:
    value = getattr(module, name)
    is_made_here = getattr(value, "__module__", "") == module.__name__  # type: ignore[attr-defined]
    return not name.startswith("_") and is_made_here and (inspect.isclass(value) or inspect.isfunction(value))


@pytest.mark.parametrize("name", public_names())
def test_public_name_has_a_page(name: str) -> None:
    """Under its own name, or as another name of the same object."""
    found = [address for key, address in inventory().items() if key.startswith("py:") and key.endswith(f" {name}")]
    assert len(found) == 1
    page, _, anchor = found[0].partition("#")
    assert f'id="{anchor}"' in pages()[SITE / page]


@pytest.mark.parametrize("header", HEADERS, ids=lambda path: path.stem)
def test_public_header_has_a_page(header: Path) -> None:
    include = header.relative_to(ROOT / "cpp" / "include")
    text = pages()[SITE / "reference" / "cpp" / include.relative_to("wagefit").with_suffix(".html")]
    assert f"#include &lt;{include.as_posix()}&gt;" in re.sub(r"<[^>]*>", "", text)
    declared = re.findall(r"^(?:struct|class|enum class) (\w+) (?:final )?(?::|\{)", header.read_text(), re.MULTILINE)
    assert [name for name in declared if f'title="wagefit::{name}"' not in text and f"{name}E" not in text] == []
    assert "sig sig-object cpp" in text


def test_nothing_comes_from_a_network() -> None:
    loaded = {(path.name, url) for path, text in pages().items() for pair in LOADED.findall(text) for url in pair}
    assert [each for each in loaded if re.match(r"(https?:)?//", each[1])] == []
    styles = "".join(path.read_text(encoding="utf-8") for path in SITE.rglob("*.css"))
    assert re.findall(r"(?:@import|url\()\s*[\"']?(?:https?:)?//", styles) == []


def test_formulas_are_drawn_by_the_site_itself() -> None:
    with_formulas = [text for text in pages().values() if 'class="math' in text]
    assert with_formulas
    assert all("_static/mathjax/tex-svg.js" in text for text in with_formulas)
    assert (SITE / "_static" / "mathjax" / "tex-svg.js").stat().st_size > 1_000_000


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_appears_with_its_pictures(notebook: Path) -> None:
    if "WAGEFIT_DATA" in notebook.read_text(encoding="utf-8") and not REAL_FILES.is_dir():
        pytest.skip("its data are not here")
    text = pages()[SITE / "notebooks" / f"{notebook.stem}.html"]
    assert PICTURE.search(text)
    assert "cell_output" in text


def test_links_inside_the_site_lead_somewhere() -> None:
    anchors = {path: set(re.findall(r'\b(?:id|name)="([^"]+)"', text)) for path, text in pages().items()}
    broken = set()
    for path, text in pages().items():
        for link in set(re.findall(r'<a\b[^>]*\bhref="(?![a-z]+:)([^"]+)"', text)):
            target, _, anchor = unquote(link).partition("#")
            goal = (path.parent / target).resolve() if target else path
            if not goal.exists() or (anchor and goal in anchors and anchor not in anchors[goal]):
                broken.add((path.relative_to(SITE).as_posix(), link))
    assert broken == set()


def test_search_finds_words_of_pages_and_names_of_the_reference() -> None:
    index = (SITE / "searchindex.js").read_text(encoding="utf-8")
    assert {
        word for word in ("percentil", "lognorm", "credibl") if f'"{word}"' not in index and f"{word}:" not in index
    } == set()
    assert "fit_table" in index


def test_llms_txt_lists_pages_that_exist() -> None:
    lines = (SITE / "llms.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# wagefit"
    assert lines[2].startswith("> ")
    links = [link for line in lines for link in re.findall(r"\]\(([^)]+)\)", line)]
    assert len(links) > 200
    assert [link for link in links if not (SITE / link).is_file()] == []
    listed = {link.removeprefix("text/").removesuffix(".txt") for link in links}
    assert {path.relative_to(SITE).with_suffix("").as_posix() for path in pages()} - listed <= {
        "index",
        "search",
        "genindex",
        "py-modindex",
    }
