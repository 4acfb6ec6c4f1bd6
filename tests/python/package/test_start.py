"""What `import wagefit` leaves alone until it is needed: libraries that are optional or slow to import."""

from __future__ import annotations

import subprocess
import sys

from ..source_tree import LATE

# NumPy itself puts this one off until something is drawn.
NOT_IMPORTED = LATE | {"numpy.random"}


def test_import_leaves_optional_and_slow_libraries_alone() -> None:
    code = "import sys, wagefit; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert NOT_IMPORTED.isdisjoint(modules), NOT_IMPORTED.intersection(modules)


def test_import_reads_no_embedded_table() -> None:
    code = (
        "import wagefit; from wagefit.shared.embedded_tables import read_table; print(read_table.cache_info().misses)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "0\n"
