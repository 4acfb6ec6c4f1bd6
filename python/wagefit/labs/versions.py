"""The versions of a lab that people read: the student's, the solution, the marker's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from wagefit.labs.lab import Lab, points_of, role_of
from wagefit.labs.notebook import NotebookCell, make_notebook
from wagefit.labs.percent import SourceCell
from wagefit.labs.wrong_answers import WrongAnswer

STUDENT_ROLES = (None, "lab", "student", "question", "stub", "test")
SOLUTION_ROLES = (None, "lab", "student", "question", "solution", "test")
MARKER_ROLES = (None, "lab", "student", "question", "solution", "test", "hidden", "rubric")


def student_version(lab: Lab) -> dict[str, Any]:
    """What a student works on without a grader: questions, stubs, and the tests that are shown."""
    return make_notebook(_cells(lab, STUDENT_ROLES))


def solution_version(lab: Lab) -> dict[str, Any]:
    """What is handed out afterwards: the student's version with the solutions in place of the stubs."""
    return make_notebook(_cells(lab, SOLUTION_ROLES))


def marker_version(lab: Lab, wrong: tuple[WrongAnswer, ...]) -> dict[str, Any]:
    """What a marker has beside her: solutions, all tests, rubrics, common wrong answers and what each loses."""
    return make_notebook(_cells(lab, MARKER_ROLES, _titled, lambda name: _wrong_answers(wrong, name)))


def _plain(cell: SourceCell) -> str:
    return cell.text


def _nothing(_: str) -> Iterator[str]:
    return iter(())


def _cells(
    lab: Lab,
    roles: tuple[str | None, ...],
    text: Callable[[SourceCell], str] = _plain,
    after: Callable[[str], Iterator[str]] = _nothing,
) -> Iterator[NotebookCell]:
    """The cells of some roles, and after the solution of a question what ``after`` has on it."""
    for i, cell in enumerate(lab.cells):
        role = role_of(cell)
        if role in roles:
            yield NotebookCell(cell.kind, text(cell), f"{lab.name} {i}")
        if role == "solution":
            for k, remark in enumerate(after(cell.options[role])):
                yield NotebookCell("markdown", remark, f"{lab.name} {i} {k}")


def _titled(cell: SourceCell) -> str:
    """The text of a cell, saying where it is not for students."""
    role = role_of(cell)
    if role == "hidden":
        return f"# Hidden test, {_counted(points_of(cell))}\n{cell.text}"
    if role == "test":
        return f"# Test that students see, {_counted(points_of(cell))}\n{cell.text}"
    return f"**Marking scheme**\n\n{cell.text}" if role == "rubric" else cell.text


def _counted(points: float) -> str:
    return f"{points:g} point" + "s" * (points != 1)


def _wrong_answers(wrong: tuple[WrongAnswer, ...], question: str) -> Iterator[str]:
    found = [each for each in wrong if each.question == question]
    if found:
        yield "**Common wrong answers**\n\n" + "\n\n".join(map(_remark, found))


def _remark(wrong: WrongAnswer) -> str:
    """What is wrong with an answer, the answer, and what its author is told."""
    code = f"```python\n{wrong.text}\n```"
    return f"- loses {_counted(wrong.loses)}: {wrong.why}\n\n{code}\n\n  The student reads: *{wrong.reads}*"
