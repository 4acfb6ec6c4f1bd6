"""Columns of whole numbers and texts as bytes that compress well, and back."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Integers = NDArray[np.int64]

SEPARATOR = "\n"


def pack(values: Integers) -> Bytes:
    """Whole numbers as bytes, shape (k, n) with the k <= 4 that the numbers need; `unpack` restores them.

    The numbers are replaced by the differences from one to the next, 0, -1, 1, -2, 2, ... by 0, 1, 2, 3, 4, ..., and
    the bytes of equal weight lie together.

    Parameters
    ----------
    values : ndarray of int, shape (n,)
        Neighbors differ by less than 2**31.
    """
    differences = np.diff(values, prepend=0)
    unsigned = np.where(differences < 0, -2 * differences - 1, 2 * differences)
    assert unsigned.max(initial=0) < 2**32
    planes = [unsigned >> shift & 0xFF for shift in (0, 8, 16, 24)]
    return np.array([plane for i, plane in enumerate(planes) if i == 0 or any(map(np.any, planes[i:]))], dtype=np.uint8)


def unpack(planes: Bytes) -> Integers:
    """The whole numbers that `pack` made bytes of, shape (n,)."""
    unsigned = planes[0].astype(np.int64)
    for i, plane in enumerate(planes[1:], 1):
        unsigned |= plane.astype(np.int64) << 8 * i
    values: Integers = np.cumsum((unsigned >> 1) ^ -(unsigned & 1))
    return values


def pack_texts(texts: Sequence[str]) -> Bytes:
    """Texts without line breaks as bytes."""
    return np.frombuffer(SEPARATOR.join(texts).encode(), dtype=np.uint8)


def unpack_texts(packed: Bytes) -> list[str]:
    """The texts that `pack_texts` made bytes of."""
    return packed.tobytes().decode().split(SEPARATOR)
