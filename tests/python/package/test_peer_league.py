"""The league of packages runs on a few real rows, and says so where a package is absent."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from ..source_tree import ROOT

for library in ("scipy", "pandas", "formulaic", "statsmodels"):
    pytest.importorskip(library)

FOLDERS = [str(ROOT / "benchmarks" / "peers"), str(ROOT / "benchmarks" / "accuracy"), str(ROOT / "python" / "embed")]


@pytest.fixture(scope="module")
def league() -> Iterator[Any]:
    """Imports modules of the league by their short names, for the time of these tests only."""
    before = set(sys.modules)
    sys.path[:0] = FOLDERS
    yield importlib.import_module
    del sys.path[: len(FOLDERS)]
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "") or "").startswith(tuple(FOLDERS)):
            del sys.modules[name]


@pytest.fixture
def wages(league: Any, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The duels of wage equations, with statsmodels alone installed and one run of each."""
    found: ModuleType = league("wages")
    monkeypatch.setattr(league("timing"), "REPEATS", 1)
    monkeypatch.setattr(found, "why_absent", lambda name: None if name == "statsmodels" else "not installed")
    return found


def test_two_rows_are_fitted_by_all_packages_or_said_to_be_missing(league: Any, capsys: Any) -> None:
    """wagefit and PCHIP meet every fact; an absent package is a row that says why."""
    distributions, packages = league("distributions"), league("packages")
    rows = league("real_cells").embedded_rows(2)
    standings = distributions.league(rows, None)
    distributions.print_table(standings)
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == 1 + len(standings)
    for each, line in zip(standings, printed[1:], strict=True):
        reason = None if each.peer.package == "wagefit" else packages.why_absent(each.peer.package)
        assert line.endswith(reason or line[-1])
    for each in standings[:2]:
        assert (each.answered, each.quantiles_met, each.mean_met) == (100.0, 100.0, 100.0)
        assert np.isfinite(each.left_out).all()
        assert each.seconds > 0.0


def test_equations_agree_before_they_are_timed(league: Any, wages: ModuleType, capsys: Any) -> None:
    """statsmodels' coefficients and errors of the embedded rows to 1e-8; absent packages are said to be absent."""
    tasks = [each for each in league("wage_tasks").tasks(league("real_cells").embedded_sample()) if not each.absorbed]
    duels = wages.duels(tasks)
    wages.print_table(duels)
    printed = capsys.readouterr().out
    theirs = [each for each in duels if each.package == "statsmodels" and each.task.kind != "median"]
    assert len(theirs) == 5
    assert all(each.agrees and each.theirs > 0.0 and each.ours > 0.0 for each in theirs)
    assert printed.count("not installed") == 3 * len(tasks)


def test_results_that_differ_are_not_timed(
    league: Any, wages: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    """A coefficient that is off by a millionth is a difference, not a time."""
    tasks = league("wage_tasks")
    task = tasks.tasks(league("real_cells").embedded_sample())[0]

    def off(task: Any) -> Any:
        fit = tasks.wagefit_fit(task)
        return tasks.Fitted({name: value * (1 + 1e-6) for name, value in fit.params.items()}, fit.errors)

    monkeypatch.setitem(wages.PEERS, "statsmodels", off)
    found = wages.duel(task, "statsmodels")
    wages.print_table([found])
    assert found.difference == pytest.approx(1e-6, rel=1e-6)  # differences of 1 + 1e-6 round at 1e-16
    assert np.isnan(found.theirs)
    assert "not timed" in capsys.readouterr().out


def test_packages_are_pinned(league: Any) -> None:
    """requirements.txt has a version for each package of the league."""
    packages = league("packages")
    assert {distribution for _, distribution in packages.MODULES.values()} <= packages.pinned().keys()
