"""The accuracy benchmark as the tests of this room import it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator

import pytest

from ..source_tree import ROOT
from .importer import Importer


@pytest.fixture(scope="module")
def benchmark() -> Iterator[Importer]:
    """Imports the benchmark's modules, by their short names and for the time of these tests only."""
    before = set(sys.modules)
    folders = [str(ROOT / "benchmarks" / "accuracy"), str(ROOT / "python" / "embed")]
    sys.path[:0] = folders
    yield importlib.import_module
    del sys.path[: len(folders)]
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "") or "").startswith(tuple(folders)):
            del sys.modules[name]
