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


def as_positive(name: str, value: Any) -> float:
    """`value` as a float; FactError unless it is a finite number above 0."""
    number = as_number(name, value)
    if not 0.0 < number < float("inf"):
        raise FactError(f"{name} is {number:g}; expected a finite number above 0")
    return number


def as_probability(name: str, value: Any) -> float:
    """`value` as a float; FactError unless it is a number in [0, 1]."""
    number = as_number(name, value)
    if not 0.0 <= number <= 1.0:
        raise FactError(f"{name} is {number:g}; expected a probability in [0, 1]")
    return number


def as_count(name: str, value: Any, least: int = 0) -> int:
    """`value` as an int; FactError unless it is a whole number of at least `least`."""
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < least:
        raise FactError(f"{name} is {_shown(value)}; expected a whole number of at least {least}")
    return int(value)


def as_shape(name: str, value: Any) -> tuple[int, ...]:
    """`value`, None or a whole number or a sequence of them, as the shape of an array."""
    if value is None:
        return ()
    if np.ndim(value) == 0:
        return (as_count(name, value),)
    return tuple(as_count(f"{name}[{i}]", length) for i, length in enumerate(value))


def as_support(lower: Any, upper: Any) -> tuple[float, float]:
    """Ends of the support, 0 and infinity where None; FactError unless 0 <= lower < upper, lower finite."""
    low = 0.0 if lower is None else as_number("lower", lower)
    high = float("inf") if upper is None else as_number("upper", upper)
    if not 0.0 <= low < float("inf"):
        raise FactError(f"lower is {low:,g}; expected a finite wage of at least 0")
    if not low < high:
        raise FactError(f"upper is {high:,g}; expected a wage above lower, {low:,g}")
    return low, high


def as_unit(value: Any) -> str:
    """`value` if it names a unit; FactError otherwise."""
    if not isinstance(value, str) or not value:
        raise FactError(f"unit is {_shown(value)}; expected a name such as 'USD/year'")
    return value


def check_range(name: str, value: Any, low: float, high: float) -> None:
    """FactError unless `value` is a finite number of at least `low` and at most `high`."""
    if not (low <= as_number(name, value) <= high and np.isfinite(value)):
        end = f"and at most {high:g}" if np.isfinite(high) else "and finite"
        raise FactError(f"{name} is {value:g}; expected a number of at least {low:g} {end}")


def as_array(name: str, values: Any) -> FloatArray:
    """`values` (a scalar, list, array or series) as floats; FactError when they are not numbers."""
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise FactError(f"{name} is {_shown(values)}; expected numbers in a regular array") from error
    if array.size == 0 and array.dtype.kind in "fO":
        return array.astype(float)
    is_numeric = array.dtype.kind in "iuf" or (
        array.dtype.kind == "O" and all(isinstance(value, Real) and not isinstance(value, bool) for value in array.flat)
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
    p, values = as_array(f"probabilities of {name}", facts[0]), as_array(f"values of {name}", facts[1])
    if p.ndim != 1 or p.shape != values.shape:
        raise FactError(
            f"{name} has probabilities of shape {p.shape} and values of shape {values.shape}; "
            "expected two arrays of the same length"
        )
    return p, values


def as_choice(name: str, value: Any, allowed: tuple[str, ...]) -> str:
    """`value` if it is one of `allowed`; FactError naming them otherwise."""
    if not isinstance(value, str) or value not in allowed:
        raise FactError(f"{name} is {_shown(value)}; expected one of {', '.join(map(repr, allowed))}")
    return value


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
