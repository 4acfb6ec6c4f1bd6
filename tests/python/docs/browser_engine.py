"""The engine for the browser: compiled where that is possible, and asked in Node."""

from __future__ import annotations

import functools
import importlib
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ..page.page_engine import WORDS, need_node
from ..source_tree import ROOT

DOCS = ROOT / "docs"
DRIVER = Path(__file__).with_name("engine_answers.mjs")
SCRIPT = DOCS / "typed_page" / "engine.js"

Facts = Mapping[str, Any]


def machinery(name: str) -> ModuleType:
    """A module of docs/machinery."""
    if str(DOCS) not in sys.path:
        sys.path.append(str(DOCS))
    return importlib.import_module(f"machinery.{name}")


@functools.cache
def need_engine() -> Path:
    """The path of engine.wasm; skips the test where Emscripten or a library is absent."""
    browser_engine = machinery("browser_engine")
    try:
        browser_engine.engine()
    except browser_engine.NoEngineError as reason:
        pytest.skip(f"there is no engine for the browser: {reason}")
    path: Path = browser_engine.PROGRAM
    return path


def ask(questions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What the engine answers in Node to facts with probabilities and wages to ask about."""
    command = [need_node(), str(DRIVER), str(SCRIPT), str(need_engine())]
    done = subprocess.run(command, input=json.dumps(questions), capture_output=True, text=True, check=True)
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def as_question(facts: Facts) -> dict[str, Any]:
    """Arguments of `wagefit.fit` as the engine takes them."""
    bounds = dict(facts.get("at_least") or {})
    return {
        "mean": facts.get("mean"),
        "meanAtLeast": bounds.pop("mean", None),
        "quantiles": list((facts.get("quantiles") or {}).items()),
        "atLeast": list(bounds.items()),
    }


def number(value: Any) -> float:
    """A number of an answer."""
    return WORDS[value] if isinstance(value, str) else float(value)
