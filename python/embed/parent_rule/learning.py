"""The rule of the least errors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize

from parent_rule.errors import Rule, errors
from parent_rule.parts import Parts

START = {
    "lower_weight": 0.45,
    "middle_weight": 0.1,
    "upper_weight": 0.9,
    "upper_shift": -0.08,
    "upper_level": -0.28,
    "upper_scale": 0.0,
    "lower_factor": 0.35,
    "middle_factor": 0.8,
    "upper_factor": 0.4,
}
STEP = 0.1
WEIGHT_OF_MEAN = 4.0  # beside a percentile's: it is what a parent says most of
STEPS = 350


def learn(all_parts: Sequence[Parts]) -> Rule:
    """The rule with the least logs of the errors relative to those of cells alone, by simplex search."""
    alone = [errors(parts, None) for parts in all_parts]
    start = np.array(list(START.values()))

    def loss(values: np.ndarray) -> float:
        if min(values[-3:]) < 0.0:
            return np.inf
        rule = dict(zip(START, values, strict=True))
        return sum(
            parts.weight * _loss(errors(parts, rule), before) for parts, before in zip(all_parts, alone, strict=True)
        )

    simplex = np.vstack([start, start + STEP * np.eye(len(start))])
    found = minimize(
        loss, start, method="Nelder-Mead", options={"initial_simplex": simplex, "maxfev": STEPS, "adaptive": True}
    )
    return dict(zip(START, found.x.tolist(), strict=True))


def _loss(after: dict[str, np.ndarray], before: dict[str, np.ndarray]) -> float:
    """Weighted logs of the ratios of errors, median and mean absolute ones."""
    total = 0.0
    for name, each in after.items():
        ratios = [measure(abs(each)) / measure(abs(before[name])) for measure in (np.median, np.mean)]
        total += (WEIGHT_OF_MEAN if name == "mean" else 1.0) * float(np.log(ratios) @ [0.8, 0.2])
    return total
