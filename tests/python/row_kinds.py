"""Many distributions of every kind, and what each of their rows must give."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import wagefit as wf
from wagefit.ensemble import MixtureEnsemble, RowEnsemble

from .cells import PERCENTILES
from .oracles import EPS, EXACT

# Scaled cells are evaluated as k f(x / k) instead of from scaled knots: another rounding of the wage, which a steep
# curve passes on: d log f / d log x is up to 600 in the tails of the tied cell.
SCALED = 2_000 * EPS
# A difference of Lorenz shares beside a sum over the part: cancellation of at most a twentieth.
BETWEEN = 1e-12
MEANS = [44_010, 50_150, np.nan, 46_590]

QUANTILES = np.array(
    [
        (26_550, 32_070, 40_350, 52_730, 66_260),
        (43_870, 51_040, 51_040, 52_170, 53_080),  # an atom
        (np.nan,) * 5,  # nothing published
        (27_820, 33_760, 42_630, 56_000, 71_150),
    ]
)


def fitted(unit: str = "USD/year") -> wf.Ensemble:
    return wf.fit_many(mean=MEANS, quantiles=dict(zip(PERCENTILES, QUANTILES.T, strict=True)), unit=unit)


def grouped() -> MixtureEnsemble:
    groups = fitted().mixture(by=["a", "b", "c", "a"], weights=[3, 1, 1, 1])
    assert isinstance(groups, MixtureEnsemble)
    return groups


KINDS: dict[str, Callable[[], Any]] = {
    "ensemble": fitted,
    "scaled ensemble": lambda: fitted().scale(1.07),
    "hourly ensemble": lambda: fitted().to_hourly(),
    "mixtures": grouped,
    "truncated": lambda: fitted().truncate(20_000, 90_000),
    "tailed": lambda: fitted()[[0, 2, 3]].with_pareto_tail(0.9, 0.3),
    "rows": lambda: RowEnsemble([fitted()[0], None, wf.fit(mean=44_010, quantiles={0.9: 63_820}, family="lognormal")]),
}


def tolerance(many: Any, method: str) -> float:
    """Relative; 0 where the results have the same bits."""
    is_core = isinstance(many, wf.Ensemble)
    if is_core and method == "mean_between":
        return BETWEEN
    is_as_fitted = many.mean()[0] == pytest.approx(MEANS[0], rel=EXACT)
    return 0.0 if is_as_fitted or not is_core else SCALED


def labels(many: Any) -> list[Any]:
    return list(many.keys) if isinstance(many, MixtureEnsemble) else list(range(len(many)))


def assert_rows(many: Any, found: Any, expected: Callable[[wf.Distribution], Any], rel: float) -> None:
    """Row i of `found` is what distribution i gives; NaN where there is none."""
    assert len(found) == len(many)
    for result, row in zip(found, many.rows(), strict=True):
        if row is None:
            assert np.isnan(result).all()
        else:
            np.testing.assert_allclose(result, expected(row), rtol=rel, atol=0.0)
