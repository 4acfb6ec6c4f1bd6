"""A lab: the cells of its source, each with a role, and the questions that they make up.

Roles, as options of a cell: ``lab`` (the first cell: name, title, minutes, and as data the tables beside that of the
variants), ``student`` (the line with the student's name), and of a question ``question``, ``stub`` (what a student
finds), ``solution``, ``test``, ``hidden`` (tests that no student sees) and ``rubric`` (how a person marks a written
answer).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wagefit.errors import FactError
from wagefit.labs.percent import SourceCell, read_percent

QUESTION_ROLES = ("question", "stub", "solution", "test", "hidden", "rubric")
ROLES = ("lab", "student", *QUESTION_ROLES)
WRITTEN_STUB = "*Write your answer here.*"
DEFAULT_STUDENT = "your-user-name"


@dataclass(frozen=True)
class Question:
    """A question and what it is worth; a written one is marked by a person."""

    name: str
    points: float
    is_written: bool


@dataclass(frozen=True)
class Lab:
    """A lab as its source has it."""

    name: str
    title: str
    minutes: int
    data: tuple[str, ...]
    cells: tuple[SourceCell, ...]
    questions: tuple[Question, ...]

    @property
    def automatic(self) -> tuple[Question, ...]:
        """The questions that tests mark."""
        return tuple(each for each in self.questions if not each.is_written)

    def parts(self, question: str, role: str) -> tuple[SourceCell, ...]:
        """The cells of a question that have a role."""
        return tuple(cell for cell in self.cells if cell.options.get(role) == question)

    def answers(self, role: str) -> dict[str, str]:
        """Text of the answer to each question: its ``"stub"`` or its ``"solution"``."""
        return {each.name: self.parts(each.name, role)[0].text for each in self.questions}


def role_of(cell: SourceCell) -> str | None:
    """The role of a cell; None of one that is the same in every version."""
    found = [role for role in ROLES if role in cell.options]
    if len(found) > 1:
        raise FactError(f"the cell of line {cell.line} is {' and '.join(found)}; expected one role")
    return found[0] if found else None


def points_of(cell: SourceCell) -> float:
    """The points of a cell."""
    text = cell.options.get("points", "")
    try:
        return float(text)
    except ValueError:
        raise FactError(f"points are {text!r} in line {cell.line}; expected a number") from None


def read_lab(path: Path) -> Lab:
    """The lab of a source; FactError with file and line where its roles or points do not fit together."""
    try:
        cells = read_percent(path.read_text(encoding="utf-8"))
        head = cells[0].options
        if "lab" not in head:
            raise FactError('the first cell is no head; expected options such as lab="lab1" title="..." minutes="90"')
        questions = tuple(_question(cell) for cell in cells if role_of(cell) == "question")
        data = tuple(f"{name}.csv" for name in (f"{head['lab']}_variants", *head["data"].split()))
        lab = Lab(head["lab"], head["title"], int(head["minutes"]), data, cells, questions)
        for problem in _problems(lab):
            raise FactError(problem)
    except (FactError, KeyError, ValueError) as error:
        raise FactError(f"{path}: {error}") from error
    return lab


def read_labs(folder: Path) -> tuple[Lab, ...]:
    """The labs of a folder, by name."""
    paths = sorted((folder / "sources").glob("*.py"))
    if not paths:
        raise FactError(
            f"there are no labs in {folder}; expected a folder with sources/*.py, such as notebooks/labs of wagefit's "
            "source code. An installed package holds no labs: give the folder as an argument"
        )
    return tuple(read_lab(path) for path in paths)


def _question(cell: SourceCell) -> Question:
    return Question(cell.options["question"], points_of(cell), "written" in cell.options)


def _problems(lab: Lab) -> Iterator[str]:
    """What is wrong with a lab, in sentences."""
    names = [each.name for each in lab.questions]
    if len(set(names)) < len(names):
        yield f"questions are {', '.join(names)}; expected different names"
    for cell in lab.cells:
        role = role_of(cell)
        if role in QUESTION_ROLES and cell.options[role] not in names:
            yield f"the {role} of line {cell.line} is of {cell.options[role]!r}; expected one of {', '.join(names)}"
    if sum(role_of(cell) == "student" for cell in lab.cells) != 1:
        yield "the line with the student's name is missing or there twice; expected one cell with student="
    for question in lab.questions:
        yield from _question_problems(lab, question)


def _question_problems(lab: Lab, question: Question) -> Iterator[str]:
    counts = {role: len(lab.parts(question.name, role)) for role in QUESTION_ROLES}
    for role in ("stub", "solution", *(["rubric"] if question.is_written else [])):
        if counts[role] != 1:
            yield f"{question.name} has {counts[role]} cells of role {role}; expected one"
    tests = [*lab.parts(question.name, "test"), *lab.parts(question.name, "hidden")]
    if question.is_written:
        if tests or lab.answers("stub")[question.name] != WRITTEN_STUB:
            yield f"{question.name} is written; expected no tests, and the stub {WRITTEN_STUB}"
    elif sum(map(points_of, tests)) != question.points:
        yield f"the tests of {question.name} have {sum(map(points_of, tests)):g} points; expected {question.points:g}"
