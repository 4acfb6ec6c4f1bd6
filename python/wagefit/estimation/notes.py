"""What a reader of an estimate should know beside its figures."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from wagefit.estimation.encoding import LevelColumn
from wagefit.estimation.formulas import Prepared, is_absorbed_key

FEW_CLUSTERS = 10
FEW_ROWS = 30
FIRST_ROWS = 100
"""Rows of a column that are looked at before all are."""
MADE_OF_RESIDUALS = ("HC1", "kernel", "clustered kernel", "sandwich")
"""Kinds of errors that measure each row's or cluster's deviation by its residual alone."""
WIDEST_LOG = 1.5
"""Spread of residuals, log points, that no equation for log wages has: a third of people off by more than exp(1.5)."""

MEDIAN_LOGS = (math.log(2.0), math.log(1e6))
"""Where the median of log wages lies without a doubt: from two dollars an hour to a million a year."""


def looks_like_log(data: Prepared, residual_std: float) -> bool:
    """Whether the outcome is a natural log: written so, or a column of more than 0 and 1 that spreads as log wages."""
    if data.outcome_log:
        return data.outcome_log == "natural"
    return residual_std <= WIDEST_LOG and not np.isin(data.outcome, (0.0, 1.0)).all()


def notes_of(
    data: Prepared,
    kind: str,
    parts: Mapping[str, Any],
    clusters: LevelColumn | None,
    df_resid: int,
    is_log: bool,
) -> tuple[str, ...]:
    """Sentences without a full stop, most important first. parts: `terms` and `errors` of the estimate."""
    found = [
        _unknown_errors(kind, parts),
        _few_clusters(kind, clusters),
        _few_rows(data, kind, df_resid),
        _no_log(data, is_log) or _doubtful_log(data),
        single_people(data, kind),
        *rows_left_out(data),
    ]
    return tuple(note for note in found if note)


def rows_left_out(data: Prepared) -> tuple[str, ...]:
    """Counts of rows without weight, and of rows alone in an absorbed level."""
    found = []
    if data.weightless:
        found.append(f"{data.weightless:,} rows of weight 0 were left out")
    if data.lonely:
        found.append(f"{data.lonely:,} rows were set aside because each is alone in a level of an absorbed factor")
    return tuple(found)


def _unknown_errors(kind: str, parts: Mapping[str, Any]) -> str:
    unknown = [name for name, error in zip(parts["terms"], parts["errors"], strict=True) if np.isnan(error)]
    if not unknown:
        return ""
    unit = "cluster" if kind in ("CR1", "CR2") else "row"
    shown = ", ".join(unknown[:8]) + (f" and {len(unknown) - 8} others" if len(unknown) > 8 else "")
    return f"no {kind} error can be told for {shown}: one {unit} alone decides the estimate and is met exactly"


def _few_clusters(kind: str, clusters: LevelColumn | None) -> str:
    if clusters is None or clusters[1] >= FEW_CLUSTERS:
        return ""
    advice = "; CR2 allows for that, CR1 does not" if kind == "CR1" else ""
    return f"there are {clusters[1]} clusters, and errors from fewer than ten are themselves uncertain{advice}"


def _few_rows(data: Prepared, kind: str, df_resid: int) -> str:
    if kind not in ("HC1", "HC3") or df_resid >= FEW_ROWS:
        return ""
    advice = "" if any(map(is_absorbed_key, data.groups)) else "; covariance='HC2' allows for that"
    return f"there are only {df_resid} rows more than coefficients, with which {kind} errors are biased{advice}"


def _no_log(data: Prepared, is_log: bool) -> str:
    if is_log:
        return ""
    return (
        f"the outcome {data.outcome_text} does not look like the natural logarithm of wages: coefficients are "
        "differences in its unit, not ratios"
    )


def _doubtful_log(data: Prepared) -> str:
    """A column that spreads as log wages do, but lies where they hardly ever lie."""
    if data.outcome_log:
        return ""
    median = float(np.median(data.outcome))
    if MEDIAN_LOGS[0] <= median <= MEDIAN_LOGS[1]:
        return ""
    return (
        f"the outcome {data.outcome_text} is taken for the natural logarithm of wages, whose median would be "
        f"exp({median:.3g}): where it is something else, percentages and ratios mean nothing"
    )


def single_people(data: Prepared, kind: str) -> str:
    """Terms of one row, whose residual is 0, so that errors made of residuals take it for no deviation; "" if none."""
    if kind not in MADE_OF_RESIDUALS:
        return ""
    alone = _single_rows(data)
    for (alias, labels), (codes, levels) in zip(data.encoding.levels.items(), data.factors, strict=True):
        counts = np.bincount(codes, minlength=levels)
        column = data.encoding.formula.shown(alias)
        alone += [f"{column} {label!r}" for label, count in zip(labels, counts, strict=True) if count == 1]
    if not alone:
        return ""
    shown = ", ".join(alone[:8]) + (f" and {len(alone) - 8} others" if len(alone) > 8 else "")
    return f"one row each is all there is of {shown}: {kind} errors take it for the true pay there, and are too small"


def _single_rows(data: Prepared) -> list[str]:
    """Numeric columns in which one row is other than all others; without a constant, other than 0."""
    first = int(data.has_intercept)
    # What all rows but one have is the median of any three.
    common = np.median(data.numeric[:3], axis=0) if data.has_intercept else np.zeros(data.numeric.shape[1])
    few = np.count_nonzero(data.numeric[:FIRST_ROWS] != common, axis=0) <= 1
    return [
        data.names[first + column]
        for column in np.flatnonzero(few).tolist()
        if np.count_nonzero(data.numeric[:, column] != common[column]) == 1
    ]
