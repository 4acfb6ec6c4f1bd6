"""The core compiled for the browser gives the figures that it gives in Python; asked in Node."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from typing import Any

import numpy as np
import pytest

import wagefit as wf
from wagefit.oews import all_occupations
from wagefit.shared.streams import stream_key
from wagefit.tables.facts import row_facts

from ..cells import CELLS
from ..page.page_engine import need_node
from ..source_tree import ROOT
from .browser_engine import DOCS, Facts, as_question, ask, need_engine, number

pytestmark = pytest.mark.usefixtures("engine")

PROBABILITIES = [0.001, 0.01, 0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95, 0.99, 0.999]
WAGES = [15_000, 20_000, 30_000, 40_000, 50_000, 75_000, 100_000, 150_000, 250_000]
KEY = stream_key(0)
N_DRAWS = 40
MOST_ULP = 16  # in truth 1, and seldom: few roundings of the C library of the browser are others
EXACT = 1e-10  # what the package promises of published figures
# A draw adds a random deviation to each slope; where it is taken for a steep tail, a rounding of a slope grows.
DRAWN = 1e-9
CONTRADICTIONS: tuple[dict[str, Any], ...] = (
    {"quantiles": {0.1: 26_550, 0.5: 20_000}, "mean": 44_010},
    {"quantiles": {0.1: 26_550, 0.9: 66_260}, "mean": 20_000},
    {"quantiles": {0.5: 40_000, 0.9: 66_260}, "at_least": {0.25: 50_000}},
    {"quantiles": {0.5: 40_000}},
    {"quantiles": {0.1: -5, 0.5: 40_000}},
    {"quantiles": {}, "mean": 40_000},
    {"quantiles": {0.5: 40_000, 0.9: 66_260}, "at_least": {0.9: 50_000}},
)


@pytest.fixture(scope="module")
def engine() -> None:
    need_engine()


@cache
def published() -> list[Facts]:
    """Facts of some hundred national rows of May 2018: every eighth, all that are top-coded, and some without mean."""
    cells = [all_occupations.cell(i) for i in all_occupations.rows_where(year=2018, area="US").tolist()]
    rows = [facts_alone(row_facts(cell)) for cell in cells]
    return [*rows[::8], *(row for row in rows if "at_least" in row), *({**row, "mean": None} for row in rows[::40])]


def facts_alone(row: Facts) -> Facts:
    """Without precision: the engine knows of none."""
    return {name: row[name] for name in ("mean", "quantiles", "at_least") if name in row}


def ask_of(cells: list[Facts], n_draws: int = 0) -> list[dict[str, Any]]:
    question = {"probabilities": PROBABILITIES, "wages": WAGES, "nDraws": n_draws, "key": [str(word) for word in KEY]}
    return ask([question | {"facts": as_question(cell)} for cell in cells])


def figures(pay: wf.Distribution) -> dict[str, Any]:
    """What Python says of the same."""
    return {
        "quantiles": pay.ppf(PROBABILITIES),
        "cdf": pay.cdf(WAGES),
        "density": pay.pdf(WAGES),
        "lorenz": pay.lorenz(PROBABILITIES),
        "topShare": pay.top_share(0.1),
        "mean": pay.mean(),
        "deviation": pay.std(),
        "gini": pay.gini(),
    }


def numbers(found: Any) -> Any:
    return np.array([number(each) for each in np.atleast_1d(np.asarray(found, dtype=object))])


def check_figures(cell: Facts, found: dict[str, Any]) -> None:
    for name, expected in figures(wf.fit(**cell)).items():
        np.testing.assert_array_max_ulp(numbers(found[name]), np.atleast_1d(expected), MOST_ULP)


def test_figures_of_published_rows_are_those_of_python() -> None:
    for cell, found in zip(published(), ask_of(published()), strict=True):
        pay = wf.fit(**cell)
        assert found["status"] == pay.status
        assert found["nBinding"] == len(pay.diagnostics.binding)
        check_figures(cell, found)


@pytest.mark.parametrize("name", [name for name, cell in CELLS.items() if not {"lower", "upper"} & set(cell)])
def test_figures_at_the_edges_are_those_of_python(name: str) -> None:
    """Ties, a lone quantile, means near and far: fits by matrices that Eigen factors."""
    (found,) = ask_of([CELLS[name]])
    check_figures(CELLS[name], found)


def test_published_figures_are_met() -> None:
    wages = [dict(cell["quantiles"]) for cell in published()]
    for cell, quantiles, found in zip(published(), wages, ask_of(published()), strict=True):
        there = dict(zip(PROBABILITIES, found["quantiles"], strict=True))
        assert {p: there[p] for p in quantiles} == pytest.approx(quantiles, rel=EXACT)
        assert all(there[p] >= wage * (1 - EXACT) for p, wage in cell.get("at_least", {}).items())
        if cell["mean"] is not None:
            assert found["mean"] == pytest.approx(cell["mean"], rel=EXACT)


@pytest.mark.parametrize("cell", CONTRADICTIONS)
def test_contradictions_are_told_in_the_words_of_the_core(cell: dict[str, Any]) -> None:
    (found,) = ask_of([cell])
    with pytest.raises(wf.FactError) as raised:
        wf.fit(**cell)
    assert found["sentence"] == str(raised.value)
    assert found["status"] == ("infeasible" if isinstance(raised.value, wf.InfeasibleError) else "invalid")
    assert "mean" not in found


def test_last_resort_says_what_it_is() -> None:
    cell = {"quantiles": {0.1: 26_550, 0.5: 40_000}, "mean": 30_620.001}  # the least mean is 30,620
    (found,) = ask_of([cell])
    assert found["status"] == wf.fit(**cell).status == "guaranteed"
    assert "the shape between the facts is not to be believed" in found["sentence"]
    assert found["mean"] == pytest.approx(cell["mean"], rel=EXACT)


def test_draws_are_those_of_python() -> None:
    """Equal keys give equal draws, but for roundings."""
    cells = [published()[0], published()[-1], CELLS["top code"], CELLS["lone quantile and mean"]]
    for cell, found in zip(cells, ask_of(cells, N_DRAWS), strict=True):
        draws = wf.fit(**cell).posterior_draws(N_DRAWS, rng=0)
        assert len(found["draws"]) == N_DRAWS
        for drawn, expected in zip(found["draws"], draws, strict=True):
            np.testing.assert_allclose(numbers(drawn["quantiles"]), expected.ppf(PROBABILITIES), rtol=DRAWN)
            assert number(drawn["gini"]) == pytest.approx(expected.gini(), rel=DRAWN)


def test_answers_do_not_depend_on_what_was_asked_before() -> None:
    """Nor does the engine run out of memory: each fit is released."""
    answers = ask_of([CELLS["technicians"], CELLS["top code"]] * 150, 1)
    assert answers == answers[:2] * 150


def test_example_of_the_page_prints_what_stands_below_it() -> None:
    text = (DOCS / "how_to" / "type_your_percentiles.md").read_text(encoding="utf-8")
    found = re.search(r"```js\n(.*?)```.*?```text\n(.*?)```", text, re.DOTALL)
    assert found is not None
    command = [need_node(), "--input-type=module"]
    done = subprocess.run(command, input=found[1], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == found[2]
