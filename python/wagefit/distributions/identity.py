"""What determines a distribution, in a form that can be compared and hashed."""

from __future__ import annotations

from typing import Any

import numpy as np

from wagefit import _core


def identity(value: Any) -> Any:
    """`value` as nested tuples of plain values: equal for equal distributions of the core, NaN equal to NaN.

    A distribution of the core is its class and the state that it is pickled with.
    """
    if isinstance(value, float):
        return value if value == value else "nan"
    if isinstance(value, np.ndarray):
        return (value.shape, *map(identity, value.ravel().tolist()))
    if isinstance(value, (list, tuple)):
        return tuple(map(identity, value))
    if isinstance(value, _core.Distribution):
        return (type(value).__name__, identity(value.__getstate__()))
    return value
