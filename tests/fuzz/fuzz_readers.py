"""Fuzzes the readers of published tables and of saved cells.

python tests/fuzz/fuzz_readers.py [-runs=N] [-max_total_time=SECONDS] [-seed=N] [-artifact_prefix=PATH] [FILE]

An input is a byte that picks the kind of file, and the file. Inputs from a seed are intact files with bytes changed at
random.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from seeded_loop import fuzz
from tests.python.damaged_files import changed, check, originals

KINDS = tuple(originals())


def input_of(name: str, content: bytes) -> bytes:
    """The fuzzer's input that stands for a file."""
    return bytes([KINDS.index(name)]) + content


def changed_input(rng: random.Random) -> bytes:
    """One of the intact files with bytes changed."""
    name = rng.choice(KINDS)
    return input_of(name, changed(originals()[name], rng))


def run_one(data: bytes) -> None:
    """Reads the file that an input stands for; raises where it is neither refused in words nor read right."""
    if data:
        check(KINDS[data[0] % len(KINDS)], bytes(data[1:]))


if __name__ == "__main__":
    fuzz(run_one, changed_input, (input_of(name, content) for name, content in originals().items()))
