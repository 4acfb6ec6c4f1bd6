"""Fuzzes `fit_brackets`: gaps, open ends and means of any kind, which fuzz_brackets.cpp, below it, does not reach.

python tests/fuzz/fuzz_bracket_sets.py [-runs=N] [-max_total_time=SECONDS] [-seed=N] [-artifact_prefix=PATH] [FILE]
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from seeded_loop import fuzz
from tests.python.bracket_sets import check

LONGEST_INPUT = 80  # nine brackets and a mean take at most 63 bytes


def any_input(rng: random.Random) -> bytes:
    """Any bytes."""
    return rng.randbytes(rng.randrange(8, LONGEST_INPUT))


if __name__ == "__main__":
    fuzz(check, any_input, [bytes(LONGEST_INPUT)])
