"""Made-up submissions whose points are known, and whether a grader gives them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from wagefit.labs.lab import Lab
from wagefit.labs.notebook import read_notebook, text_of, write_notebook
from wagefit.labs.submission import fill_in
from wagefit.labs.wrong_answers import WrongAnswer

STUDENTS = ("ada", "ben", "cleo")
BROKEN = "answer = ("
LONGEST_NAME = 60
SHORTEST_SECRET = 12  # characters; shorter lines, such as a bracket, are nobody's
OTTER_MARK = "<!-- BEGIN QUESTION -->\n\n"


@dataclass(frozen=True)
class Trial:
    """A submission: whose, with which answers, and the points that each question should get."""

    name: str
    student: str
    answers: dict[str, str]
    points: dict[str, float]


def make_trials(lab: Lab, sets: Sequence[Sequence[WrongAnswer]]) -> Iterator[Trial]:
    """The solution for three students, nothing at all, nothing but syntax errors, and each set of wrong answers."""
    solution = lab.answers("solution")
    full = {each.name: each.points for each in lab.automatic}
    nothing = dict.fromkeys(full, 0.0)
    for student in STUDENTS:
        yield Trial(f"solution of {student}", student, solution, full)
    yield Trial("empty", STUDENTS[0], {}, nothing)
    yield Trial("syntax errors", STUDENTS[0], dict.fromkeys(full, BROKEN), nothing)
    for i, chosen in enumerate(sets):
        lost = full | {each.question: full[each.question] - each.loses for each in chosen}
        answers = solution | {each.question: each.text for each in chosen}
        yield Trial(" ".join(each.name for each in chosen), STUDENTS[i % len(STUDENTS)], answers, lost)


def one_by_one(wrong: Sequence[WrongAnswer]) -> list[list[WrongAnswer]]:
    """Each wrong answer in a submission of its own."""
    return [[each] for each in wrong]


def together(wrong: Sequence[WrongAnswer]) -> list[list[WrongAnswer]]:
    """Wrong answers to different questions in one submission, so that a grader has fewer to run: each loses its own."""
    sets: list[list[WrongAnswer]] = []
    for each in wrong:
        free = [chosen for chosen in sets if each.question not in [other.question for other in chosen]]
        if free:
            free[0].append(each)
        else:
            sets.append([each])
    return sets


def problems(trials: Sequence[Trial], grade: Callable[[Trial], dict[str, float]]) -> Iterator[str]:
    """A sentence for each trial that gets other points than it should."""
    for trial in trials:
        found = grade(trial)
        for question, expected in trial.points.items():
            if found.get(question) != expected:
                yield f"{trial.name}: {question} gets {found.get(question)} points; expected {expected:g}"


def submission_of(trial: Trial, lab: Lab, student_version: Path, target: Path) -> Path:
    """Writes the trial as a student would hand it in, on top of a grader's student version."""
    path = target / trial.name.replace(" ", "_")[:LONGEST_NAME] / f"{lab.name}.ipynb"
    write_notebook(path, fill_in(read_notebook(student_version), lab, trial.answers, trial.student))
    return path


def texts(notebook: Path, lab: Lab) -> list[str]:
    """What a student reads, without what a grader adds: its own cells, tests, marks of questions."""
    kept = {cell.text for cell in lab.cells}
    cells = read_notebook(notebook)["cells"]
    found = (text_of(cell).removeprefix(OTTER_MARK).rstrip() for cell in cells)
    tests = {cell.text for cell in lab.cells if "test" in cell.options}
    return [text for text in found if text in kept and text not in tests]


def leaks(folder: Path, lab: Lab) -> Iterator[str]:
    """A sentence for each line that only hidden tests, solutions or rubrics have and that a student's file holds."""
    shown = "\n".join(cell.text for cell in lab.cells if not _is_secret(cell.options))
    lines = {line.strip() for cell in lab.cells if _is_secret(cell.options) for line in cell.text.splitlines()}
    secret = sorted(line for line in lines if len(line) > SHORTEST_SECRET and line not in shown)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in (".ipynb", ".py", ".json"):
            held = path.read_text(encoding="utf-8").replace('\\"', '"')
            yield from (f"{path.name} of the student holds {line!r}" for line in secret if line in held)


def _is_secret(options: dict[str, str]) -> bool:
    return bool({"hidden", "solution", "rubric"} & options.keys())
