"""Every lab without a grader: points, hints, versions, data. Graders themselves are in test_graders."""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import pytest

from wagefit.labs import variant
from wagefit.labs.lab import Lab
from wagefit.labs.nbgrader_source import nbgrader_source, released
from wagefit.labs.notebook import text_of, write_notebook
from wagefit.labs.otter_master import otter_master
from wagefit.labs.plain_run import run_plainly
from wagefit.labs.trials import leaks
from wagefit.labs.versions import marker_version, solution_version, student_version
from wagefit.labs.wrong_answers import read_wrong_answers

from ..shared_data import shared_folder
from ..teaching_labs import FOLDER, labs

LABS = labs()
STUDENTS = ("ada", "ben", "cleo")
MEGABYTE = 1_000_000
LONG = 25  # characters of an expression that is more than a look-up
each_lab = pytest.mark.parametrize("lab", LABS.values(), ids=list(LABS))


def full_marks(lab: Lab) -> dict[str, float]:
    return {question.name: question.points for question in lab.questions if not question.is_written}


def test_there_are_six_labs() -> None:
    assert list(LABS) == [f"lab{i}" for i in range(1, 7)]


@each_lab
@pytest.mark.parametrize("student", STUDENTS)
def test_the_solution_has_full_marks_in_every_variant(lab: Lab, student: str) -> None:
    scores = run_plainly(lab, FOLDER, lab.answers("solution"), student)
    assert [test.message for test in scores.tests if not test.passed] == []
    assert scores.by_question == full_marks(lab)
    assert scores.errors == ()


@each_lab
@pytest.mark.parametrize("answer", [None, "answer = ("], ids=["empty", "syntax error"])
def test_no_answer_has_no_points(lab: Lab, answer: str | None) -> None:
    answers = {} if answer is None else dict.fromkeys(full_marks(lab), answer)
    scores = run_plainly(lab, FOLDER, answers, "ada")
    assert scores.total == 0
    if answer is None:
        assert scores.errors == ()  # whoever runs all cells before answering meets failed tests and nothing else


@each_lab
def test_wrong_answers_lose_their_points_and_meet_their_hints(lab: Lab) -> None:
    wrong = read_wrong_answers(FOLDER, lab.name)
    assert len(wrong) >= 3
    for i, each in enumerate(wrong):
        answers = lab.answers("solution") | {each.question: each.text}
        scores = run_plainly(lab, FOLDER, answers, STUDENTS[i % 3])
        lost = full_marks(lab) | {each.question: full_marks(lab)[each.question] - each.loses}
        assert (each.name, scores.by_question) == (each.name, lost)
        assert scores.first_message(each.question) == each.reads, each.name


@each_lab
def test_a_wrong_answer_is_worth_less_than_everything_and_explained(lab: Lab) -> None:
    for each in read_wrong_answers(FOLDER, lab.name):
        assert 0 < each.loses <= full_marks(lab)[each.question], each.name
        assert each.why, each.name


@each_lab
def test_variants_differ_between_students(lab: Lab) -> None:
    """Twenty students share out at least ten variants: of 28 rows, the fewest that a lab has, 14 are expected."""
    names = [name for name in lab.data if name.endswith("_variants.csv")]
    assert len(names) == 1
    table = FOLDER / "data" / names[0]
    rows = table.read_text().splitlines()[1:]
    assert len(set(rows)) == len(rows) >= 28
    assert len({str(variant(table, f"student{i}")) for i in range(20)}) >= 10


def without(text: str, begin: str, end: str) -> str:
    return re.sub(rf"\n?{begin}\n.*?\n{end}", "", text, flags=re.DOTALL)


def texts(notebook: dict[str, Any]) -> list[str]:
    """Cells of a grader's source as a student meets them: solutions cut out, tests and marks left out."""
    found = []
    skipping = False
    for cell in notebook["cells"]:
        text = text_of(cell)
        skipping = (skipping or text == "# BEGIN TESTS") and text != "# END TESTS"
        marks = cell["metadata"].get("nbgrader", {})
        is_test = skipping or (marks.get("grade") and not marks.get("solution"))
        if cell["cell_type"] == "raw" or is_test:
            continue
        text = without(text, "### BEGIN SOLUTION", "### END SOLUTION")
        found.append(without(text, "# BEGIN SOLUTION NO PROMPT", "# END SOLUTION"))
    return found


@each_lab
def test_students_of_both_graders_read_the_same(lab: Lab) -> None:
    """A written answer is cut out cell and all in otter's, and in nbgrader's replaced by the stub."""
    written = {lab.answers("solution")[each.name] for each in lab.questions if each.is_written}
    otter = [text for text in texts(otter_master(lab)) if text not in written]
    nbgrader = [text or "*Write your answer here.*" for text in texts(nbgrader_source(lab))]
    shown = {cell.text for cell in lab.cells if "test" in cell.options}
    plain = [text_of(cell) for cell in student_version(lab)["cells"] if text_of(cell) not in shown]
    assert otter == nbgrader == plain


@each_lab
def test_no_student_has_a_hidden_test_or_a_solution(lab: Lab) -> None:
    text = json.dumps(student_version(lab))
    solved = json.dumps(solution_version(lab))
    marked = json.dumps(marker_version(lab, read_wrong_answers(FOLDER, lab.name)))
    for cell in lab.cells:
        if {"hidden", "solution", "rubric"} & cell.options.keys():
            stored = json.dumps(cell.text)[1:-1]
            assert stored not in text
            assert (stored in solved) == ("solution" in cell.options)
            assert stored in marked


def assigned(code: str) -> set[str]:
    """What a piece of code assigns to names or returns, where it is more than a name or a number."""
    values = [getattr(node, "value", None) for node in ast.walk(ast.parse(code))]
    texts = [ast.unparse(value) for value in values if isinstance(value, ast.expr)]
    return {text for text in texts if len(text) >= LONG}


@each_lab
def test_no_cell_of_a_lab_has_the_answer_to_a_question(lab: Lab) -> None:
    """Cells below a question that go on with its result use the student's answer."""
    roles = {"solution", "hidden", "rubric"}
    shown = [cell.text for cell in lab.cells if cell.kind == "code" and not roles & cell.options.keys()]
    given = {text for code in shown for text in assigned(code)}
    for cell in lab.cells:
        if "solution" in cell.options and cell.kind == "code":
            assert assigned(cell.text) & given == set(), cell.options["solution"]


@each_lab
def test_what_leaks_to_students_is_found(lab: Lab, tmp_path: Path) -> None:
    """In nbgrader's source everything does, in what students get of it nothing."""
    source = nbgrader_source(lab)
    write_notebook(tmp_path / "source" / "lab.ipynb", source)
    write_notebook(tmp_path / "student" / "lab.ipynb", released(source))
    assert len(list(leaks(tmp_path / "source", lab))) >= len(full_marks(lab))
    assert list(leaks(tmp_path / "student", lab)) == []


@each_lab
def test_every_question_says_what_it_is_worth(lab: Lab) -> None:
    for question in lab.questions:
        text = lab.parts(question.name, "question")[0].text
        points = f"{question.points:g} point" + "s" * (question.points != 1)
        assert f"**Question {question.name[1:]}** ({points}{', written' if question.is_written else ''})." in text


@each_lab
def test_every_lab_says_goals_minutes_and_what_is_needed(lab: Lab) -> None:
    head = " ".join(lab.cells[0].text.split())
    assert all(word in head for word in ("**Goals.**", "**You need**", "**You do not need**"))
    assert f"**Time:** {lab.minutes} minutes" in head
    assert lab.title in head


@each_lab
def test_dollars_in_text_are_not_taken_for_formulas(lab: Lab) -> None:
    """Jupyter reads what stands between two dollar signs as mathematics; those of money have a backslash."""
    for cell in lab.cells:
        if cell.kind == "markdown":
            assert re.findall(r"(?<![\\$])\$\d[\d,.]*[ ;:\")]", cell.text) == []
            assert len(re.findall(r"(?<!\\)\$", re.sub(r"`[^`]*`", "", cell.text))) % 2 == 0


@each_lab
def test_ids_of_cells_are_unique(lab: Lab) -> None:
    for notebook in (student_version(lab), otter_master(lab), nbgrader_source(lab)):
        ids = [cell["id"] for cell in notebook["cells"]]
        assert len(set(ids)) == len(ids)


def test_data_are_small_and_as_their_checksums_say() -> None:
    listed = dict(re.findall(r"^\| `([\w.]+)` \|.*\| `([0-9a-f]{64})` \|$", sources(), re.MULTILINE))
    files = sorted((FOLDER / "data").glob("*.csv"))
    assert sorted(listed) == [path.name for path in files]
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files} == listed
    assert sum(path.stat().st_size for path in files) < MEGABYTE


def test_data_are_those_that_the_script_makes(tmp_path: Path) -> None:
    """Byte by byte, where the public files are at hand."""
    folder = shared_folder("microdata").parent
    script = importlib.util.spec_from_file_location("make_data", FOLDER / "make_data.py")
    assert script is not None
    assert script.loader is not None
    module = importlib.util.module_from_spec(script)
    script.loader.exec_module(module)
    module.write_all(folder, tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.glob("*.csv")}
    assert made == {path.name: path.read_bytes() for path in (FOLDER / "data").glob("*.csv")}


def sources() -> str:
    return (FOLDER / "data" / "SOURCES.md").read_text(encoding="utf-8")


def test_every_data_file_is_used() -> None:
    used = {name for lab in LABS.values() for name in lab.data}
    assert {path.name for path in (FOLDER / "data").glob("*.csv")} == used


@pytest.mark.parametrize("name", list(LABS))
def test_the_instructor_has_a_page_on_every_lab(name: str) -> None:
    page = (FOLDER / "instructor" / f"{name}.md").read_text(encoding="utf-8")
    lab = LABS[name]
    assert f"{lab.minutes} minutes" in page
    assert all(f"| {question.name} " in page for question in lab.questions)
    assert all(each.name in page for each in read_wrong_answers(FOLDER, name))


def test_folder_is_where_the_labs_are() -> None:
    assert Path(FOLDER / "README.md").is_file()
