"""The tutorial's notebooks teach: nothing stands in a reader's way, each leads on, and the folded solutions run."""

from __future__ import annotations

from pathlib import Path

import pytest

from .notebook_run import TUTORIAL, cells_of, names_left_by, run, solutions_of

STEMS = [path.stem for path in TUTORIAL]
CONTENTS = "../docs/tutorial/index.md"


@pytest.mark.parametrize("stem", STEMS)
def test_what_a_notebook_claims_is_tested(stem: str) -> None:
    assert Path(__file__).with_name(f"test_notebook_{stem[:2]}.py").exists()


@pytest.mark.parametrize("stem", STEMS)
def test_no_check_stands_in_a_readers_way(stem: str) -> None:
    assert [source for source in cells_of(stem, "code") if "assert " in source or "AssertionError" in source] == []
    assert [source for source in cells_of(stem, "markdown") if "`assert`" in source] == []


@pytest.mark.parametrize("stem", STEMS)
def test_first_and_last_cell_lead_to_the_neighbors_and_the_contents(stem: str) -> None:
    place = STEMS.index(stem)
    neighbors = [*STEMS[max(place - 1, 0) : place], *STEMS[place + 1 : place + 2]]
    texts = cells_of(stem, "markdown")
    for text in (texts[0], texts[-1]):
        assert all(f"({neighbor}.ipynb)" in text for neighbor in neighbors)
        assert f"({CONTENTS})" in text


@pytest.mark.parametrize("stem", STEMS)
def test_exercises_have_solutions_that_print_what_they_show(stem: str) -> None:
    solutions = solutions_of(stem)
    headings = {solution.heading for solution in solutions}
    assert 2 <= len(headings) <= 3
    for solution in solutions:
        printed = run(solution.code, dict(names_left_by(stem)))
        assert printed.strip() == solution.printed.strip(), solution.heading
