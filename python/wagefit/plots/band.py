"""The band around a drawn line: what the facts leave open at each of its points."""

from __future__ import annotations

import numpy as np

from wagefit.plots.figures import SHADE
from wagefit.shared.arguments import FloatArray
from wagefit.shared.protocols import UncertainDistribution
from wagefit.shared.types import Axes


def draw_band(
    ax: Axes, pay: UncertainDistribution, method: str, at: FloatArray, level: float | None, along: FloatArray
) -> float:
    """Shades the pointwise credible band of a method at `at`, over the abscissas `along`; its highest point, else 0.

    There is none where `level` is None, or where it is unknown how uncertain the distribution is.
    """
    if level is None or pay.posterior is None:
        return 0.0
    low, high = pay.credible(method, at, level=level)
    if not np.isfinite(high).all():
        return 0.0
    ax.fill_between(along, low, high, color=SHADE, alpha=0.8, lw=0)
    return float(high.max())
