"""Notebooks as students hand them in: a student's version with answers and a name filled in."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping
from typing import Any

from wagefit.errors import FactError
from wagefit.labs.lab import Lab
from wagefit.labs.notebook import text_of

STUDENT_LINE = re.compile(r"^STUDENT = .*?(?=  #|$)", re.MULTILINE)


def named(text: str, student: str) -> str:
    """The cell with the student's name, with this one."""
    return STUDENT_LINE.sub(lambda _: f"STUDENT = {json.dumps(student)}", text, count=1)


def student_of(notebook: dict[str, Any]) -> str:
    """The user name in a notebook; empty where the line is gone."""
    for cell in notebook["cells"]:
        found = STUDENT_LINE.search(text_of(cell))
        if found and cell["cell_type"] == "code":
            return found.group().removeprefix("STUDENT = ").strip().strip("\"'")
    return ""


def fill_in(notebook: dict[str, Any], lab: Lab, answers: Mapping[str, str], student: str) -> dict[str, Any]:
    """A student's version, be it that of a grader or the plain one, with answers in place of its stubs.

    The answer of a question is the first cell after that of the question before it whose text is the stub.
    """
    filled = copy.deepcopy(notebook)
    cells = filled["cells"]
    for cell in cells:
        if STUDENT_LINE.search(text_of(cell)) and cell["cell_type"] == "code":
            cell["source"] = named(text_of(cell), student)
            break
    at = 0
    for name, stub in lab.answers("stub").items():
        found = [i for i in range(at, len(cells)) if text_of(cells[i]).rstrip() == stub]
        if not found:
            raise FactError(f"the notebook has no stub of {name}; expected a student's version of {lab.name}")
        cells[found[0]]["source"] = answers.get(name, stub)
        at = found[0] + 1
    return filled
