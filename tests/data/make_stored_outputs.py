"""Writes stored_outputs.csv: the outputs of tests/python/stored_outputs.py, each with all its bits.

Run it where a change is meant to move outputs, and say in the commit which ones and why. WAGEFIT_INSTRUCTION_SET may
name any set: all give the same bits.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.python.stored_outputs import kernel_outputs, other_outputs

HERE = Path(__file__).resolve().parent


def main() -> None:
    """One line an output: its name, its place and the number in hexadecimal digits."""
    lines = ["name,place,value"]
    for name, values in [*kernel_outputs(), *other_outputs()]:
        lines += [f"{name},{i},{value.hex()}" for i, value in enumerate(values.tolist())]
    (HERE / "stored_outputs.csv").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
