"""Processor time of starting: NumPy alone, `import wagefit` above it, the command `wagefit`; what each import costs.

Run as `python benchmarks/startup [RUNS]`. User and system time of fresh processes, the least of RUNS (20) of each,
taken in turns so that a busy machine is fair to all. Then the ten imports that cost the most by themselves.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys

STARTS = {
    "python": "pass",
    "import numpy": "import numpy",
    "import wagefit": "import wagefit",
    "import wagefit, narwhals": "import wagefit, narwhals",
    "wagefit --version": "from wagefit.shell.cli import main; import sys; sys.argv = ['wagefit', '--version']; main()",
    "wagefit": "from wagefit.shell.cli import main; import sys; sys.argv = ['wagefit']; main()",
}
SHOWN = 10


def processor_seconds(code: str) -> float:
    """User and system time of a fresh interpreter that runs `code`."""
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{code!r} ended with status {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def least_of_runs(runs: int) -> dict[str, float]:
    """The least processor time of each start."""
    rounds = [{name: processor_seconds(code) for name, code in STARTS.items()} for _ in range(runs)]
    return {name: min(round_[name] for round_ in rounds) for name in STARTS}


def import_costs(runs: int) -> dict[str, int]:
    """Microseconds that each module takes by itself when wagefit is imported after NumPy, the least of `runs`."""
    least: dict[str, int] = {}
    for _ in range(runs):
        command = [sys.executable, "-X", "importtime", "-c", "import numpy; print(flush=True); import wagefit"]
        lines = subprocess.run(command, capture_output=True, text=True, check=True).stderr.splitlines()
        numpy = next(i for i, line in enumerate(lines) if re.search(r"\| numpy$", line))
        for cost, module in re.findall(r"import time: +(\d+) \| +\d+ \| +(\S+)", "\n".join(lines[numpy + 1 :])):
            least[module] = min(int(cost), least.get(module, int(cost)))
    return least


def main() -> None:
    """Prints both tables."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    times = least_of_runs(runs)
    print(f"{'processor time, ms':34}{'in all':>8}{'above NumPy':>14}")
    for name, seconds in times.items():
        print(f"{name:34}{1e3 * seconds:8.0f}{1e3 * (seconds - times['import numpy']):14.0f}")
    costs = sorted(import_costs(runs).items(), key=lambda item: -item[1])
    total = sum(cost for _, cost in costs)
    print(f"\nimports of wagefit after NumPy: {len(costs)} modules, {total / 1e3:.0f} ms of wall time")
    for module, cost in costs[:SHOWN]:
        print(f"{module:34}{cost / 1e3:8.1f}")


main()
