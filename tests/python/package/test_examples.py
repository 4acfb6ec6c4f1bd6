"""Every public function and class has an example that runs, and that shows what it says."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import re
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

import wagefit as wf

FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
HEADING = re.compile(r"^Examples\n-{8}$", re.MULTILINE)


def rooms() -> list[Any]:
    """The package and the packages in it that say what they offer."""
    found = [importlib.import_module(each.name) for each in pkgutil.iter_modules(wf.__path__, "wagefit.") if each.ispkg]
    return [wf, *(room for room in found if hasattr(room, "__all__"))]


def own_names(module: Any) -> list[str]:
    """Public functions and classes that a module defines."""
    return [
        name
        for name, value in vars(module).items()
        if not name.startswith("_")
        and getattr(value, "__module__", "") == module.__name__
        and (inspect.isfunction(value) or inspect.isclass(value))
    ]


def public() -> dict[str, Any]:
    """Functions and classes by the name under which they are found, each once."""
    found: dict[str, Any] = {}
    pairs = [(room, name) for room in rooms() for name in room.__all__]
    pairs += [(wf.prices, name) for name in own_names(wf.prices)]
    for room, name in pairs:
        value = getattr(room, name)
        if (inspect.isclass(value) or inspect.isfunction(value)) and value not in found.values():
            found[f"{room.__name__}.{name}"] = value
    return found


PUBLIC = public()


def examples(value: Any) -> str:
    """The section of examples of a docstring; empty without one."""
    text = inspect.getdoc(value) or ""
    match = HEADING.search(text)
    return text[match.end() :] if match else ""


@pytest.mark.parametrize("name", PUBLIC)
def test_public_name_has_an_example(name: str) -> None:
    value = PUBLIC[name]
    own = value.__doc__ or ""  # not that of a base class
    assert HEADING.search(inspect.cleandoc(own)), f"{name} has no section of examples"
    assert ">>>" in examples(value)


@pytest.mark.parametrize("name", PUBLIC)
def test_example_runs_and_shows_what_it_says(name: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    mpl.use("agg")
    test = doctest.DocTestParser().get_doctest(examples(PUBLIC[name]), {"wf": wf, "np": np}, name, None, 0)
    report: list[str] = []
    doctest.DocTestRunner(optionflags=FLAGS, verbose=False).run(test, out=report.append)
    plt.close("all")
    assert report == [], "".join(report)
