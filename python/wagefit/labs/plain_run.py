"""A lab run in this process, without a grader: as fast as its code, and nothing to install."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from wagefit.labs.lab import Lab, points_of, role_of
from wagefit.labs.submission import named


@dataclass(frozen=True)
class TestOutcome:
    """What came of one test of a question: passed, or the message of the exception."""

    question: str
    points: float
    is_hidden: bool
    passed: bool
    message: str


@dataclass(frozen=True)
class Scores:
    """Points of each question that tests mark, the tests in their order, and what other cells raised."""

    by_question: dict[str, float]
    tests: tuple[TestOutcome, ...]
    errors: tuple[str, ...]

    @property
    def total(self) -> float:
        """Points of all questions."""
        return sum(self.by_question.values())

    def first_message(self, question: str) -> str:
        """The message of the first test that failed."""
        return next((test.message for test in self.tests if test.question == question and not test.passed), "")


def run_plainly(lab: Lab, folder: Path, answers: Mapping[str, str], student: str) -> Scores:
    """Runs the lab's cells one after the other, as a notebook would, with some answers in place of the stubs.

    Parameters
    ----------
    lab : Lab
    folder : Path
        That holds ``data``.
    answers : mapping of str to str
        Code by the name of the question; a question without one keeps its stub.
    student : str
        Whose variant.

    Returns
    -------
    Scores
        A cell that fails, be it by a syntax error, is passed over, as in both graders.
    """
    filled = lab.answers("stub") | dict(answers)
    names: dict[str, Any] = {"__name__": "__main__"}
    tests: list[TestOutcome] = []
    errors: list[str] = []
    with _inside(folder), redirect_stdout(StringIO()):
        for cell in lab.cells:
            role = role_of(cell)
            if cell.kind != "code" or role == "solution":
                continue
            if role in ("test", "hidden"):
                question = cell.options[role]
                message = _outcome(cell.text, names)
                tests.append(TestOutcome(question, points_of(cell), role == "hidden", message is None, message or ""))
                continue
            text = filled[cell.options[role]] if role == "stub" else cell.text
            error = _outcome(named(text, student) if role == "student" else text, names)
            errors += [] if error is None else [f"line {cell.line}: {error}"]
    points = {each.name: 0.0 for each in lab.automatic}
    for test in tests:
        points[test.question] += test.points * test.passed
    return Scores(points, tuple(tests), tuple(errors))


def _outcome(code: str, names: dict[str, Any]) -> str | None:
    """None where the code runs, else the message of what it raised."""
    try:
        exec(compile(code, "cell", "exec"), names)
    except Exception as error:
        return str(error) or type(error).__name__
    return None


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    """The folder as the working one."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        with _unseen_pictures():
            yield
    finally:
        os.chdir(before)


@contextmanager
def _unseen_pictures() -> Iterator[None]:
    """Pictures are drawn without a window and closed at the end; nothing where matplotlib is not installed."""
    try:
        import matplotlib.pyplot as plt
    except ImportError:
        yield
        return
    plt.switch_backend("agg")
    try:
        yield
    finally:
        plt.close("all")
