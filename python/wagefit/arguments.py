"""Turns what a user passes into clean numbers, or says what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wagefit.errors import FactError

FloatArray = NDArray[np.float64]


def as_number(name: str, value: Any) -> float:
    """`value` as a float; FactError naming the argument when it is not one number."""
    array = np.asarray(value)
    if array.ndim or array.dtype.kind not in "iuf":
        raise FactError(f"{name} is {_shown(value)}; expected one number")
    return float(array)


def as_array(name: str, values: Any) -> FloatArray:
    """`values` (a scalar, list, array or series) as floats; FactError when they are not numbers."""
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise FactError(f"{name} is {_shown(values)}; expected numbers in a regular array") from error
    if array.size == 0 and array.dtype.kind in "fO":
        return array.astype(float)
    is_numeric = array.dtype.kind in "iuf" or (
        array.dtype.kind == "O" and all(isinstance(value, Real) for value in array.flat)
    )
    if not is_numeric:
        raise FactError(f"{name} is {_shown(values)}; expected numbers")
    return array.astype(float, copy=False)


def as_pairs(name: str, facts: Any) -> tuple[FloatArray, FloatArray]:
    """Probabilities and values of `{p: value, ...}` or `(p, values)`, each of shape (k,)."""
    if facts is None:
        return np.empty(0), np.empty(0)
    if isinstance(facts, Mapping):
        p = np.array([as_number(f"a probability of {name}", key) for key in facts], dtype=float)
        values = np.array([as_number(f"{name}[{key}]", facts[key]) for key in facts], dtype=float)
        return p, values
    if not isinstance(facts, (tuple, list)) or len(facts) != 2:
        raise FactError(f"{name} is {_shown(facts)}; expected a mapping {{p: value}} or a pair of arrays (p, values)")
    p, values = (as_array(f"{part} of {name}", side) for part, side in zip(("probabilities", "values"), facts))
    if p.ndim != 1 or p.shape != values.shape:
        raise FactError(f"{name} has probabilities of shape {p.shape} and values of shape {values.shape}; "
                        "expected two arrays of the same length")
    return p, values


def as_choice(name: str, value: Any, allowed: tuple[str, ...]) -> str:
    """`value` if it is one of `allowed`; FactError naming them otherwise."""
    if value not in allowed:
        raise FactError(f"{name} is {_shown(value)}; expected one of {', '.join(map(repr, allowed))}")
    return str(value)


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
