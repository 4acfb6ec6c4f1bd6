"""The wage equations of the league, and what wagefit makes of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from real_cells import Sample

import wagefit as wf

QUANTILE_ROWS = 4_000  # scikit-learn's linear program takes more than a minute for seven times as many
KINDS = ("HC1", "HC3", "CR1", "coefficients", "median")


@dataclass(frozen=True)
class Task:
    """One equation.

    Attributes
    ----------
    name : str
    frame : DataFrame
        The rows.
    terms : str
        Right-hand side.
    kind : str
        Of `KINDS`: the standard errors, none of them, or median regression.
    weights : str or None
        Column.
    absorbed : tuple of str
        Columns.
    """

    name: str
    frame: pd.DataFrame
    terms: str
    kind: str
    weights: str | None = None
    absorbed: tuple[str, ...] = ()

    @property
    def formula(self) -> str:
        """With the outcome."""
        return f"logs ~ {self.terms}"


@dataclass(frozen=True)
class Fitted:
    """What is compared: figures by the names of their terms, without spaces.

    Attributes
    ----------
    params : dict
        Coefficients.
    errors : dict or None
        Standard errors; None where the package has none, or others by design.
    """

    params: dict[str, float]
    errors: dict[str, float] | None = None


Fit = Callable[[Task], Fitted]


class NotOfferedError(Exception):
    """The package does not offer this estimate."""


def named(values: pd.Series | dict[str, float]) -> dict[str, float]:
    """By names that all packages share."""
    return {str(name).replace(" ", ""): float(value) for name, value in dict(values).items()}


def tasks(sample: Sample) -> list[Task]:
    """What the league fits to a sample."""
    frame, terms, name = sample.frame, sample.terms, sample.name
    some = frame.iloc[:: max(1, -(-len(frame) // QUANTILE_ROWS))].reset_index(drop=True)
    return [
        Task(f"{name}, {len(frame):,} rows, HC1", frame, terms, "HC1"),
        Task(f"{name}, HC3", frame, terms, "HC3"),
        Task(f"{name}, clustered, CR1", frame, terms, "CR1"),
        Task(f"{name}, weighted, HC1", frame, terms, "HC1", "weight"),
        Task(f"{name}, weighted, coefficients alone", frame, terms, "coefficients", "weight"),
        Task(f"{name}, two factors absorbed, HC1", frame, sample.few, "HC1", None, sample.absorbed),
        Task(f"{name}, absorbed and weighted, HC1", frame, sample.few, "HC1", "weight", sample.absorbed),
        Task(f"{name}, {len(some):,} rows, median regression", some, terms, "median"),
    ]


def wagefit_fit(task: Task) -> Fitted:
    """By the public functions, from a table and a formula."""
    if task.kind == "median":
        return Fitted(named(dict(wf.estimate_quantiles(task.frame, task.formula, 0.5).params)))
    kind = "classic" if task.kind == "coefficients" else task.kind
    cluster = "cluster" if kind == "CR1" else None
    fit = wf.estimate_factors(
        task.frame, task.formula, weights=task.weights, covariance=kind, cluster=cluster, absorb=task.absorbed
    )
    errors = None if task.kind == "coefficients" else named(dict(fit.bse))
    return Fitted(named(dict(fit.params)), errors)


def matrix(task: Task) -> tuple[np.ndarray, list[str]]:
    """The columns of the equation and their names."""
    import formulaic

    columns = formulaic.model_matrix(task.terms, task.frame)
    return np.asarray(columns, dtype=float), [str(name).replace(" ", "") for name in columns.columns]


def check_loss(task: Task, params: dict[str, float]) -> float:
    """Sum of absolute residuals over 2, what median regression minimizes."""
    columns, names = matrix(task)
    residuals = task.frame.logs.to_numpy() - columns @ np.array([params[name] for name in names])
    return float(abs(residuals).sum()) / 2
