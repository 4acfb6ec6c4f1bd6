"""Runs the examples of the README and of docs and writes what they print below them; tests compare the two.

Usage: python docs/update_examples.py
"""

from __future__ import annotations

import io
import re
import shlex
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path

DOCS = Path(__file__).resolve().parent
PAGES = (DOCS.parent / "README.md", *sorted(DOCS.rglob("*.md")))
PYTHON = re.compile(r"```python\n(.*?)```\n\n```text\n.*?```", re.DOTALL)
SHELL = re.compile(r"```console\n(\$ wagefit .*?)```", re.DOTALL)


def python_example(match: re.Match[str]) -> str:
    """The block with what it prints."""
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(match[1], "example", "exec"), {})
    return f"```python\n{match[1]}```\n\n```text\n{stripped(printed.getvalue())}```"


def shell_example(match: re.Match[str]) -> str:
    """The session with what each command prints on a terminal of 80 columns."""
    commands = re.findall(r"^\$ wagefit (.*)$", match[1], flags=re.MULTILINE)
    return "```console\n" + "".join(f"$ wagefit {command}\n{output_of(command)}" for command in commands) + "```"


def output_of(command: str) -> str:
    """What the command line prints."""
    program = [sys.executable, "-m", "wagefit", *shlex.split(command)]
    done = subprocess.run(program, check=True, capture_output=True, encoding="utf-8")
    return stripped(done.stdout)


def stripped(text: str) -> str:
    """Lines without the blanks at their ends."""
    return "".join(f"{line.rstrip()}\n" for line in text.rstrip().splitlines())


if __name__ == "__main__":
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        page.write_text(SHELL.sub(shell_example, PYTHON.sub(python_example, text)), encoding="utf-8")
