"""Types of public signatures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes as Axes
    from matplotlib.figure import Figure as Figure
else:
    Axes = Figure = Any  # Matplotlib is optional and slow to import.

Array: TypeAlias = NDArray[np.float64]
"""Floats of any shape."""

Number: TypeAlias = float | np.floating[Any] | np.integer[Any]
"""One number: a float or int of Python, or a scalar of NumPy."""


class Series(Protocol):
    """A column of a table, or another object that gives an array."""

    def __array__(self) -> NDArray[Any]:
        """The values."""


class Column(Series, Protocol):
    """Values in a row: an array, or a column of a table."""

    def __len__(self) -> int:
        """Their number."""


class Table(Protocol):
    """A pandas.DataFrame, polars.DataFrame or pyarrow.Table."""

    @property
    def columns(self) -> Any:
        """Names or values of the columns."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Numbers of rows and columns."""


Numbers: TypeAlias = Sequence[Number] | NDArray[np.floating[Any]] | NDArray[np.integer[Any]] | Series
"""Numbers in a row, shape (n,): a list or tuple, an array, or a column of a table; unlike ArrayLike not text."""

Points: TypeAlias = Sequence[Number] | Sequence[Sequence[Number]] | Series
"""Where a method is evaluated, more than one point: a list, an array of any shape, a column of a table."""

Values: TypeAlias = float | Points
"""One point or many, or as many results."""

Rows: TypeAlias = slice | list[Any] | Column
"""Some of many rows: a slice, a mask, or a list of their numbers or names, also as an array or a column of a table."""

# In quotes: evaluated, it would import numpy.random, which NumPy itself puts off until it is used.
Rng: TypeAlias = "int | np.random.Generator | None"
"""A seed, a generator whose state moves on, or None for fresh entropy of the system."""

Backend: TypeAlias = Literal["pandas", "polars", "pyarrow"]
"""Library of a table."""

Family: TypeAlias = Literal["curve", "lognormal", "weibull", "gamma", "loglogistic", "singh-maddala", "dagum", "gb2"]
"""The default curve, or a parametric family."""

Quantiles: TypeAlias = Mapping[float, Number] | tuple[Numbers, Numbers]
"""Wages by probability, or probabilities and wages of shape (k,)."""


class Bounds(Protocol):
    """A mapping of lowest possible wages by probability; the key ``"mean"`` bounds the mean."""

    def items(self) -> Iterable[tuple[float | Literal["mean"], Number]]:
        """Probabilities, or ``"mean"``, with their wages."""


Functional: TypeAlias = str | Callable[..., Any]
"""A method's name such as ``"ppf"``, or a function of a distribution."""

Weights: TypeAlias = Sequence[float] | NDArray[np.floating[Any]] | ArrayLike | None
"""Non-negative weights, such as employment; equal where None."""
