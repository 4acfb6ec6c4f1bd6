"""wagefit beside other packages on the same real cells: python benchmarks/peers [DATA] [--cells N]."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[1:1] = [str(ROOT / "benchmarks" / "accuracy"), str(ROOT / "python" / "embed")]
for name in ("OMP", "OPENBLAS", "MKL", "NUMBA", "RAYON"):  # before the libraries that read it are imported
    os.environ.setdefault(f"{name}_NUM_THREADS", "1")

import distributions  # noqa: E402
import packages  # noqa: E402
import real_cells  # noqa: E402
import wage_tasks  # noqa: E402
import wages  # noqa: E402

import wagefit as wf  # noqa: E402

HEAD = """{n} published rows of years that the prior has not seen, five percentiles and the mean{groups}
answers, P met, mean: percent of rows that are distributions, meet the five percentiles and the mean to {met:.1%}
P10 to P90: median absolute error in percent of a percentile left out, from the other four and the mean
groups: root mean square error over wagefit's, geometric mean of eight measures; us: a fit and five quantiles, a row
"""


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python benchmarks/peers", description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=os.environ.get("WAGEFIT_DATA"), help="has microdata/")
    parser.add_argument("--cells", type=int, default=200, help="published rows, and groups of people, at most")
    return parser.parse_args()


def print_setting() -> None:
    """Machine and versions."""
    print(f"wagefit {wf.__version__}; Python {platform.python_version()}", end="; ")
    print(f"{platform.machine()}, {os.cpu_count()} cores, one thread")
    print(*packages.described(), sep="\n")


def main() -> None:
    """Prints the table and where wagefit is behind."""
    options, start = arguments(), time.perf_counter()
    data = Path(options.data) if options.data else None
    print_setting()
    rows = real_cells.embedded_rows(options.cells)
    held_out = real_cells.held_out_groups(data, options.cells) if data else None
    groups = f"; {len(held_out.groups.wages)} groups of people" if held_out else "; no microdata at hand"
    print("\n" + HEAD.format(n=len(rows.mean), groups=groups, met=distributions.MET))
    standings = distributions.league(rows, held_out)
    distributions.print_table(standings)
    samples = [real_cells.embedded_sample()] + ([real_cells.cps_1988(data)] if data else [])
    print()
    duels = wages.duels([task for sample in samples for task in wage_tasks.tasks(sample)])
    wages.print_table(duels)
    lines = distributions.behind(standings) + wages.behind(duels)
    print("\nwagefit is behind:", *(lines or ["nowhere"]), sep="\n  ")
    print(f"\n{time.perf_counter() - start:,.0f} seconds")


if __name__ == "__main__":
    main()
