"""How near the fitted curves come to wages they never saw: python benchmarks/accuracy DATA."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[1:1] = [str(ROOT / "python" / "embed")]

import left_out  # noqa: E402
import microdata  # noqa: E402
import top_codes  # noqa: E402
from methods import BASELINES  # noqa: E402
from shape_prior.groups import LEAST_SIZE, read_groups  # noqa: E402
from shape_prior.published import read_releases  # noqa: E402
from shape_prior.training import YEARS  # noqa: E402

FIRST = """1. Groups of people in the microdata, rebuilt from P10, P25, P50, P75, P90 and the mean

Groups: at least {least} people of one source, split by education, experience, sex, union, job title and so on, so that
they overlap; unweighted, positive wages, type-7 quantiles; {n} groups of {sources} sources. The curve's prior is
learned anew without the source scored, from the others and {rows:,} national rows of {first}-{last}.
Root mean square error over groups, in percent of the truth; / piecewise and / lognormal: geometric mean over the eight
measures of the ratio of these errors to that of the piecewise lognormal with the mean, and to the lognormal's.
"""
SECOND = """
2. National rows with one percentile left out, predicted from the other four and the mean

Every row of the workbooks with five ascending percentiles, aggregates included; the prior's rows end in {last}.
Regression: of the log on the other logs, {folds} folds, rows with the same values in one fold. PCHIP interpolates only.
"""
THIRD = """
3. Top codes imposed on rows that have none: 2014-2020, the mean published

The code lies below the lowest hidden percentile, by 5 % of it or by half the distance to the percentile shown below it,
whichever is less. Median absolute error in percent.
"""


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python benchmarks/accuracy", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with microdata/ and oews/")
    parser.add_argument("--draws", type=int, default=200, help="posterior draws a group; 0 leaves coverage out")
    parser.add_argument("--verbose", action="store_true", help="also by source")
    return parser.parse_args()


def print_first(options: argparse.Namespace) -> None:
    """The table of the microdata."""
    groups, rows = read_groups(options.data), read_releases(options.data, YEARS)
    print(
        FIRST.format(
            least=LEAST_SIZE,
            n=len(groups.wages),
            sources=len(set(groups.source)),
            rows=len(rows),
            first=YEARS[0],
            last=YEARS[-1],
        )
    )
    result = microdata.run(groups, rows, BASELINES, options.draws)
    microdata.print_errors(result)
    microdata.print_ratios(result)
    if options.verbose:
        microdata.print_blocks(result)
    if options.draws:
        microdata.print_coverage(result)
    if options.draws and options.verbose:
        microdata.print_coverage_by_source(result)


def main() -> None:
    """Prints the three tables."""
    options = arguments()
    print_first(options)
    print(SECOND.format(last=YEARS[-1], folds=left_out.N_FOLDS))
    left_out.print_table(options.data)
    print(THIRD)
    top_codes.print_table(left_out.blocks(options.data)["2014-2020"])


main()
