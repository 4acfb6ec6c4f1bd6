"""Roots of many increasing functions at once."""

from __future__ import annotations

import numpy as np
from measures import Function

STEPS = 70  # halve any interval used here to the last bit


def bisected(f: Function, target: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Where the increasing function `f` reaches `target`, cell by cell; an end of the interval if it does not."""
    for _ in range(STEPS):
        middle = (low + high) / 2
        is_below = f(middle) < target
        low, high = np.where(is_below, middle, low), np.where(is_below, high, middle)
    return (low + high) / 2
