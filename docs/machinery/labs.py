"""The labs as pages: the student's version of each, the instructor's guide, and where the data are from."""

from __future__ import annotations

import json
from pathlib import Path

from machinery.staging import PYTHON

from wagefit.labs.lab import Lab, read_labs
from wagefit.labs.versions import student_version

FOLDER = "labs"
FIRST = f"{FOLDER}/index.md"


def lab_pages(labs: Path, staged: list[str]) -> dict[str, str]:
    """Student's versions by their paths in the site, and the table of contents that ends the first page."""
    found = read_labs(labs)
    pages = {f"{FOLDER}/{lab.name}.ipynb": _notebook(lab) for lab in found}
    return pages | {FIRST: _contents(found, sorted(page for page in staged if page.startswith(f"{FOLDER}/")))}


def _notebook(lab: Lab) -> str:
    notebook = student_version(lab)
    notebook["metadata"] = {**notebook["metadata"], "language_info": PYTHON}
    return json.dumps(notebook, ensure_ascii=False, indent=1)


def _contents(labs: tuple[Lab, ...], staged: list[str]) -> str:
    rows = [
        f"| [{lab.title}]({lab.name}.ipynb) | {lab.minutes} | {sum(each.points for each in lab.questions):g} |"
        for lab in labs
    ]
    texts = [page for page in staged if page.endswith(".md") and page != FIRST]
    others = [page.removeprefix(f"{FOLDER}/").removesuffix(".md") for page in texts]
    names = [*(lab.name for lab in labs), *others]
    table = ["## What students get", "", "| lab | minutes | points |", "|---|---|---|", *rows]
    return "\n".join(["", *table, "", "```{toctree}", ":hidden:", "", *names, "```", ""])
