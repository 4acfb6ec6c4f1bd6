"""What a program writes to a terminal, where there are pseudo-terminals."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path


def on_terminal(command: Sequence[str], folder: Path) -> tuple[int, bytes]:
    """Exit status of a program run in a folder, and all that it writes to a terminal as its standard error."""
    import pty

    terminal, end = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "120"}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=end, cwd=folder, env=environment) as running:
        os.close(end)
        written = b""
        try:
            while block := os.read(terminal, 10_000):
                written += block
        except OSError:  # how Linux ends the output of a terminal that nobody writes to any more
            pass
    os.close(terminal)
    return running.returncode, written
