"""Section: what pay goes with, factor by factor, each ratio with its error, source and share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from wagefit.factors.factor import Factor
from wagefit.factors.level import MEAN, Level
from wagefit.factors.profile import Profile
from wagefit.factors.salary_model import SalaryModel
from wagefit.factors.sensitivity import Sensitivity
from wagefit.report.blocks import Block, Column, Paragraph, Section, Table
from wagefit.report.sources import Sources
from wagefit.shared.text import dollars

FEW = 6  # a factor with more levels is shown by its lowest, highest, most common and the person's
POINTS = 0.10
LEAST_SHARE, NOBODY = 0.001, "-"  # the least share that is printed; that of a level at which nobody is counted
COLUMNS = (
    Column("factor", "left"),
    Column("level", "left"),
    Column("ratio"),
    Column("+-"),
    Column("from"),
    Column("share"),
    Column("from"),
)
LEGEND = (
    "Ratio: mean pay of everyone at the level over that of the whole workforce; the table of the person has the same "
    "ratios. +-: one standard error, empty where the source gives none. Share: of the workforce. From: the number of "
    "the source, listed at the end."
)
UNCOUNTED = "-: not counted in the nation's workforce, or at the level elsewhere."
BASELINE = "Empty: the level to which the source compares the others."
FEW_LEVELS = "Factors with many levels are shown by a few of them; --full has all."
CHANGES = (
    "How much the assumptions matter: the change in the mean pay of the person above if 10 points fewer (at least "
    "none) or more of the workforce were at the level."
)


@dataclass(frozen=True)
class LevelRatio:
    """Mean pay at a level over that of the whole workforce, and its standard error; None where it is unknown."""

    factor: str
    level: str
    ratio: float
    ratio_error: float | None


@dataclass(frozen=True)
class Why:
    """What pay goes with in a model, and in the pay of a person of it; computed when it is asked for.

    Attributes
    ----------
    model : SalaryModel
    person : Profile
    """

    model: SalaryModel
    person: Profile

    @property
    def factors(self) -> tuple[Factor, ...]:
        """The factors as published, each with its own baseline."""
        return self.model.factors

    @property
    def notes(self) -> tuple[str, ...]:
        """Those of the model."""
        return self.model.notes

    def readings(self) -> tuple[str, ...]:
        """The notes, and what the level means to which a factor's source compares the others."""
        bases = (
            f"{factor.name}: {level.note}."
            for factor in self.factors
            for level in factor.levels
            if level.name == factor.baseline and level.note
        )
        return (*self.notes, *bases)

    def ratio(self, factor: Factor, level: Level) -> LevelRatio:
        """A level against the whole workforce, the one base of all factors."""
        parts = self.model.core.explain({factor.name: _choice(level)}, {}).parts
        part = next(each for each in parts if each.factor == factor.name)
        return LevelRatio(factor.name, level.name, part.ratio, part.ratio_error)

    @cached_property
    def ratios(self) -> tuple[LevelRatio, ...]:
        """Every level against the whole workforce."""
        return tuple(self.ratio(factor, level) for factor in self.factors for level in factor.levels)

    @cached_property
    def changes(self) -> tuple[Sensitivity, ...]:
        """What other shares of assumed levels would change in the person's mean pay."""
        moved = [
            (factor.name, _choice(level))
            for factor in self.factors
            for level in _worth_moving(factor, self.person.levels.get(factor.name))
        ]
        with ThreadPoolExecutor() as pool:  # each change calibrates a model, which takes its time in the core
            return tuple(pool.map(lambda one: self.model.sensitivity(self.person, *one, points=POINTS)[0], moved))

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain data."""
        return {
            "factors": [asdict(factor) for factor in self.factors],
            "ratios": [asdict(ratio) for ratio in self.ratios],
            "changes": [asdict(change) for change in self.changes],
            "notes": list(self.notes),
        }


def _worth_moving(factor: Factor, chosen: str | float | None) -> list[Level]:
    """The lowest and the highest-paid level among those with an assumed share, if these are many people."""
    assumed = [level for level in factor.levels if level.share_is_assumed]
    if sum(level.share for level in assumed) < POINTS:
        return []
    ordered = sorted(assumed, key=lambda level: (level.ratio, level.name != chosen))
    return [ordered[0], ordered[-1]] if ordered[0].ratio < ordered[-1].ratio else ordered[:1]


def _choice(level: Level) -> Any:
    """What a profile says for a level: its name or, of a continuous factor, its amount."""
    return level.name if level.at is None else level.at


def show_why(content: Why, chosen: Mapping[str, str | float], sources: Sources) -> Section:
    """The levels worth showing, `chosen` among them."""
    shown = {factor.name: _representative(factor, chosen.get(factor.name)) for factor in content.factors}
    is_partial = any(len(shown[factor.name]) < len(factor.levels) for factor in content.factors)
    table = _levels_table(content, shown, sources)
    legend = Paragraph(_legend(content, shown, sources, FEW_LEVELS if is_partial else ""), "quiet")
    return Section("What pay goes with", (table, legend))


def show_all_levels(content: Why, sources: Sources) -> Section:
    """Every level, and how much the assumptions matter."""
    shown = {factor.name: list(factor.levels) for factor in content.factors}
    table = _levels_table(content, shown, sources)
    blocks: list[Block] = [table, Paragraph(_legend(content, shown, sources, ""), "quiet")]
    if content.changes:
        blocks += [Paragraph(CHANGES), _change_table(content)]
    return Section("What pay goes with", tuple(blocks))


def _legend(content: Why, shown: Mapping[str, list[Level]], sources: Sources, others: str) -> str:
    """What the columns and the marks mean that the table has."""
    is_uncounted = any(level.share == 0 for levels in shown.values() for level in levels)
    has_baseline = any(factor.baseline != MEAN for factor in content.factors)
    return " ".join(
        filter(
            None,
            (
                LEGEND,
                UNCOUNTED if is_uncounted else "",
                BASELINE if has_baseline else "",
                sources.legend(),
                others,
            ),
        )
    )


def _levels_table(content: Why, shown: Mapping[str, list[Level]], sources: Sources) -> Table:
    rows = []
    for factor in content.factors:
        for i, levels in enumerate(_alike(shown[factor.name])):
            ratio = content.ratio(factor, levels[0])
            rows.append((factor.name if i == 0 else "", *_row(factor, levels, ratio, sources)))
    return Table(COLUMNS, tuple(rows))


def show_absence(occupation: str) -> Section:
    """What stands here where there is no model."""
    text = f"No salary factors are at hand for {occupation}."
    return Section("What pay goes with", (Paragraph(text),))


def _representative(factor: Factor, chosen: str | float | None) -> list[Level]:
    if len(factor.levels) <= FEW:
        return list(factor.levels)
    wanted = {min(factor.levels, key=lambda level: level.ratio), max(factor.levels, key=lambda level: level.ratio)}
    wanted |= {level for level in factor.levels if _choice(level) == chosen}
    if not factor.is_continuous:
        wanted.add(max(factor.levels, key=lambda level: level.share))
    return [level for level in factor.levels if level in wanted]


def _alike(levels: Iterable[Level]) -> list[tuple[Level, ...]]:
    """Neighboring levels with one ratio from one source, taken together."""
    return [tuple(group) for _, group in groupby(levels, key=lambda level: (level.ratio, level.source))]


def _row(factor: Factor, levels: tuple[Level, ...], ratio: LevelRatio, sources: Sources) -> tuple[str, ...]:
    return (
        ", ".join(map(short_name, levels)),
        f"{ratio.ratio:.3f}",
        "" if ratio.ratio_error is None else f"{ratio.ratio_error:.3f}",
        "" if levels[0].name == factor.baseline else sources.of_ratio(levels),
        _share(sum(level.share for level in levels)),
        sources.of_share(factor.name, levels),
    )


def _share(share: float) -> str:
    """A share in percent; nothing where no people are counted at the level, as of places outside the nation."""
    if share == 0:
        return NOBODY
    return f"{100 * share:.1f} %" if share >= LEAST_SHARE else f"<{100 * LEAST_SHARE:.1f} %"


def short_name(level: Level) -> str:
    """A level's name, or its label where the name is a number or a state's two letters."""
    return level.label if len(level.name) <= 2 else level.name


def _change_table(content: Why) -> Table:
    names = {(factor.name, level.name): short_name(level) for factor in content.factors for level in factor.levels}
    rows = tuple(
        (
            f"{change.factor}: {names[change.factor, change.level]}",
            f"{100 * change.share:.1f} %",
            _signed(change.low_change, content.model.unit),
            _signed(change.high_change, content.model.unit),
        )
        for change in content.changes
    )
    return Table((Column("assumed share of", "left"), *map(Column, ("share", "-10 points", "+10 points"))), rows)


def _signed(amount: float, unit: str) -> str:
    return f"{'+' if amount >= 0 else ''}{dollars(amount, unit)}"
