"""Points as Canvas, Moodle and Gradescope import them, and the command line that writes them."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest

import wagefit as wf
from wagefit.labs import variant
from wagefit.labs.build import build_all
from wagefit.labs.nbgrader_grading import IS_INSTALLED
from wagefit.labs.notebook import read_notebook, text_of
from wagefit.labs.points import Person, read_roster, write_points
from wagefit.labs.submission import fill_in, named, student_of
from wagefit.labs.versions import student_version

from ..teaching_labs import FOLDER, labs

LAB = labs()["lab1"]
FOUND = {"ada": {each.name: each.points for each in LAB.automatic}, "ben": {"q1": 1.0, "q2": 0.5}}
ROSTER = {"ada": Person("ada", "Lovelace, Ada", "ada@example.edu", "A1", "2")}
QUESTIONS = [f"lab1 q{i}" for i in range(1, 8)]


def tables(folder: Path) -> dict[str, list[list[str]]]:
    paths = write_points(LAB, FOUND, ROSTER, folder)
    return {path.stem: list(csv.reader(path.read_text(encoding="utf-8").splitlines())) for path in paths}


def test_canvas_has_its_columns_and_what_each_question_is_worth(tmp_path: Path) -> None:
    """As Canvas exports them: five columns on the student, a second row of points possible."""
    head, possible, ada, ben = tables(tmp_path)["lab1_canvas"]
    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *QUESTIONS]
    assert possible == ["    Points Possible", "", "", "", "", "2", "2", "3", "2", "2", "2", "3"]
    assert ada == ["Lovelace, Ada", "", "A1", "ada", "2", "2", "2", "3", "2", "2", "2", ""]
    assert ben[:5] == ["ben", "", "", "ben", ""]


def test_moodle_and_gradescope_know_people_by_address(tmp_path: Path) -> None:
    found = tables(tmp_path)
    assert found["lab1_moodle"][0] == ["Username", "ID number", "Email address", "Full name", *QUESTIONS]
    assert found["lab1_moodle"][1][:4] == ["ada", "A1", "ada@example.edu", "Lovelace, Ada"]
    assert found["lab1_gradescope"][0] == ["Name", "SID", "Email", "Section", *QUESTIONS, "lab1 points by tests"]
    assert found["lab1_gradescope"][1][-1] == "13"


def test_what_nobody_has_marked_is_empty(tmp_path: Path) -> None:
    """An empty cell leaves a grade alone; a 0 would be one."""
    for name, rows in tables(tmp_path).items():
        end = len(rows[0]) - (name == "lab1_gradescope")
        assert [row[end - 1] for row in rows[-2:]] == ["", ""]
        assert rows[-1][4 + (name == "lab1_canvas") :][:3] == ["1", "0.5", ""]


def test_a_roster_without_a_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("student,name,email,id\nada,Ada,a@b,1\n")
    with pytest.raises(wf.FactError, match="no column 'section'"):
        read_roster(path)
    path.write_text("student,name,email,id,section\nada,Ada,a@b,1,2\n")
    assert read_roster(path) == {"ada": Person("ada", "Ada", "a@b", "1", "2")}


def test_the_student_is_named_in_a_submission() -> None:
    notebook = fill_in(student_version(LAB), LAB, {"q1": "above_p90 = 1"}, 'a"b')
    assert sum('STUDENT = "a\\"b"' in text_of(cell) for cell in notebook["cells"]) == 1
    assert sum(text_of(cell) == "above_p90 = 1" for cell in notebook["cells"]) == 1
    assert student_of(fill_in(student_version(LAB), LAB, {}, "ada")) == "ada"
    assert named('STUDENT = "x"  # yours', "ada") == 'STUDENT = "ada"  # yours'


def test_a_notebook_of_another_lab_has_no_place_for_the_answers() -> None:
    with pytest.raises(wf.FactError, match="no stub of q1; expected a student's version of lab1"):
        fill_in(student_version(labs()["lab3"]), LAB, {}, "ada")


def test_a_table_of_variants_needs_rows_and_a_name(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("a,b\n")
    with pytest.raises(wf.FactError, match="has no rows"):
        variant(path, "ada")
    with pytest.raises(wf.FactError, match="student is '  '; expected a user name"):
        variant(path, "  ")


def test_variants_are_spread_evenly(tmp_path: Path) -> None:
    """Of 3,000 names each of ten rows has 300, give or take five standard deviations of a binomial, 82."""
    path = tmp_path / "table.csv"
    path.write_text("\n".join(["row", *map(str, range(10))]))
    counts = dict.fromkeys(map(str, range(10)), 0)
    for i in range(3_000):
        counts[variant(path, f"student{i}")["row"]] += 1
    assert max(abs(count - 300) for count in counts.values()) < 5 * 16.4


def test_everything_is_built_with_its_data(tmp_path: Path) -> None:
    build_all(list(labs().values()), FOLDER, tmp_path)
    for kind in ("student", "solution", "marker", "trial/ada", "trial/ben", "trial/cleo"):
        assert len(list((tmp_path / kind).glob("lab*.ipynb"))) == 6
        assert len(list((tmp_path / kind / "data").glob("*.csv"))) == 9
    assert (tmp_path / "nbgrader" / "nbgrader_config.py").is_file()
    assert (tmp_path / "otter" / "lab6" / "lab6.ipynb").is_file()
    for path in tmp_path.rglob("*.ipynb"):
        assert all(cell.get("outputs", []) == [] for cell in read_notebook(path)["cells"])


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wagefit.labs", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def test_the_command_line_says_where_labs_are_missing(tmp_path: Path) -> None:
    done = run("check", folder=tmp_path)
    assert done.returncode == 2
    assert re.match(r"wagefit\.labs: there are no labs in .*; expected a folder with sources/\*\.py", done.stderr)
    assert "Traceback" not in done.stderr


def test_the_command_line_names_the_labs_there_are(tmp_path: Path) -> None:
    done = run("check", str(FOLDER), "--lab", "lab7", folder=tmp_path)
    assert done.returncode == 2
    assert "lab is 'lab7'; expected one of lab1, lab2, lab3, lab4, lab5, lab6" in done.stderr


@pytest.mark.skipif(IS_INSTALLED, reason="the graders are installed: see test_graders")
def test_check_without_graders_says_what_it_left_out(tmp_path: Path) -> None:
    done = run("check", str(FOLDER), "--lab", "lab1", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"lab1\s+plain\s+all right", done.stdout)
    assert 'skipped: not installed (pip install "wagefit[labs]")' in done.stdout
