"""Every lab in both graders, and every variant; skipped where the extra ``labs`` is not installed.

It takes two minutes a lab, or more. Graders run in a process of their own: they leave sockets of kernels open.
"""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from wagefit.labs import nbgrader_grading, otter_grading, variant
from wagefit.labs.lab import Lab
from wagefit.labs.plain_run import run_plainly
from wagefit.labs.trials import make_trials, together
from wagefit.labs.wrong_answers import read_wrong_answers

from ..teaching_labs import FOLDER, labs

LABS = labs()
REASON = "needs the extra labs: pip install '.[labs]'"
ARE_INSTALLED = otter_grading.IS_INSTALLED and nbgrader_grading.IS_INSTALLED
pytestmark = pytest.mark.skipif(not ARE_INSTALLED, reason=REASON)
MINUTE = 60  # seconds for one submission, its share of making the assignment included
each_lab = pytest.mark.parametrize("lab", LABS.values(), ids=list(LABS))


@each_lab
def test_both_graders_give_the_points(lab: Lab) -> None:
    """Solutions of three students, nothing, syntax errors, every wrong answer; and what a student's version shows."""
    command = [sys.executable, "-m", "wagefit.labs", "check", str(FOLDER), "--lab", lab.name]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.findall(rf"^{lab.name} +(\w+) +all right, (\d+) s$", done.stdout, re.MULTILINE)
    assert [way for way, _ in found] == ["plain", "otter", "nbgrader"], done.stdout + done.stderr
    assert done.returncode == 0
    submissions = len(list(make_trials(lab, together(read_wrong_answers(FOLDER, lab.name)))))
    assert max(int(seconds) for _, seconds in found) < MINUTE * submissions


def students_of_every_variant(lab: Lab) -> dict[str, str]:
    """A made-up user name for each row of the lab's table of variants."""
    table = next(FOLDER / "data" / name for name in lab.data if name.endswith("_variants.csv"))
    rows = len(table.read_text(encoding="utf-8").splitlines()) - 1
    found: dict[str, str] = {}
    for i in range(40 * rows):  # enough to meet each row: one in a hundred thousand tables would have one left
        found.setdefault(str(variant(table, f"student{i}")), f"student{i}")
    assert len(found) == rows
    return found


@each_lab
def test_every_variant_can_be_solved(lab: Lab) -> None:
    """No right answer of any variant looks like a common wrong one."""
    for student in students_of_every_variant(lab).values():
        scores = run_plainly(lab, FOLDER, lab.answers("solution"), student)
        assert [test.message for test in scores.tests if not test.passed] == [], student
        assert scores.errors == (), student


@each_lab
def test_the_source_is_read_as_jupytext_reads_it(lab: Lab) -> None:
    import jupytext

    path = next((FOLDER / "sources").glob(f"{lab.name}_*.py"))
    cells = jupytext.read(path).cells
    assert [(cell.cell_type, cell.source) for cell in cells] == [(cell.kind, cell.text) for cell in lab.cells]
