"""Where the functions of a module of JavaScript begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

FUNCTION = re.compile(r"^( *)(?:export )?(?:(?:async )?function\*? \w+|(?:get )?\w+)\([^)]*\) \{$")


def bodies(path: Path) -> Iterator[tuple[str, int]]:
    """First line and number of lines of each function and method of a module."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for i, line in enumerate(lines):
        found = FUNCTION.match(line)
        if found and not re.match(r" *(if|for|while|switch)\b", line):
            end = next(j for j in range(i, len(lines)) if lines[j].startswith(f"{found[1]}}}"))
            yield line.strip(), end - i - 1
