"""Runs a compiler or linker and adds a line to a file: the processor seconds it took, and what it made.

CMake calls it as a launcher: `python timed.py FILE COMPILER ARGUMENTS...`.
"""

import resource
import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Returns the exit code of the command."""
    file, command = Path(sys.argv[1]), sys.argv[2:]
    code = subprocess.call(command)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    output = command[command.index("-o") + 1] if "-o" in command else " ".join(command[-2:])
    with file.open("a") as lines:
        lines.write(f"{used.ru_utime + used.ru_stime:.2f}\t{output}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
