"""Wage equations by several packages: agreement first, then times of those that agree."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace

import numpy as np
from packages import why_absent
from timing import least_seconds
from wage_peers import PEERS
from wage_tasks import Fitted, NotOfferedError, Task, check_loss, wagefit_fit

AGREES = 1e-8  # relative, of coefficients, standard errors, and of a median regression's loss


@dataclass(frozen=True)
class Duel:
    """One row of the table.

    Attributes
    ----------
    task : Task
    package : str
    absent : str or None
        Why there are no figures.
    difference : float
        Largest relative difference of a coefficient or standard error from wagefit's; of a median regression, whose
        minimum is what matters, by how much the package's loss is above wagefit's.
    theirs, ours : float
        Seconds; NaN where the results differ.
    """

    task: Task
    package: str
    absent: str | None = None
    difference: float = np.nan
    theirs: float = np.nan
    ours: float = np.nan

    @property
    def agrees(self) -> bool:
        """Whether the results are the same."""
        return abs(self.difference) <= AGREES


def duels(tasks: list[Task]) -> list[Duel]:
    """Every task by every package that offers it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the packages' own deprecations
        found = [duel(task, package) for task in tasks for package in PEERS]
    return [each for each in found if each is not None]


def duel(task: Task, package: str) -> Duel | None:
    """One task by one package; None where the package does not offer it."""
    absent = why_absent(package)
    if absent is not None:
        return Duel(task, package, absent)
    fit = PEERS[package]
    try:
        theirs = fit(task)
    except NotOfferedError:
        return None
    except Exception as error:  # each package has exceptions of its own
        return Duel(task, package, f"fails ({type(error).__name__})")
    found = Duel(task, package, None, difference(task, theirs, wagefit_fit(task)))
    if not found.agrees:
        return found
    ours, its = least_seconds(lambda: wagefit_fit(task), lambda: fit(task))
    return replace(found, ours=ours, theirs=its)


def difference(task: Task, theirs: Fitted, ours: Fitted) -> float:
    """Of the results, relative."""
    assert theirs.params.keys() == ours.params.keys(), (sorted(theirs.params), sorted(ours.params))
    if task.kind == "median":
        return check_loss(task, theirs.params) / check_loss(task, ours.params) - 1
    pairs = [(theirs.params, ours.params)]
    if theirs.errors is not None and ours.errors is not None:
        pairs.append((theirs.errors, ours.errors))
    return max(abs(each[name] / mine - 1) for each, own in pairs for name, mine in own.items())


def print_table(found: list[Duel]) -> None:
    """A row a task and package."""
    print(f"{'equation':56}{'package':14}{'differs by':>12}{'ms':>10}{'wagefit':>10}{'ours/its':>10}")
    for each in found:
        head = f"{each.task.name:56}{each.package:14}"
        if each.absent is not None:
            print(f"{head}  {each.absent}")
        elif not each.agrees:
            print(f"{head}{each.difference:12.1e}  not timed")
        else:
            times = f"{1e3 * each.theirs:10,.1f}{1e3 * each.ours:10,.1f}{each.ours / each.theirs:10.3f}"
            print(f"{head}{each.difference:12.1e}{times}")


def behind(found: list[Duel]) -> list[str]:
    """Where wagefit is behind, a line a row."""
    lines = [
        f"time: {each.ours / each.theirs:.1f} times as long as {each.package}, {each.task.name}"
        for each in found
        if each.ours > each.theirs
    ]
    lower = [each for each in found if each.task.kind == "median" and each.difference < -AGREES]
    return lines + [f"loss: {each.package}'s is lower by {-each.difference:.1e}, {each.task.name}" for each in lower]
