"""llms.txt: the pages of the site as a list that a language model can read, with plain texts to follow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

SUMMARY = (
    "wagefit turns the wage figures that statistical agencies publish (a mean, a few percentiles, bounds) into whole "
    "wage distributions, and a person's experience, education, certification, place and employer into a distribution "
    "that still adds up to what was published. Python package with a C++ core."
)


def write_list(app: Sphinx, error: Exception | None) -> None:
    """Writes llms.txt beside the pages, and llms-full.txt with all their text where the plain texts were made first."""
    if error is not None or app.builder.format != "html":
        return
    sections = [_section(app.env, page) for page in app.env.toctree_includes.get(app.config.root_doc, [])]
    text = f"# {app.config.project}\n\n> {SUMMARY}\n\n" + "\n".join(sections)
    (Path(app.outdir) / "llms.txt").write_text(text, encoding="utf-8")


def _section(env: BuildEnvironment, top: str) -> str:
    lines = [_line(env, page) for page in dict.fromkeys(_below(env, top))]
    return f"## {env.titles[top].astext()}\n\n" + "\n".join(lines) + "\n"


def _below(env: BuildEnvironment, page: str) -> Iterator[str]:
    yield page
    for each in env.toctree_includes.get(page, []):
        yield from _below(env, each)


def _line(env: BuildEnvironment, page: str) -> str:
    about = _first_sentence(env.get_doctree(page))
    return f"- [{env.titles[page].astext()}](text/{page}.txt)" + (f": {about}" if about else "")


def _first_sentence(page: nodes.document) -> str:
    paragraph = next(iter(page.findall(nodes.paragraph)), None)
    text = " ".join(paragraph.astext().split()) if paragraph else ""
    return text.partition(". ")[0].rstrip(".:")


def setup(app: Sphinx) -> dict[str, bool]:
    """Registers the event."""
    app.connect("build-finished", write_list)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
