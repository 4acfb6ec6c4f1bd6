"""The learned prior in the form that the core takes."""

from __future__ import annotations

from shape_prior.knots import SCORES
from shape_prior.shape import Shape
from wagefit import _core


def core_prior(shape: Shape) -> _core.ShapePrior:
    """The core's prior with its learned part replaced by `shape`."""
    return _core.ShapePrior(
        z=SCORES,
        mean=shape.mean,
        mean_alone=shape.mean_alone,
        mean_by_scale=shape.mean_by_scale,
        shape=shape.covariance,
        interval_factor=shape.interval_factor,
    )
