"""The shape that cells borrow from a parent distribution."""

from __future__ import annotations

from typing import Any

import numpy as np

from wagefit import _core
from wagefit.errors import FactError
from wagefit.shared.arguments import FloatArray


def parent_wages(like: Any, unit: str) -> FloatArray:
    """Wages at the normal scores by which the core knows a parent, shape (n_scores,), or (N, n_scores) of N parents.

    NaN where a parent has no distribution. FactError where `like` is no distribution, or one in another unit.
    """
    if not (hasattr(like, "isf") and hasattr(like, "unit")):
        raise FactError(f"like is {type(like).__name__}; expected a Distribution, or an Ensemble with one a cell")
    if like.unit != unit:
        raise FactError(f"like has the unit {like.unit}; expected {unit}, that of the facts")
    scores = _core.parent_scores(_core.shape_prior())
    low, high = like.ppf(_core.normal_cdf(scores[scores <= 0.0])), like.isf(_core.normal_sf(scores[scores > 0.0]))
    return np.ascontiguousarray(np.concatenate([low, high], axis=-1))
