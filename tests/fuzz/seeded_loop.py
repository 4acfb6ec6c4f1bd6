"""The loop of the fuzz targets in Python: by Atheris where it is installed, else inputs from a seed."""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path


def fuzz(
    run_one: Callable[[bytes], None], new_input: Callable[[random.Random], bytes], corpus: Iterable[bytes]
) -> None:
    """Runs with the options of libFuzzer that the targets name.

    Without Atheris `new_input` makes the inputs, the same ones for the same seed; the input on which `run_one` raises
    is kept in the file PATHcrash. A file that is named is run alone.
    """
    arguments = sys.argv[1:]
    files = [argument for argument in arguments if not argument.startswith("-")]
    if files:
        for file in files:
            run_one(Path(file).read_bytes())
    elif find_spec("atheris"):
        _run_atheris(arguments, run_one, corpus)
    else:
        print(f"{_run_seeded(arguments, run_one, new_input)} runs without a finding")


def _run_seeded(
    arguments: list[str], run_one: Callable[[bytes], None], new_input: Callable[[random.Random], bytes]
) -> int:
    options = dict(argument.lstrip("-").split("=", 1) for argument in arguments)
    rng = random.Random(int(options.get("seed", 1)))
    end = time.monotonic() + float(options.get("max_total_time", "inf"))
    most = float(options.get("runs", "inf"))
    n = 0
    while n < most and time.monotonic() < end:
        data = new_input(rng)
        try:
            run_one(data)
        except BaseException:
            Path(options.get("artifact_prefix", "") + "crash").write_bytes(data)
            raise
        n += 1
    return n


def _run_atheris(arguments: list[str], run_one: Callable[[bytes], None], corpus: Iterable[bytes]) -> None:
    atheris = import_module("atheris")
    with tempfile.TemporaryDirectory() as folder:
        for i, content in enumerate(corpus):
            (Path(folder) / str(i)).write_bytes(content)
        atheris.instrument_all()
        atheris.Setup([sys.argv[0], *arguments, folder], run_one)
        atheris.Fuzz()
