"""Types of public signatures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array: TypeAlias = NDArray[np.float64]
"""Floats of any shape."""

Rng: TypeAlias = int | np.random.Generator | None
"""A seed, a generator whose state moves on, or None for fresh entropy of the system."""

Backend: TypeAlias = Literal["pandas", "polars", "pyarrow"]
"""Library of a table."""

Family: TypeAlias = Literal["curve", "lognormal", "weibull", "gamma", "loglogistic", "singh-maddala", "dagum", "gb2"]
"""The default curve, or a parametric family."""

Quantiles: TypeAlias = Mapping[float, float] | tuple[ArrayLike, ArrayLike]
"""Wages by probability, or probabilities and wages of shape (k,)."""

Bounds: TypeAlias = Mapping[float | Literal["mean"], float] | Mapping[float, float]
"""Lowest possible wages by probability; the key ``"mean"`` bounds the mean."""

Functional: TypeAlias = str | Callable[..., Any]
"""A method's name such as ``"ppf"``, or a function of a distribution."""

Weights: TypeAlias = Sequence[float] | NDArray[np.floating[Any]] | ArrayLike | None
"""Non-negative weights, such as employment; equal where None."""
