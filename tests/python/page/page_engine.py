"""Questions to the page's JavaScript, answered by Node."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import wagefit as wf
from wagefit.page.explorer import explorer_tables

from ..source_tree import PACKAGE

FOLDER = PACKAGE / "page"
DRIVER = Path(__file__).with_name("page_answers.mjs")
WORDS = {"NaN": float("nan"), "Infinity": float("inf"), "-Infinity": float("-inf")}

Person = dict[str, Any]


def need_node() -> str:
    """The path of Node; skips the test where it is absent."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed, which runs the page's JavaScript without a browser")
    return node


def ask(question: dict[str, Any]) -> Any:
    """What the page's JavaScript answers."""
    command = [need_node(), str(DRIVER), str(FOLDER)]
    found = subprocess.run(command, input=json.dumps(question), capture_output=True, text=True, check=True).stdout
    return json.loads(found)


def ask_people(
    model: wf.SalaryModel, people: Sequence[Person], assumed_error: float | None = None, *, with_intervals: bool
) -> list[dict[str, Any]]:
    """The answers on people of {levels, wage, baseline}."""
    question = {
        "tables": explorer_tables(model),
        "assumedError": assumed_error,
        "people": people,
        "withIntervals": with_intervals,
    }
    answers: list[dict[str, Any]] = ask(question)
    return answers


def number(value: Any) -> float:
    """A number of an answer."""
    return WORDS[value] if isinstance(value, str) else float(value)


def random_people(model: wf.SalaryModel, n: int, seed: int) -> list[Person]:
    """People with some levels known, amounts inside and outside the tables, and wages up to far in the tails."""
    rng = np.random.default_rng(seed)
    middle = float(model.anchor.median())
    return [
        {
            "levels": _levels(model, rng, unknown=rng.choice([0.0, 0.25, 0.9])),
            "wage": float(np.round(middle * np.exp(rng.normal(0.0, 0.5)), rng.integers(0, 3))),
            "baseline": _levels(model, rng, unknown=0.5) if rng.random() < 0.5 else {},
        }
        for _ in range(n)
    ]


def _levels(model: wf.SalaryModel, rng: np.random.Generator, unknown: float) -> dict[str, str | float]:
    return {factor.name: _choice(factor, rng) for factor in model.factors if rng.random() >= unknown}


def _choice(factor: wf.Factor, rng: np.random.Generator) -> str | float:
    level = factor.levels[rng.integers(len(factor.levels))]
    if level.at is None:
        return level.name
    last = factor.levels[-1].at or 0.0
    return float(rng.choice([level.at, rng.uniform(0.0, 1.2 * last), rng.integers(0, int(last) + 1)]))
