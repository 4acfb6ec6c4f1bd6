"""Ctrl-C in a command."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(sys.platform == "win32", reason="signals are others there")
def test_an_interrupt_has_its_own_status_wherever_it_comes(tmp_path: Path) -> None:
    """In text that is being executed as well, where Python would end a module that is run by the signal."""
    for interrupt in ("raise KeyboardInterrupt", "exec('raise KeyboardInterrupt')"):
        code = f"def interrupted(**_): {interrupt}\n"
        (tmp_path / "run.py").write_text(f"import wagefit.shell.cli as cli\n{code}cli.app = interrupted\ncli.main()\n")
        assert subprocess.run([sys.executable, "-m", "run"], cwd=tmp_path, check=False).returncode == 130
