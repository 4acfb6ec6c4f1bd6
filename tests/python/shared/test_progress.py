"""Bars of long work: on a terminal and after a while only, and gone when the work is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ..terminals import on_terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")

SETUP = """
import numpy as np, wagefit as wf
from wagefit.shared import progress
cells = wf.fit_many(mean=[44_010.0] * 300, quantiles={0.5: [40_350.0] * 300})
progress.PATIENCE, progress.PAUSE = PATIENCE, 0.0
"""
# What can take long, and what its bar says.
WORK = {
    "cells.mixture()": "mixing",
    "cells.mixture(by=np.arange(300) % 7)": "mixing",
    "cells.truncate(10_000)": "transforming",
    "wf.ensemble.RowEnsemble(list(cells.rows())).std()": "std",
    "wf.ensemble.RowEnsemble(list(cells.rows())).ppf([0.1, 0.9])": "ppf",
    "cells[:9].credible('gini', draws=20)": "credible",
    "cells[:30].posterior_draws(9)": "drawing",
    "cells.rvs(300_000, rng=1)": "drawing 300,000 wages of 300 cells",
    "wf.Career.health_information().simulate(30, 60_000)": "simulating 60,000 careers",
}


def run(code: str, folder: Path) -> tuple[int, bytes]:
    """Exit status of a program, and what it writes to a terminal."""
    return on_terminal([sys.executable, "-c", code], folder)


@pytest.mark.parametrize("work", WORK)
def test_long_work_shows_a_bar(work: str, tmp_path: Path) -> None:
    status, written = run(SETUP.replace("= PATIENCE", "= 0.0") + work, tmp_path)
    assert status == 0
    assert WORK[work].encode() in written
    assert written.rstrip().endswith((b"\x1b[?25h", b"\x1b[2K", b"\x1b[1A"))  # the cursor is back and the bar is gone


def test_short_work_shows_none(tmp_path: Path) -> None:
    status, written = run(SETUP.replace("= PATIENCE", "= 60.0") + "\n".join(WORK), tmp_path)
    assert (status, written) == (0, b"")


def test_no_bar_without_a_terminal(tmp_path: Path) -> None:
    code = SETUP.replace("= PATIENCE", "= 0.0") + "cells.mixture(); cells.rvs(300_000, rng=1)"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_an_interrupt_takes_the_bar_away(tmp_path: Path) -> None:
    code = SETUP.replace("= PATIENCE", "= 0.0") + (
        "try:\n"
        "    with progress.watch_loop('loop', 9) as advance:\n"
        "        advance(1)\n"
        "        raise KeyboardInterrupt\n"
        "except KeyboardInterrupt: pass\n"
        "try:\n"
        "    with progress.watch_call('call'):\n"
        "        import time; time.sleep(0.3)\n"
        "        raise KeyboardInterrupt\n"
        "except KeyboardInterrupt: pass\n"
    )
    status, written = run(code, tmp_path)
    assert status == 0
    assert b"loop" in written
    assert b"call" in written
    assert written.count(b"\x1b[?25l") == written.count(b"\x1b[?25h") == 2  # the cursor is hidden and shown again
