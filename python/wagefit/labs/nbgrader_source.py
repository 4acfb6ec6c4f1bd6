"""A lab as a source of nbgrader, from which ``nbgrader generate_assignment`` makes the student's version."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from wagefit.labs.lab import WRITTEN_STUB, Lab, Question, points_of, role_of
from wagefit.labs.notebook import NotebookCell, make_notebook
from wagefit.labs.percent import SourceCell

CONFIG_FILE = "nbgrader_config.py"
# The stub stands in the notebook, so that nothing takes the place of a solution that is cut out. Seconds are of a cell.
CONFIG = f'''"""Settings of nbgrader for the labs."""

c = get_config()  # noqa: F821
c.CourseDirectory.course_id = "labs"
c.ClearSolutions.code_stub = {{"python": ""}}
c.ClearSolutions.text_stub = "{WRITTEN_STUB}"
c.ExecutePreprocessor.timeout = 120
c.Execute.timeout = 120
'''
HIDDEN = "# Another test of question {name} runs here when your work is graded."
SOLUTION = "### BEGIN SOLUTION\n{text}\n### END SOLUTION"
SECRET = re.compile(r"\n?### BEGIN (SOLUTION|HIDDEN TESTS)\n.*?\n### END \1", re.DOTALL)
HIDDEN_TESTS = "### BEGIN HIDDEN TESTS\n{text}\n### END HIDDEN TESTS"


def released(source: dict[str, Any]) -> dict[str, Any]:
    """The student's version of a source, as ``nbgrader generate_assignment`` makes it: nothing secret is left."""
    cells = []
    for cell in source["cells"]:
        is_written = cell["cell_type"] == "markdown" and SECRET.search(cell["source"])
        text = WRITTEN_STUB if is_written else SECRET.sub("", cell["source"])
        cells.append(cell | {"source": text})
    return source | {"cells": cells}


def nbgrader_source(lab: Lab) -> dict[str, Any]:
    """The source notebook of a lab."""
    return make_notebook(_cells(lab))


def _cells(lab: Lab) -> Iterator[NotebookCell]:
    known = {each.name: each for each in lab.questions}
    counts: dict[str, int] = {}
    for i, cell in enumerate(lab.cells):
        role = role_of(cell)
        if role in (None, "lab", "student"):
            yield NotebookCell(cell.kind, cell.text, f"nbgrader {lab.name} {i}")
        elif role not in ("stub", "rubric"):
            question = known[cell.options[role]]
            key = f"{question.name}-{role}"
            counts[key] = counts.get(key, 0) + 1
            yield _part(lab, question, cell, role, f"{key}-{counts[key]}")


def _part(lab: Lab, question: Question, cell: SourceCell, role: str, grade_id: str) -> NotebookCell:
    if role == "question":
        text, metadata = cell.text, _metadata(grade_id, locked=True)
    elif role == "solution" and question.is_written:
        text = SOLUTION.format(text=cell.text)
        metadata = _metadata(grade_id, grade=True, solution=True, points=question.points)
    elif role == "solution":
        stub = lab.parts(question.name, "stub")[0].text
        text, metadata = f"{stub}\n{SOLUTION.format(text=cell.text)}", _metadata(grade_id, solution=True)
    else:
        remark = HIDDEN.format(name=question.name)
        text = f"{remark}\n{HIDDEN_TESTS.format(text=cell.text)}" if role == "hidden" else cell.text
        metadata = _metadata(grade_id, grade=True, locked=True, points=points_of(cell))
    return NotebookCell(cell.kind, text, f"nbgrader {lab.name} {grade_id}", metadata)


def _metadata(grade_id: str, **given: Any) -> dict[str, Any]:
    """The marks of a cell, version 3 of nbgrader's."""
    marks = {"schema_version": 3, "grade_id": grade_id, "grade": False, "solution": False, "locked": False}
    return {"nbgrader": marks | {"task": False} | given}
