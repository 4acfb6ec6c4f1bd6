"""What every fitted curve must do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import wagefit as wf

from .oracles import EPS, EXACT

# Wages are logs turned back by exp: two that are equal but for rounding may come out in the wrong order by this much.
ROUNDING = 4 * EPS


def assert_facts_are_met(pay: wf.Distribution, arguments: dict[str, Any]) -> None:
    """Quantiles and mean to 1e-10, bounds respected, the same figures in the diagnostics."""
    facts = pay.diagnostics.facts
    for p, q in facts.quantiles:
        assert pay.ppf(p) == pytest.approx(q, rel=EXACT)
        assert pay.diagnostics.residuals[p] == pay.ppf(p) / q - 1
    for p, q in facts.at_least:
        assert pay.ppf(p) >= q * (1 - EXACT)
    if facts.mean is not None:
        assert pay.mean() == pytest.approx(facts.mean, rel=EXACT)
        assert pay.diagnostics.reproduced["mean"] == pay.mean()
    if facts.mean_at_least is not None:
        assert pay.mean() >= facts.mean_at_least * (1 - EXACT)
    assert pay.support() == (arguments.get("lower", 0.0), arguments.get("upper", np.inf))


def assert_is_a_distribution(pay: wf.Distribution, probabilities: Any) -> None:
    """Wages ascend with probability, stay in the support, and have a density wherever they rise."""
    p = np.unique(np.concatenate([[0.0, 1e-6, 1 - 1e-6, 1.0], np.linspace(0.001, 0.999, 333), probabilities]))
    x = pay.ppf(p)
    assert not np.isnan(x).any()
    lower, upper = pay.support()
    assert (x[0], x[-1]) == (lower, upper)
    assert np.all((x >= lower) & (x <= upper))
    below, above = x[:-1][np.isfinite(x[1:])], x[1:][np.isfinite(x[1:])]
    assert np.all(above >= below * (1 - ROUNDING))
