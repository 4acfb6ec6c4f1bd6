"""Premiums of the levels of factors: as forest plots, and as small drawings for notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from wagefit import _core
from wagefit.errors import FactError
from wagefit.factors.figures import FactorFigures
from wagefit.factors.level import MEAN, Level
from wagefit.plots.premiums import Premium, error_interval, few, plot_premiums
from wagefit.plots.rows import rows_with_names
from wagefit.plots.svg import Bar, svg_bars
from wagefit.shared.arguments import as_count, as_number
from wagefit.shared.text import percent
from wagefit.shared.types import Axes

LONGEST_LABEL = 32  # longer ones give way to the name of the level
MOST = 8  # levels of a factor in a picture
DRAWN = 9  # levels of a factor in a small drawing
EVERYONE = "everyone"  # the baseline of ratios to the published mean


def plot_factors(
    factors: Iterable[FactorFigures], ax: Axes | None, *, level: float, most: int, source: str | None
) -> Axes:
    """A forest plot of at most `most` levels of each factor; see `SalaryModel.plot`."""
    groups = premium_groups(factors, level, most)
    return plot_premiums(groups, ax, what=f"premium over the baseline, with {100 * level:g} % intervals", source=source)


def premium_groups(factors: Iterable[FactorFigures], level: float, most: int) -> Mapping[str, tuple[Premium, ...]]:
    """Premiums over each factor's baseline with intervals, by the factor's name, of at most `most` levels of each.

    Raises
    ------
    FactError
        `level` is not inside (0, 1), or `most` is no whole number of at least 2.
    """
    if not 0.0 < as_number("level", level) < 1.0:
        raise FactError(f"level is {level:g}; expected a probability strictly between 0 and 1")
    score = float(_core.normal_quantile(0.5 + 0.5 * level))
    chosen = {factor: _chosen(factor, as_count("most", most, 2)) for factor in factors}
    return {_heading(factor, levels): _premiums(factor, levels, score) for factor, levels in chosen.items()}


def levels_with_room(ax: Axes | None, n: int) -> int:
    """How many levels of each of n factors can be shown in the axes, 8 at most; 8 where they are yet to be made."""
    return MOST if ax is None else min(max(rows_with_names(ax) // n - 2, 2), MOST)  # name of the factor, everyone


def factor_html(factor: FactorFigures) -> str:
    """A table with a row a level, and a drawing of the premiums."""
    head = "".join(f"<th>{name}</th>" for name in ("level", "share", "ratio", "± error"))
    rows = "".join(_html_row(factor, level) for level in factor.levels)
    caption = f"{factor.name}, ratios to {_baseline(factor)}"
    return f"<table><caption>{escape(caption)}</caption><tr>{head}</tr>{rows}</table>{factor_svg(factor)}"


def factor_svg(factor: FactorFigures) -> str:
    """The premiums of a factor's levels with 90 % intervals."""
    ((heading, premiums),) = premium_groups([factor], 0.9, DRAWN).items()
    bars = [Bar(each.label, each.written(percent), (each.value,), each.low, each.high) for each in premiums]
    return svg_bars(bars, f"Premiums of {heading} over {_baseline(factor)}, with 90 % intervals", 0.0)


def model_svg(factors: Iterable[FactorFigures]) -> str:
    """The mean pay of each factor's levels against that of everyone, a row a factor."""
    return svg_bars([_spread(factor) for factor in factors], "Mean pay of the levels against everyone's", 0.0)


def _spread(factor: FactorFigures) -> Bar:
    gains = tuple(sorted(level.ratio / factor.mean_ratio - 1.0 for level in factor.levels))
    return Bar(factor.name, f"{percent(gains[0])} to {percent(gains[-1])}", gains, gains[0], gains[-1])


def _chosen(factor: FactorFigures, most: int) -> tuple[Level, ...]:
    """Knots by their amount, levels by descending ratio; where there are more than `most`, evenly among them."""
    ordered = sorted(factor.levels, key=lambda each: 0.0 if each.at is None else each.at)
    if not factor.is_continuous:
        ordered = sorted(factor.levels, key=lambda each: -each.ratio)
    return tuple(ordered[i] for i in few(len(ordered), most))


def _premiums(factor: FactorFigures, levels: Iterable[Level], score: float) -> tuple[Premium, ...]:
    rows = [Premium(EVERYONE, 0.0, 0.0, 0.0)] if factor.baseline == MEAN else []
    for level in levels:
        error = 0.0 if level.name == factor.baseline else level.standard_error
        rows.append(Premium(_name(level), level.ratio - 1.0, *error_interval(level.ratio, error, score)))
    return tuple(rows)


def _heading(factor: FactorFigures, levels: tuple[Level, ...]) -> str:
    return (
        factor.name if len(levels) == len(factor.levels) else f"{factor.name} ({len(levels)} of {len(factor.levels)})"
    )


def _baseline(factor: FactorFigures) -> str:
    return "the mean of everyone" if factor.baseline == MEAN else factor.describe_briefly(factor.baseline)


def _name(level: Level) -> str:
    return level.label if len(level.label) <= LONGEST_LABEL else level.name


def _html_row(factor: FactorFigures, level: Level) -> str:
    error = "unknown" if level.standard_error is None else f"{level.standard_error:.3f}"
    cells = f"{100 * level.share:.1f} %", f"{level.ratio:.3f}", "" if level.name == factor.baseline else error
    figures = "".join(f"<td style='text-align:right'>{escape(cell)}</td>" for cell in cells)
    return f"<tr><th style='text-align:left'>{escape(level.label)}</th>{figures}</tr>"
