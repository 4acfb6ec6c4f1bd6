"""From what a caller passes as `rng` to streams of random numbers."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

from wagefit.errors import FactError

Key: TypeAlias = tuple[int, int]
"""Two words of 64 bits that select one stream of the core's counter-based random numbers."""

WORD = 2**64
WEYL_STEP = 0x9E3779B97F4A7C15  # of SplitMix64; the core's row_stream takes the same step


def as_generator(rng: Any) -> np.random.Generator:
    """The generator of a seed, a generator itself, or one of fresh entropy for None; FactError for anything else."""
    try:
        return np.random.default_rng(rng)
    except (TypeError, ValueError) as error:
        expected = "expected a whole number of at least 0, a numpy.random.Generator or None"
        raise FactError(f"rng is {rng!r}; {expected}") from error


def stream_key(rng: Any) -> Key:
    """The key of the one stream that belongs to a seed; a generator moves on by two numbers."""
    high, low = as_generator(rng).integers(0, 2**63, size=2).tolist()
    return high, low


def row_key(key: Key, i: int) -> Key:
    """The key of row `i` of many distributions; that of row 0 is `key` itself."""
    return key[0], (key[1] + i * WEYL_STEP) % WORD
