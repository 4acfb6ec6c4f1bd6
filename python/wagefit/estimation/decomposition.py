"""Decomposition: why two groups are paid differently.

`decompose` makes Oaxaca-Blinder decompositions of means, and of percentiles and the Gini coefficient by their
recentered influence functions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from wagefit import _core
from wagefit.errors import FactError
from wagefit.estimation.estimate import frozen
from wagefit.estimation.formulas import Prepared, prepare, written_out
from wagefit.shared.arguments import FloatArray, as_choice
from wagefit.shared.columns import column_of, complete_rows, level_codes
from wagefit.shared.frames import columns_of, make_frame
from wagefit.shared.read_only import ReadOnly, ReadOnlyResult

COMPONENTS = {
    "threefold": ("endowments", "coefficients", "interaction"),
    "pooled": ("explained", "unexplained"),
}
KINDS = {"threefold": _core.DecompositionKind.threefold, "pooled": _core.DecompositionKind.pooled}


@dataclass(frozen=True)
class GapDecomposition(ReadOnlyResult):
    """The gap between two groups, first less second, in parts that add up to it. Immutable. Association, not cause.

    Examples
    --------
    >>> import pandas as pd
    >>> rng = np.random.default_rng(1)
    >>> education = rng.choice(["school", "college"], 400)
    >>> log_wage = 10.5 + 0.3 * (education == "college") + 0.4 * rng.standard_normal(400)
    >>> workers = pd.DataFrame({"wage": np.exp(log_wage), "education": education, "sex": rng.choice(["f", "m"], 400)})
    >>> gap = wf.decompose(workers, "log(wage) ~ education", by="sex", groups=("m", "f"))
    >>> gap.groups, list(gap.components)
    (('m', 'f'), ['endowments', 'coefficients', 'interaction'])
    """

    formula: str
    statistic: str | float
    """"mean", "gini", or the probability of a percentile."""
    groups: tuple[Any, Any]
    """Labels of the first and the second group."""
    values: tuple[float, float]
    """The statistic in each group, in the outcome's unit."""
    nobs: tuple[int, int]
    gap: float
    """Difference of the groups' mean outcomes (mean recentered influences, up to smoothing the values' difference)."""
    gap_error: float
    components: Mapping[str, float]
    """Endowments, coefficients and interaction; or explained and unexplained. They add up to `gap`."""
    errors: Mapping[str, float]
    """Standard errors of the components."""
    terms: tuple[str, ...]
    """Terms of the equation, the levels of a factor taken together."""
    parts: FloatArray = field(repr=False)
    """Each term's part of each component, shape (terms, components)."""
    part_errors: FloatArray = field(repr=False)
    notes: tuple[str, ...] = ()
    """What a reader of the figures should know."""

    def to_frame(self, backend: str | None = None) -> Any:
        """A row a term, then the total: columns term, and a component and its error (``<component>_error``) each."""
        columns: dict[str, list[Any]] = {"term": [*self.terms, "total"]}
        for j, name in enumerate(self.components):
            columns[name] = [*self.parts[:, j].tolist(), self.components[name]]
            columns[f"{name}_error"] = [*self.part_errors[:, j].tolist(), self.errors[name]]
        return make_frame(columns, {"term": str, **dict.fromkeys(list(columns)[1:], float)}, backend)

    def summary(self) -> str:
        """The gap and its parts as text."""
        what = {"mean": "mean", "gini": "Gini coefficient"}.get(str(self.statistic), f"percentile {self.statistic}")
        first, second = self.groups
        lines = [
            f"{self.formula}: {what}, {first} ({self.nobs[0]:,}) less {second} ({self.nobs[1]:,})",
            f"{'values':14} {self.values[0]:10.5f} {self.values[1]:10.5f}",
            f"{'gap':14} {self.gap:10.5f} ({self.gap_error:.5f})",
        ]
        lines += [f"{name:14} {value:10.5f} ({self.errors[name]:.5f})" for name, value in self.components.items()]
        return "\n".join([*lines, *(f"Note: {note}." for note in self.notes)])


def decompose(
    frame: Any,
    formula: str,
    by: str,
    *,
    groups: tuple[Any, Any] | None = None,
    statistic: str | float = "mean",
    kind: str = "threefold",
    weights: Any = None,
    frequencies: Any = None,
) -> GapDecomposition:
    """Decomposes the gap between two groups into what they have and what it is worth (Blinder 1973, Oaxaca 1973).

    Parameters
    ----------
    frame, formula, weights, frequencies
        As for `wagefit.estimate_factors`; the formula has an intercept and does not hold `by`. With log wages the gap
        is in log points; for the Gini coefficient the outcome is the wage itself.
    by : str
        Column that says who is in which group.
    groups : (first, second), optional
        Two values of `by`; rows with others are left out. Where None, `by` has two values, and the group with
        the higher mean outcome comes first.
    statistic : "mean", "gini" or float
        What differs: a mean, a Gini coefficient, or the percentile of a probability strictly between 0 and 1. Beyond
        the mean, the outcome is replaced by the statistic's recentered influence function in each group (Firpo,
        Fortin and Lemieux 2009): a linear approximation.
    kind : {"threefold", "pooled"}
        Threefold, x means and b coefficients: endowments (x1 - x2) b2, coefficients x2 (b1 - b2), interaction
        (x1 - x2) (b1 - b2). Pooled: explained (x1 - x2) b*, unexplained the rest, b* the coefficients in both groups
        together beside an indicator of the group (Jann 2008).

    Returns
    -------
    GapDecomposition

    Raises
    ------
    FactError
        As for `wagefit.estimate_factors`, a group is unknown, there are not two, or a column does not vary
        independently within a group.

    Notes
    -----
    Standard errors are the root of the summed squares of every person's influence on the part, through means and
    coefficients: robust to heteroskedasticity, with means estimated; the density estimate of a percentile is
    taken as known. A factor's parts of `coefficients` and `unexplained` depend on which level is the reference.

    Examples
    --------
    >>> import pandas as pd
    >>> rng = np.random.default_rng(1)
    >>> education = rng.choice(["school", "college"], 400)
    >>> log_wage = 10.5 + 0.3 * (education == "college") + 0.4 * rng.standard_normal(400)
    >>> workers = pd.DataFrame({"wage": np.exp(log_wage), "education": education, "sex": rng.choice(["f", "m"], 400)})
    >>> gap = wf.decompose(workers, "log(wage) ~ education", by="sex")
    >>> round(gap.gap, 3) == round(sum(gap.components.values()), 3)
    True
    """
    as_choice("kind", kind, tuple(KINDS))
    only = None if groups is None else {by: _checked_groups(by, _values_of(frame, by), groups)}
    data = prepare(frame, formula, weights, {by: by}, frequencies=frequencies, only=only)
    if not data.has_intercept:
        raise FactError(f"formula is {formula!r}; expected an intercept")
    labels = _two_groups(by, data, groups)
    rows = [data.groups[by][0] == data.labels[by].index(label) for label in labels]
    weighed = [np.ascontiguousarray(data.weights[kept]) for kept in rows]
    influences = [_influence(statistic, data.outcome[kept], weight) for kept, weight in zip(rows, weighed, strict=True)]
    columns, _ = written_out(data)
    samples = [(np.asfortranarray(columns[rows[i]]), influences[i][1], weighed[i]) for i in range(2)]
    terms = tuple(dict.fromkeys(data.encoding.term_of))
    fit = _fit(samples, data, terms, kind)
    return GapDecomposition(
        formula=formula,
        statistic=statistic,
        groups=labels,
        values=(influences[0][0], influences[1][0]),
        nobs=(int(rows[0].sum()), int(rows[1].sum())),
        gap=fit.gap,
        gap_error=fit.gap_error,
        components=ReadOnly(dict(zip(COMPONENTS[kind], fit.totals.tolist(), strict=True))),
        errors=ReadOnly(dict(zip(COMPONENTS[kind], fit.total_errors.tolist(), strict=True))),
        terms=terms,
        parts=frozen(fit.parts),
        part_errors=frozen(fit.part_errors),
        notes=_notes(statistic, influences[0][0] - influences[1][0], fit),
    )


def _notes(statistic: str | float, difference: float, fit: _core.Decomposition) -> tuple[str, ...]:
    """A note where heaps make a gap of percentiles something else than the difference of the groups' percentiles."""
    if isinstance(statistic, str) or abs(fit.gap - difference) <= fit.gap_error:
        return ()
    return (
        f"the groups' values at percentile {statistic} differ by {difference:.5f} and the gap is {fit.gap:.5f}: many "
        "people have the very pay at which the percentile lies, and the gap counts how many are at or below it",
    )


def _fit(samples: Sequence[Any], data: Prepared, terms: tuple[str, ...], kind: str) -> _core.Decomposition:
    term_of = [terms.index(term) for term in data.encoding.term_of]
    try:
        return _core.decompose(first=samples[0], second=samples[1], terms=term_of, kind=KINDS[kind], names=data.names)
    except FactError as error:
        raise FactError(f"in one of the groups {error}") from error


def _two_groups(by: str, data: Prepared, groups: Sequence[Any] | None) -> tuple[Any, Any]:
    known = data.labels[by]
    shown = ", ".join(map(repr, known[:8]))
    if groups is None:
        if len(known) != 2:
            raise FactError(f"{by} has {len(known)} values: {shown}; expected two, or groups=(first, second)")
        codes = data.groups[by][0]
        means = [np.average(data.outcome[codes == j], weights=data.weights[codes == j]) for j in (0, 1)]
        return (known[0], known[1]) if means[0] >= means[1] else (known[1], known[0])
    return _checked_groups(by, known, groups)


def _values_of(frame: Any, by: str) -> tuple[Any, ...]:
    """The values that the column `by` has."""
    column = column_of(by, by, columns_of(frame))
    return level_codes(column[complete_rows([column], len(column))])[1]


def _checked_groups(by: str, known: tuple[Any, ...], groups: Sequence[Any]) -> tuple[Any, Any]:
    """FactError unless `groups` are two of the known ones."""
    if len(groups) != 2 or groups[0] == groups[1] or any(group not in known for group in groups):
        shown = ", ".join(map(repr, known[:8]))
        raise FactError(f"groups are {groups!r}; expected two of the values of {by}: {shown}")
    return groups[0], groups[1]


def _influence(statistic: Any, outcome: FloatArray, weights: FloatArray) -> tuple[float, FloatArray]:
    """The statistic and its recentered influence function."""
    if statistic == "mean":
        return _core.influence_of_mean(outcome, weights)
    if statistic == "gini":
        return _core.influence_of_gini(outcome, weights)
    if isinstance(statistic, str) or not 0.0 < statistic < 1.0:
        raise FactError(f"statistic is {statistic!r}; expected 'mean', 'gini' or a probability between 0 and 1")
    return _core.influence_of_quantile(outcome, weights, statistic)
