"""Turns what a user passes into clean numbers, or says what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wagefit.errors import FactError
from wagefit.shared.messages import shown
from wagefit.shared.numbers import is_missing, is_number, read_number

FloatArray = NDArray[np.float64]

TOP_CODED = "#"


def as_number(name: str, value: Any) -> float:
    """`value` as a float; FactError naming the argument when it is not one number."""
    array = np.asarray(value)
    is_masked = isinstance(value, np.ma.MaskedArray) and bool(np.ma.getmaskarray(value).any())
    if array.ndim or is_masked or (array.dtype.kind not in "iuf" and not isinstance(value, Decimal)):
        raise FactError(f"{name} is {shown(value)}; expected one number")
    return float(array)


def as_figure(name: str, value: Any) -> float:
    """A published figure as a float: a number, or text such as ``$44,010``; FactError naming the argument otherwise."""
    if not isinstance(value, str):
        return as_number(name, value)
    number = read_number(value)
    if number is None:
        raise FactError(f"{name} is {shown(value)}; expected one number{_hint(value)}")
    return number


def require_text(name: str, value: Any, expected: str) -> None:
    """FactError unless `value` is text; `expected` says what the argument holds."""
    if not isinstance(value, str):
        raise FactError(f"{name} is {shown(value)}; expected text: {expected}")


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
        raise FactError(f"{name} is {shown(value)}; expected a whole number of at least {least}")
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
    low = 0.0 if lower is None else as_figure("lower", lower)
    high = float("inf") if upper is None else as_figure("upper", upper)
    if not 0.0 <= low < float("inf"):
        raise FactError(f"lower is {low:,g}; expected a finite wage of at least 0")
    if not low < high:
        raise FactError(f"upper is {high:,g}; expected a wage above lower, {low:,g}")
    return low, high


def check_range(name: str, value: Any, low: float, high: float) -> None:
    """FactError unless `value` is a finite number of at least `low` and at most `high`."""
    if not (low <= as_number(name, value) <= high and np.isfinite(value)):
        end = f"and at most {high:g}" if np.isfinite(high) else "and finite"
        raise FactError(f"{name} is {value:g}; expected a number of at least {low:g} {end}")


def as_array(name: str, values: Any) -> FloatArray:
    """`values` (a scalar, list, array or series) as floats, NaN where missing or masked; FactError if no numbers."""
    return _floats(name, values, _number)


def as_figures(name: str, values: Any) -> FloatArray:
    """Published figures as floats, as `as_array`; text such as ``$44,010`` is read as the number that it writes."""
    return _floats(name, values, _figure)


def unmasked(values: Any) -> NDArray[Any]:
    """`values` as an array in which masked numbers are NaN, and anything else that is masked None.

    NumPy itself drops the mask of a masked array where it makes an array of it, and takes what the mask hides.
    """
    array = np.asarray(values)
    if not isinstance(values, np.ma.MaskedArray):
        return array
    hidden = np.ma.getmaskarray(values)
    shown = array.astype(float if array.dtype.kind in "iuf" else object)
    shown[hidden] = np.nan if shown.dtype.kind == "f" else None
    return shown


def _floats(name: str, values: Any, read: Callable[[Any], float]) -> FloatArray:
    try:
        array = unmasked(values)
    except ValueError as error:
        raise FactError(f"{name} is {shown(values)}; expected numbers in a regular array") from error
    if array.dtype.kind in "iuf":
        return array.astype(float, copy=False)
    if array.dtype.kind not in "OUT":
        raise FactError(f"{name} is {shown(values)}; expected numbers")
    numbers = np.empty(array.shape)
    for index, value in np.ndenumerate(array):
        numbers[index] = _element(name, index, value, read)
    return numbers


def _element(name: str, index: tuple[int, ...], value: Any, read: Callable[[Any], float]) -> float:
    try:
        return read(value)
    except (TypeError, ValueError):
        where = f"{name}[{', '.join(map(str, index))}]" if index else name
        raise FactError(f"{where} is {shown(value)}; expected numbers{_hint(value)}") from None


def _number(value: Any) -> float:
    """A number as a float, a missing one of a table NaN; ValueError or TypeError for anything else, None among them."""
    if is_number(value):
        return float(value)
    if value is None or isinstance(value, str) or not is_missing(value):
        raise ValueError(value)
    return np.nan


def _figure(value: Any) -> float:
    """A number, or text that writes one, as a float, NaN for None too; ValueError or TypeError for anything else."""
    number = _number(value) if not (value is None or isinstance(value, str)) else _written(value)
    if number is None:
        raise ValueError(value)
    return number


def _written(value: str | None) -> float | None:
    return np.nan if value is None or is_missing(value) else read_number(value)


def _hint(value: Any) -> str:
    """What a mark of published tables means, where a number belongs."""
    is_coded = isinstance(value, str) and value.strip() == TOP_CODED
    return ": # stands for a wage at or above the top code, which belongs in at_least" if is_coded else ""


def as_pairs(name: str, facts: Any) -> tuple[FloatArray, FloatArray]:
    """Probabilities and values of `{p: value, ...}` or `(p, values)`, each of shape (k,)."""
    if facts is None:
        return np.empty(0), np.empty(0)
    if isinstance(facts, Mapping):
        p = np.array([as_number(f"a probability of {name}", key) for key in facts], dtype=float)
        values = np.array([as_figure(f"{name}[{key}]", facts[key]) for key in facts], dtype=float)
        return p, values
    if not isinstance(facts, (tuple, list)) or len(facts) != 2:
        raise FactError(f"{name} is {shown(facts)}; expected a mapping {{p: value}} or a pair of arrays (p, values)")
    p, values = as_array(f"probabilities of {name}", facts[0]), as_figures(f"values of {name}", facts[1])
    if p.ndim != 1 or p.shape != values.shape:
        raise FactError(
            f"{name} has probabilities of shape {p.shape} and values of shape {values.shape}; "
            "expected two arrays of the same length"
        )
    return p, values


def as_choice(name: str, value: Any, allowed: tuple[str, ...]) -> str:
    """`value` if it is one of `allowed`; FactError naming them otherwise."""
    if not isinstance(value, str) or value not in allowed:
        raise FactError(f"{name} is {shown(value)}; expected one of {', '.join(map(repr, allowed))}")
    return value
