"""Fuzzes the readers of published tables and of saved cells: by Atheris where it is installed, else by a seeded loop.

python tests/fuzz/fuzz_readers.py [-runs=N] [-max_total_time=SECONDS] [-seed=N] [-artifact_prefix=PATH]

An input is a byte that picks the kind of file, and the file. Without Atheris inputs are intact files with bytes changed
at random, the same ones for the same seed; the input that is read wrong is kept in the file PATHcrash.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.python.damaged_files import changed, check, originals

KINDS = tuple(originals())


def input_of(name: str, content: bytes) -> bytes:
    """The fuzzer's input that stands for a file."""
    return bytes([KINDS.index(name)]) + content


def run_one(data: bytes) -> None:
    """Reads the file that an input stands for; raises where it is neither refused in words nor read right."""
    if data:
        check(KINDS[data[0] % len(KINDS)], bytes(data[1:]))


def run_many(arguments: list[str]) -> int:
    """Number of inputs that a seeded loop has run without a finding."""
    options = dict(argument.lstrip("-").split("=", 1) for argument in arguments)
    rng = random.Random(int(options.get("seed", 1)))
    end = time.monotonic() + float(options.get("max_total_time", "inf"))
    most = float(options.get("runs", "inf"))
    n = 0
    while n < most and time.monotonic() < end:
        name = rng.choice(KINDS)
        data = input_of(name, changed(originals()[name], rng))
        try:
            run_one(data)
        except BaseException:
            Path(options.get("artifact_prefix", "") + "crash").write_bytes(data)
            raise
        n += 1
    return n


def run_atheris(arguments: list[str]) -> None:
    """Hands the loop to Atheris, with the intact files as its corpus."""
    atheris = import_module("atheris")
    with tempfile.TemporaryDirectory() as corpus:
        for name, content in originals().items():
            (Path(corpus) / name).write_bytes(input_of(name, content))
        atheris.instrument_all()
        atheris.Setup([sys.argv[0], *arguments, corpus], run_one)
        atheris.Fuzz()


def main(arguments: list[str]) -> None:
    """Runs with the options of libFuzzer."""
    if find_spec("atheris"):
        run_atheris(arguments)
    else:
        print(f"{run_many(arguments)} runs without a finding")


if __name__ == "__main__":
    main(sys.argv[1:])
