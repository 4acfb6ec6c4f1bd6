"""Scripts in the percent format, and what a lab's source must hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import wagefit as wf
from wagefit.labs.lab import read_lab, read_labs
from wagefit.labs.percent import read_percent

SCRIPT = """# ---
# jupyter: anything
# ---

# %% [markdown] lab="lab9" title="A lab"
# # Title
#
# Text with **stars**.

# %%
x = 1  # %% is no marker here

# %% stub="q1"
y = ...
"""
HEAD = '# %% [markdown] lab="lab9" title="A lab" minutes="5" data=""\n# # A lab\n\n# %% student="true"\nSTUDENT = "x"\n'
QUESTION = '\n# %% [markdown] question="q1" points="2"\n# **Question 1**\n'
ANSWER = '\n# %% stub="q1"\ny = ...\n\n# %% solution="q1"\ny = 1\n'
TEST = '\n# %% hidden="q1" points="2"\nassert y == 1\n'


def test_cells_have_kind_text_and_options() -> None:
    cells = read_percent(SCRIPT)
    assert [cell.kind for cell in cells] == ["markdown", "code", "code"]
    assert cells[0].text == "# Title\n\nText with **stars**."
    assert cells[0].options == {"lab": "lab9", "title": "A lab"}
    assert cells[1].text == "x = 1  # %% is no marker here"
    assert [cell.line for cell in cells] == [5, 10, 13]


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("", "the script has no cell"),
        ("x = 1\n# %%\n", "line 1 is before the first cell"),
        ("# %% question=q1\n", "line 1 is '# %% question=q1'"),
        ("# %%markdown\n", "line 1 is '# %%markdown'"),
        ("# %% [markdown]\ntext\n", "line 2 is 'text' in a cell of text"),
    ],
)
def test_what_is_no_script_is_refused_with_its_line(script: str, message: str) -> None:
    with pytest.raises(wf.FactError, match=re.escape(message)):
        read_percent(script)


def written(folder: Path, text: str) -> Path:
    path = folder / "lab9.py"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_lab_has_questions_with_points(tmp_path: Path) -> None:
    lab = read_lab(written(tmp_path, HEAD + QUESTION + ANSWER + TEST))
    assert (lab.name, lab.title, lab.minutes, lab.data) == ("lab9", "A lab", 5, ("lab9_variants.csv",))
    assert [(each.name, each.points, each.is_written) for each in lab.questions] == [("q1", 2.0, False)]
    assert lab.answers("stub") == {"q1": "y = ..."}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (QUESTION, "the first cell is no head"),
        (HEAD + QUESTION + TEST, "q1 has 0 cells of role stub"),
        (HEAD + QUESTION + ANSWER, "the tests of q1 have 0 points; expected 2"),
        (HEAD + QUESTION + ANSWER + TEST + TEST, "the tests of q1 have 4 points; expected 2"),
        (HEAD + QUESTION + ANSWER + TEST.replace("q1", "q2", 1), "the hidden of line 16 is of 'q2'"),
        (HEAD + QUESTION.replace('"2"', '"two"') + ANSWER + TEST, "points are 'two' in line 7"),
        (HEAD + QUESTION + QUESTION + ANSWER + TEST, "questions are q1, q1; expected different names"),
        (HEAD.replace(" student=", " stub="), "is of 'true'"),
        (HEAD + QUESTION.replace("points", 'written="true" points') + ANSWER + TEST, "q1 has 0 cells of role rubric"),
        (HEAD + '\n# %% stub="q1" test="q1"\n', "is stub and test; expected one role"),
    ],
)
def test_what_does_not_fit_together_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(wf.FactError, match=re.escape(message)) as caught:
        read_lab(written(tmp_path, text))
    assert "lab9.py" in str(caught.value)


def test_a_folder_without_labs_says_where_they_are(tmp_path: Path) -> None:
    with pytest.raises(wf.FactError, match="An installed package holds no labs: give the folder as an argument"):
        read_labs(tmp_path)
