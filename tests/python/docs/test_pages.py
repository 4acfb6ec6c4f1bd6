"""The pages of docs tell the truth: their code runs and prints what stands below it, and they name things that are."""

from __future__ import annotations

import importlib
import io
import posixpath
import re
from contextlib import redirect_stdout
from pathlib import Path

import pytest

import wagefit as wf

ROOT = Path(__file__).resolve().parents[3]
PAGES = {str(page.relative_to(ROOT)): page.read_text(encoding="utf-8") for page in (ROOT / "docs").rglob("*.md")}
EXAMPLE = re.compile(r"^```python\n(.*?)^```\n\n```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXAMPLES = [
    pytest.param(code, output, id=f"{name}-{i}")
    for name, text in sorted(PAGES.items())
    for i, (code, output) in enumerate(EXAMPLE.findall(text))
]


@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_python_block_shows_its_output(name: str) -> None:
    assert PAGES[name].count("```python") == len(EXAMPLE.findall(PAGES[name]))


@pytest.mark.parametrize(("code", "output"), EXAMPLES)
def test_code_prints_what_the_page_shows(code: str, output: str) -> None:
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(code, "example", "exec"), {})
    assert printed.getvalue() == output


@pytest.mark.parametrize("kind", ["csv", "toml"])
def test_files_of_examples_stand_on_the_page(kind: str) -> None:
    """The reader sees the file that the example reads, and both kinds hold the same factors."""
    file = ROOT / "docs" / "examples" / f"electricians.{kind}"
    assert f"```{kind}\n{file.read_text(encoding='utf-8')}```" in PAGES["docs/factors.md"]
    other = wf.factors.read(ROOT / "docs" / "examples" / "electricians.csv")
    assert [factor.name for factor in wf.factors.read(file)] == [factor.name for factor in other]
    names = ("name", "label", "ratio", "standard_error", "share", "at")
    for one, same in zip(wf.factors.read(file), other, strict=True):
        figures = ([[getattr(level, name) for name in names] for level in each.levels] for each in (one, same))
        assert next(figures) == next(figures)


def _is_there(path: str) -> bool:
    """Whether `wagefit.<path>` is an attribute, or a module that is imported by its own name."""
    found: object = wf
    names = path.split(".")
    for i, name in enumerate(names):
        if not hasattr(found, name):
            try:
                importlib.import_module(".".join(["wagefit", *names[: i + 1]]))
            except ImportError:
                return False
        found = getattr(found, name)
    return True


@pytest.mark.parametrize("name", sorted(PAGES))
def test_names_of_the_package_exist(name: str) -> None:
    named = set(re.findall(r"(?<![/\w])(?:wf|wagefit)\.((?:[A-Za-z_]+\.)*[A-Za-z_]+)", PAGES[name]))
    assert {path for path in named if not _is_there(path)} == set()


def test_every_page_is_in_a_table_of_contents() -> None:
    """The site refuses a page that no toctree has; this says so without building it."""
    listed = set()
    for name, text in PAGES.items():
        for block in re.findall(r"^```\{toctree\}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
            entries = re.findall(r"^(?:.* <)?([\w./-]+)>?$", block, re.MULTILINE)
            listed |= {posixpath.normpath(f"{posixpath.dirname(name)}/{entry}") for entry in entries}
    assert {name for name in PAGES if name.removesuffix(".md") not in listed} == {"docs/index.md"}
