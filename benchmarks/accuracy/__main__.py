"""How near the fitted curves come to wages they never saw: python benchmarks/accuracy DATA."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[1:1] = [str(ROOT / "python" / "embed")]

import between  # noqa: E402
import brackets  # noqa: E402
import coded_groups  # noqa: E402
import curve  # noqa: E402
import hidden_means  # noqa: E402
import left_out  # noqa: E402
import log_scores  # noqa: E402
import microdata  # noqa: E402
import numpy as np  # noqa: E402
import rival  # noqa: E402
import shapes  # noqa: E402
import top_codes  # noqa: E402
from methods import BASELINES, Method  # noqa: E402
from shape_prior.groups import LEAST_SIZE, Groups, read_groups  # noqa: E402
from shape_prior.shape import Shape  # noqa: E402
from shape_prior.training import DETAILED_YEARS, YEARS, TrainingRows, read_rows  # noqa: E402

GROUPS = """Groups of people in the microdata, rebuilt from P10, P25, P50, P75, P90 and the mean

Groups: at least {least} people of one source, split by education, experience, sex, union, job title and so on, so that
they overlap; unweighted, positive wages, type-7 quantiles; {n} groups of {sources} sources. The curve's prior is
learned anew without the source scored, from the others, {rows:,} national rows of {first}-{last} and {detailed:,} rows
of the United Kingdom of {detailed_years[0]} and {detailed_years[1]}.
Root mean square error over groups, in percent of the truth; / piecewise and / lognormal: geometric mean over the eight
measures of the ratio of these errors to that of the piecewise lognormal with the mean, and to the lognormal's.
"""
LOG_SCORES = """
Log score and CRPS of the people's own wages, each method less the piecewise line

The same groups and priors: the curve's prior has not seen the source named. Wages are multiplied by a lognormal factor
of {jitter:.0%} against heaping. Densities are those of log wages, {share:.0%} of every method's people from a wide
lognormal. In parentheses standard errors; groups overlap, so that those over sources are the sounder ones.
"""
SHAPES = """
Shapes of the densities of national rows, by the prior that users get

Rows with five percentiles and a mean; densities in dollars at normal scores {step:.3f} apart. A dip: between P2 and P98
the density falls and rises again, so that it lies below the lower of the maxima on its sides by that share of it. A
rise: beyond P95 (to one person in 9,300) it rises again by more than that. Wages of ties are not looked at.
"""
BETWEEN = """
Real percentiles between the facts: the UK's Annual Survey of Hours and Earnings

Complete cells of occupations (Table 14) and industries (Table 4), fitted on P10, P25, P50, P75, P90 and the mean, by
the prior that users get, which has learned from the tables of 2010 and 2011. Ratios are averages over the percentiles
of errors over those of PCHIP. Intervals: every {every}th cell, {draws} draws, facts exact but for rounding.
"""
CODED = """
Groups of people cut at a top code: their own P88, P89, P90, P91 or P92, in turn

Priors are those learned without the source. The piecewise line keeps a flat tail, and misses the mean, where that mean
asks for less than one; "piecewise, mean" is bent to meet it. Root mean square error in percent of the truth.
"""
BRACKETS = """
Groups of people counted in the sixteen income brackets of the American Community Survey

Wages are scaled so that a group's median is $35,000, $60,000 or $105,000, in turn. The prior is the one that users get
and has seen these groups. A gap is an empty bracket between two that hold people. MCIB: mean-constrained integration
over brackets. No answer: an exception, or a figure that is not finite.
"""
HIDDEN_MEANS = """
Means of industry cells, hidden from the fit

Detailed occupations with five ascending percentiles; errors e in percent. The parent is the nation's row of the same
occupation, mean included; for the sectors it is their mixture, occupations left out of which one sector has 80 %.
"""
LEFT_OUT = """
National rows with one percentile left out, predicted from the other four and the mean

Every row of the workbooks with five ascending percentiles, aggregates included; the prior's rows end in {last}.
Regression: of the log on the other logs, {folds} folds, rows with the same values in one fold. PCHIP interpolates only.
"""
TOP_CODES = """
Top codes imposed on rows that have none: 2014-2020, the mean published

The code lies below the lowest hidden percentile, by 5 % of it or by half the distance to the percentile shown below it,
whichever is less. Median absolute error in percent.
"""


class Benchmark:
    """What the sections share: the data, read once, and the priors that lack one source each."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.data: Path = options.data
        self.draws: int = options.draws
        self.is_verbose: bool = options.verbose
        self.rivals: dict[str, Method] = {name: rival.imported(name) for name in options.rival}

    def methods(self, names: Iterable[str]) -> dict[str, Method]:
        """The methods of these names and the rivals of the command line."""
        return {name: BASELINES[name] for name in names} | self.rivals

    @cache  # noqa: B019 (one object a run)
    def groups(self) -> Groups:
        """The groups of people."""
        return read_groups(self.data)

    @cache  # noqa: B019
    def rows(self) -> TrainingRows:
        """The national rows that the priors learn from."""
        return read_rows(self.data)

    @cache  # noqa: B019
    def shapes(self) -> dict[str, Shape]:
        """The prior learned without each source."""
        return microdata.folds(self.groups(), self.rows())

    def print_groups(self) -> None:
        """Errors of the eight measures and coverage of their intervals."""
        groups, rows = self.groups(), self.rows()
        n, sources = len(groups.wages), len(set(groups.source))
        span = {"first": YEARS[0], "last": YEARS[-1]}
        rows_learned = {"rows": len(rows.national), "detailed": len(rows.detailed), "detailed_years": DETAILED_YEARS}
        print(GROUPS.format(least=LEAST_SIZE, n=n, sources=sources, **rows_learned, **span))
        result = microdata.run(groups, self.shapes(), self.methods(BASELINES), self.draws)
        microdata.print_errors(result)
        microdata.print_ratios(result)
        if self.is_verbose:
            microdata.print_blocks(result)
        if self.draws:
            microdata.print_coverage(result)
        if self.draws and self.is_verbose:
            microdata.print_coverage_by_source(result)

    def print_log_scores(self) -> None:
        """Differences to the piecewise line by source."""
        print(LOG_SCORES.format(jitter=log_scores.JITTER, share=log_scores.MISREPORTED))
        groups = log_scores.jittered(self.groups())
        methods = self.methods(log_scores.RIVALS)
        log_scores.print_tables(groups, log_scores.score_all(groups, methods, self.shapes()))

    def print_shapes(self) -> None:
        """Dips and rising tails of national rows."""
        print(SHAPES.format(step=np.diff(shapes.SCORES).max()))
        shapes.print_table(self.data, self.methods(shapes.METHODS) | {"curve": curve.default})

    def print_coded_groups(self) -> None:
        """Errors of the eight measures near infeasibility."""
        print(CODED)
        coded_groups.print_tables(self.groups(), self.methods(coded_groups.METHODS), self.shapes())

    def print_between(self) -> None:
        """Published percentiles that no fit was shown."""
        print(BETWEEN.format(every=between.EVERY, draws=self.draws))
        tables = between.read_tables(self.data)
        methods = self.methods(between.METHODS) | {"curve": curve.default}
        found = {name: between.errors(tables, method) for name, method in methods.items()}
        between.print_errors(found, between.by_label(tables))
        if self.draws:
            between.print_intervals(tables, self.draws)

    def print_brackets(self) -> None:
        """Gini coefficient, median and mean from counts."""
        print(BRACKETS)
        brackets.print_tables(self.groups())

    def print_hidden_means(self) -> None:
        """Errors of means that were not given."""
        print(HIDDEN_MEANS)
        hidden_means.print_table(self.data)

    def print_left_out(self) -> None:
        """Percentiles of national rows from the others."""
        print(LEFT_OUT.format(last=YEARS[-1], folds=left_out.N_FOLDS))
        left_out.print_table(self.data)

    def print_top_codes(self) -> None:
        """Percentiles of national rows beyond a code."""
        print(TOP_CODES)
        top_codes.print_table(left_out.blocks(self.data)["2014-2020"])


SECTIONS = {
    "groups": Benchmark.print_groups,
    "log-scores": Benchmark.print_log_scores,
    "shapes": Benchmark.print_shapes,
    "coded-groups": Benchmark.print_coded_groups,
    "between": Benchmark.print_between,
    "brackets": Benchmark.print_brackets,
    "hidden-means": Benchmark.print_hidden_means,
    "left-out": Benchmark.print_left_out,
    "top-codes": Benchmark.print_top_codes,
}


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python benchmarks/accuracy", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with microdata/, oews/ and ashe/")
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=list(SECTIONS), help="some sections")
    parser.add_argument("--draws", type=int, default=200, help="posterior draws a group; 0 leaves coverage out")
    parser.add_argument(
        "--rival", nargs="+", default=[], help="functions of your own, as module:function; see rival.py"
    )
    parser.add_argument("--verbose", action="store_true", help="also by source")
    return parser.parse_args()


def main() -> None:
    """Prints the sections chosen."""
    options = arguments()
    benchmark = Benchmark(options)
    for name in options.only:
        SECTIONS[name](benchmark)


main()
