"""A lab as the master notebook of otter-grader; ``otter assign`` makes the student's version and the tests of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from wagefit.labs.lab import WRITTEN_STUB, Lab, Question, points_of, role_of
from wagefit.labs.notebook import NotebookCell, make_notebook
from wagefit.labs.percent import SourceCell

# No PDFs: they need LaTeX. Tests raise exceptions, whose messages are what a student reads.
CONFIG = """# ASSIGNMENT CONFIG
name: {name}
init_cell: true
check_all_cell: true
solutions_pdf: false
export_cell:
  pdf: false
  run_tests: true
generate:
  pdf: false
  show_hidden: false
  show_stdout: false
requirements: [wagefit, matplotlib]
files: [{files}]
tests:
  files: true
  ok_format: true
"""
TEST_HEAD = '""" # BEGIN TEST CONFIG\nhidden: {hidden}\npoints: {points:g}\n""" # END TEST CONFIG\n'


def otter_master(lab: Lab) -> dict[str, Any]:
    """The master notebook of a lab."""
    return make_notebook(_cells(lab))


def _cells(lab: Lab) -> Iterator[NotebookCell]:
    files = ", ".join(f"data/{name}" for name in lab.data)
    yield _raw(lab, "config", CONFIG.format(name=lab.name, files=files))
    known = {each.name: each for each in lab.questions}
    for i, cell in enumerate(lab.cells):
        role = role_of(cell)
        if role == "question":
            yield from _question(lab, known[cell.options[role]])
        elif role in (None, "lab", "student"):
            yield _copy(lab, cell.kind, cell.text, f"{i}")


def _question(lab: Lab, question: Question) -> Iterator[NotebookCell]:
    name = question.name
    manual = str(question.is_written).lower()
    yield _raw(lab, f"{name} begin", f"# BEGIN QUESTION\nname: {name}\npoints: {question.points:g}\nmanual: {manual}")
    for k, cell in enumerate(lab.parts(name, "question")):
        yield _copy(lab, cell.kind, cell.text, f"{name} text {k}")
    solution = lab.parts(name, "solution")[0]
    yield from _written(lab, name, solution) if question.is_written else _code(lab, name, solution)
    if not question.is_written:
        yield from _tests(lab, name)
    yield _raw(lab, f"{name} end", "# END QUESTION")


def _written(lab: Lab, name: str, solution: SourceCell) -> Iterator[NotebookCell]:
    yield _raw(lab, f"{name} prompt", "# BEGIN PROMPT")
    yield _copy(lab, "markdown", WRITTEN_STUB, f"{name} stub")
    yield _raw(lab, f"{name} prompt end", "# END PROMPT")
    yield _raw(lab, f"{name} solution", "# BEGIN SOLUTION")
    yield _copy(lab, "markdown", solution.text, f"{name} answer")
    yield _raw(lab, f"{name} solution end", "# END SOLUTION")


def _code(lab: Lab, name: str, solution: SourceCell) -> Iterator[NotebookCell]:
    """Stub and solution in one cell: of it otter leaves the stub alone, which the solution overwrites when it runs."""
    stub = lab.parts(name, "stub")[0].text
    yield _raw(lab, f"{name} solution", "# BEGIN SOLUTION")
    text = f"{stub}\n# BEGIN SOLUTION NO PROMPT\n{solution.text}\n# END SOLUTION"
    yield _copy(lab, "code", text, f"{name} answer")
    yield _raw(lab, f"{name} solution end", "# END SOLUTION")


def _tests(lab: Lab, name: str) -> Iterator[NotebookCell]:
    yield _raw(lab, f"{name} tests", "# BEGIN TESTS")
    for role in ("test", "hidden"):
        for k, cell in enumerate(lab.parts(name, role)):
            head = TEST_HEAD.format(hidden=str(role == "hidden").lower(), points=points_of(cell))
            yield _copy(lab, "code", head + cell.text, f"{name} {role} {k}")
    yield _raw(lab, f"{name} tests end", "# END TESTS")


def _copy(lab: Lab, kind: Literal["markdown", "code"], text: str, name: str) -> NotebookCell:
    return NotebookCell(kind, text, f"otter {lab.name} {name}")


def _raw(lab: Lab, name: str, text: str) -> NotebookCell:
    return NotebookCell("raw", text, f"otter {lab.name} {name}")
