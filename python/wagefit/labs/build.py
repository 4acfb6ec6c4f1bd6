"""The versions of every lab, and a folder to try grading with, written from the sources."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from wagefit.labs.lab import Lab
from wagefit.labs.nbgrader_source import CONFIG, CONFIG_FILE, nbgrader_source, released
from wagefit.labs.notebook import write_notebook
from wagefit.labs.otter_master import otter_master
from wagefit.labs.submission import fill_in
from wagefit.labs.versions import marker_version, solution_version, student_version
from wagefit.labs.wrong_answers import WrongAnswer, read_wrong_answers


def write_otter(lab: Lab, folder: Path, target: Path) -> Path:
    """Writes the master notebook of otter-grader and its data into a folder of its own; returns the notebook."""
    path = target / f"{lab.name}.ipynb"
    write_notebook(path, otter_master(lab))
    copy_data(lab, folder, target)
    return path


def write_nbgrader(labs: Sequence[Lab], folder: Path, target: Path) -> None:
    """Writes a course of nbgrader: its settings, and a source folder for each lab."""
    target.mkdir(parents=True, exist_ok=True)
    (target / CONFIG_FILE).write_text(CONFIG, encoding="utf-8")
    for lab in labs:
        write_notebook(target / "source" / lab.name / f"{lab.name}.ipynb", nbgrader_source(lab))
        copy_data(lab, folder, target / "source" / lab.name)


def write_versions(lab: Lab, folder: Path, target: Path) -> None:
    """Writes the student's version, the solution and the marker's, each where its data are."""
    wrong = read_wrong_answers(folder, lab.name)
    versions = {
        "student": student_version(lab),
        "solution": solution_version(lab),
        "marker": marker_version(lab, wrong),
    }
    for name, notebook in versions.items():
        write_notebook(target / name / f"{lab.name}.ipynb", notebook)
        copy_data(lab, folder, target / name)


def write_trial(lab: Lab, folder: Path, target: Path) -> None:
    """Writes three made-up submissions, ``<student>/<lab>.ipynb``: all right, one thing wrong, hardly begun.

    They have nbgrader's marks, without which it grades no notebook; otter-grader takes them as well.
    """
    given = released(nbgrader_source(lab))
    for student, answers in trial_answers(lab, read_wrong_answers(folder, lab.name)).items():
        write_notebook(target / student / f"{lab.name}.ipynb", fill_in(given, lab, answers, student))
        copy_data(lab, folder, target / student)


def trial_answers(lab: Lab, wrong: Sequence[WrongAnswer]) -> dict[str, dict[str, str]]:
    """Answers of three made-up students: all right, a common mistake, and the first question only."""
    solution = lab.answers("solution")
    first = lab.questions[0].name
    mistake = {each.question: each.text for each in wrong[:1]}
    return {"ada": solution, "ben": solution | mistake, "cleo": {first: solution[first]}}


def copy_data(lab: Lab, folder: Path, target: Path) -> None:
    """Copies the lab's data to ``target/data``."""
    (target / "data").mkdir(parents=True, exist_ok=True)
    for name in lab.data:
        shutil.copyfile(folder / "data" / name, target / "data" / name)


def build_all(labs: Sequence[Lab], folder: Path, target: Path) -> None:
    """Writes everything below ``target``: student, solution, marker, otter, nbgrader and trial."""
    for lab in labs:
        write_versions(lab, folder, target)
        write_otter(lab, folder, target / "otter" / lab.name)
        write_trial(lab, folder, target / "trial")
    write_nbgrader(labs, folder, target / "nbgrader")
