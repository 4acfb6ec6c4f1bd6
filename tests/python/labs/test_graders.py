"""Every lab in both graders, and every variant; skipped where the extra ``labs`` is not installed.

It takes two minutes a lab, or more.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from wagefit.labs import nbgrader_grading, otter_grading, variant
from wagefit.labs.check import nbgrader_problems, otter_problems
from wagefit.labs.lab import Lab
from wagefit.labs.plain_run import run_plainly
from wagefit.labs.trials import make_trials, submission_of, together
from wagefit.labs.wrong_answers import WrongAnswer, read_wrong_answers

from ..teaching_labs import FOLDER, labs

LABS = labs()
REASON = "needs the extra labs: pip install '.[labs]'"
ARE_INSTALLED = otter_grading.IS_INSTALLED and nbgrader_grading.IS_INSTALLED
# Both graders start kernels, which warn of what has nothing to do with the labs.
pytestmark = [pytest.mark.skipif(not ARE_INSTALLED, reason=REASON), pytest.mark.filterwarnings("ignore")]
MINUTE = 60.0  # seconds for one submission, assigning excluded

Run = Callable[[Lab, Path, Sequence[WrongAnswer], Path], Iterator[str]]


@pytest.mark.parametrize("run", [otter_problems, nbgrader_problems], ids=["otter", "nbgrader"])
@pytest.mark.parametrize("lab", LABS.values(), ids=list(LABS))
def test_a_grader_gives_the_points(run: Run, lab: Lab, tmp_path: Path) -> None:
    """Solutions of three students, nothing, syntax errors, every wrong answer; and what the student's version shows."""
    assert list(run(lab, FOLDER, read_wrong_answers(FOLDER, lab.name), tmp_path)) == []


@pytest.mark.parametrize("lab", LABS.values(), ids=list(LABS))
def test_grading_a_submission_takes_less_than_a_minute(lab: Lab, tmp_path: Path) -> None:
    made = otter_grading.assign(lab, FOLDER, tmp_path / "assigned")
    trial = next(make_trials(lab, together([])))
    path = submission_of(trial, lab, made.student, tmp_path / "submitted")
    start = time.perf_counter()
    made.grade(path)
    assert time.perf_counter() - start < MINUTE


def students_of_every_variant(lab: Lab) -> dict[str, str]:
    """A made-up user name for each row of the lab's table of variants."""
    table = next(FOLDER / "data" / name for name in lab.data if name.endswith("_variants.csv"))
    rows = len(table.read_text(encoding="utf-8").splitlines()) - 1
    found: dict[str, str] = {}
    for i in range(40 * rows):  # enough to meet each row: one in a hundred thousand tables would have one left
        found.setdefault(str(variant(table, f"student{i}")), f"student{i}")
    assert len(found) == rows
    return found


@pytest.mark.parametrize("lab", LABS.values(), ids=list(LABS))
def test_every_variant_can_be_solved(lab: Lab) -> None:
    """No right answer of any variant looks like a common wrong one."""
    for student in students_of_every_variant(lab).values():
        scores = run_plainly(lab, FOLDER, lab.answers("solution"), student)
        assert [test.message for test in scores.tests if not test.passed] == [], student
        assert scores.errors == (), student


@pytest.mark.parametrize("lab", LABS.values(), ids=list(LABS))
def test_the_source_is_read_as_jupytext_reads_it(lab: Lab) -> None:
    import jupytext

    path = next((FOLDER / "sources").glob(f"{lab.name}_*.py"))
    cells = jupytext.read(path).cells
    assert [(cell.cell_type, cell.source) for cell in cells] == [(cell.kind, cell.text) for cell in lab.cells]
