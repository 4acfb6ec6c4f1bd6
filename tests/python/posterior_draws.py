"""What every posterior draw must do."""

from __future__ import annotations

import numpy as np

import wagefit as wf

GRID = np.concatenate([[0.0, 1e-9], np.linspace(0.001, 0.999, 200), [1 - 1e-9, 1.0]])


def assert_is_a_distribution(drawn: wf.Distribution) -> None:
    """Rising within the support, a finite density, and all probability accounted for."""
    wages = drawn.ppf(GRID)
    lower, upper = drawn.support()
    assert (wages[0], wages[-1]) == (lower, upper)
    assert np.all(np.diff(wages[np.isfinite(wages)]) >= 0)
    assert np.all(drawn.pdf(wages[1:-1]) >= 0)
    assert drawn.mean() > 0
