"""Labels of rows of any type: looked up, and as columns of a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wagefit.errors import FactError

FLAGS = (bool, np.bool_)
COLUMN_TYPES = (bool, int, float, str)


def label_rows(keys: NDArray[Any], labels: Sequence[Any]) -> list[int]:
    """Number of the row that each label names; FactError for one that is none of `keys`."""
    if keys.dtype.kind in "mM":  # which are equal to times of other types and other hashes
        found = [_first(_equal_times(keys, label)) for label in labels]
    else:
        numbers = {key: i for i, key in reversed(list(enumerate(as_scalars(keys))))}
        found = [_number(numbers, label) for label in labels]
    for label, number in zip(labels, found, strict=True):
        if number is None or isinstance(label, FLAGS) != isinstance(keys[number], FLAGS):
            raise no_group(label)
    return [number for number in found if number is not None]


def no_group(label: Any) -> FactError:
    """What is wrong with a label."""
    named = label.item() if isinstance(label, np.generic) and label.dtype.kind not in "mM" else label
    return FactError(f"{named!r} is no group with a distribution; expected one of keys")


def as_scalars(keys: NDArray[Any]) -> list[Any]:
    """Labels one by one; times as NumPy has them, which would become numbers where they count nanoseconds."""
    return list(keys) if keys.dtype.kind in "mM" else keys.tolist()


def as_plain(values: NDArray[Any]) -> list[Any]:
    """A column for a table: numbers and flags as they are, anything else as text, None where one is missing."""
    if values.dtype.kind == "M":
        days = np.datetime_as_string(values, unit="auto").tolist()
        return [None if day == "NaT" else day for day in days]
    plain: list[Any] = values.tolist()
    kinds = {type(value) for value in plain}
    if values.dtype.kind in "iufb" or (len(kinds) == 1 and kinds <= set(COLUMN_TYPES)):
        return plain
    return [None if value is None or value != value else str(value) for value in plain]


def _first(is_it: NDArray[np.bool_]) -> int | None:
    return int(np.argmax(is_it)) if is_it.any() else None


def _number(numbers: dict[Any, int], label: Any) -> int | None:
    try:
        return numbers.get(label)
    except TypeError:  # which cannot be hashed
        return None


def _equal_times(keys: NDArray[Any], label: Any) -> Any:
    return np.zeros(len(keys), dtype=bool) if isinstance(label, (str, bytes)) or np.ndim(label) else keys == label
