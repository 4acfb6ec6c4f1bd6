"""Whether labs hold what they promise: by running their code plainly, and in both graders where they are installed."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from wagefit.labs import nbgrader_grading, otter_grading
from wagefit.labs.lab import Lab
from wagefit.labs.plain_run import run_plainly
from wagefit.labs.trials import Trial, leaks, make_trials, one_by_one, problems, submission_of, texts, together
from wagefit.labs.wrong_answers import WrongAnswer, read_wrong_answers

LEAST_WRONG_ANSWERS = 3
MISSING = 'skipped: not installed (pip install "wagefit[labs]")'


@dataclass(frozen=True)
class Finding:
    """What one way of running a lab has shown; no problems where all is right."""

    lab: str
    way: str
    seconds: float
    problems: tuple[str, ...]
    remark: str = ""

    def __str__(self) -> str:
        state = self.remark or ("all right" if not self.problems else f"{len(self.problems)} problems")
        lines = [f"{self.lab:6} {self.way:9} {state}, {self.seconds:.0f} s", *self.problems]
        return "\n    ".join(lines)


def check(labs: Sequence[Lab], folder: Path) -> Iterator[Finding]:
    """Runs made-up submissions of every lab: plainly, in otter-grader, in nbgrader."""
    with tempfile.TemporaryDirectory() as name:
        target = Path(name).resolve()
        for lab in labs:
            wrong = read_wrong_answers(folder, lab.name)
            yield _timed(lab, "plain", plain_problems(lab, folder, wrong))
            for way, is_installed, look in (
                ("otter", otter_grading.IS_INSTALLED, otter_problems),
                ("nbgrader", nbgrader_grading.IS_INSTALLED, nbgrader_problems),
            ):
                found = look(lab, folder, wrong, target / way / lab.name)
                yield _timed(lab, way, found) if is_installed else Finding(lab.name, way, 0.0, (), MISSING)


def plain_problems(lab: Lab, folder: Path, wrong: Sequence[WrongAnswer]) -> Iterator[str]:
    """Points of every trial, and the hint of every wrong answer, without a grader."""
    trials = list(make_trials(lab, one_by_one(wrong)))
    runs = {trial.name: run_plainly(lab, folder, trial.answers, trial.student) for trial in trials}
    yield from problems(trials, lambda trial: runs[trial.name].by_question)
    for each in wrong:
        read = runs[each.name].first_message(each.question)
        if read != each.reads:
            yield f"{each.name}: the student reads {read!r}; expected {each.reads!r}"
    if len(wrong) < LEAST_WRONG_ANSWERS:
        yield f"there are {len(wrong)} wrong answers; expected {LEAST_WRONG_ANSWERS} or more"


def otter_problems(lab: Lab, folder: Path, wrong: Sequence[WrongAnswer], target: Path) -> Iterator[str]:
    """Points of every trial in otter-grader, and what its student's version shows."""
    made = otter_grading.assign(lab, folder, target)

    def grade(trial: Trial) -> dict[str, float]:
        return made.grade(submission_of(trial, lab, made.student, target / "submitted"))

    yield from version_problems(lab, made.student)
    yield from problems(list(make_trials(lab, together(wrong))), grade)


def nbgrader_problems(lab: Lab, folder: Path, wrong: Sequence[WrongAnswer], target: Path) -> Iterator[str]:
    """Points of every trial in nbgrader, and what its student's version shows."""
    course = nbgrader_grading.release([lab], folder, target)

    def grade(trial: Trial) -> dict[str, float]:
        path = submission_of(trial, lab, course.student(lab), target / "handed_in")
        return course.grade(lab, path.parent.name, path)

    yield from version_problems(lab, course.student(lab))
    yield from problems(list(make_trials(lab, together(wrong))), grade)


def version_problems(lab: Lab, notebook: Path) -> Iterator[str]:
    """Whether a student's version has the text of the source, all of it in its order, and nothing that is hidden."""
    roles = {"hidden", "solution", "rubric", "test"}
    expected = [cell.text for cell in lab.cells if not roles & cell.options.keys()]
    if texts(notebook, lab) != expected:
        yield f"{notebook.name} of the student differs in text from the source"
    yield from leaks(notebook.parent, lab)


def _timed(lab: Lab, way: str, found: Iterator[str]) -> Finding:
    start = time.perf_counter()
    collected = tuple(found)
    return Finding(lab.name, way, time.perf_counter() - start, collected)
