"""Section: what pay goes with, factor by factor, each ratio with its error, source and share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from wagefit.factors.factor import Factor
from wagefit.factors.level import Level
from wagefit.factors.profile import Profile
from wagefit.factors.salary_model import SalaryModel
from wagefit.factors.sensitivity import Sensitivity
from wagefit.report.blocks import Column, Paragraph, Section, Table
from wagefit.shared.embedded_tables import read_table
from wagefit.shared.text import dollars

FEW = 6  # a factor with more levels is shown by its lowest, highest, most common and the person's
POINTS = 0.10
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
    "Ratios of state and setting are to the national mean, the others to the level with 1.000. +-: one standard error, "
    "empty where the source gives none. p: a proxy, measured on other people, places or years than the name says. "
    "a: an assumption. Factors with many levels are shown by a few of them; --json has all."
)
CHANGES = (
    "How much the assumptions matter: the change in the mean pay of the person below if 10 points fewer (at least "
    "none) or more of the workforce were at the level."
)


@dataclass(frozen=True)
class Why:
    """The factors of the model; what other shares of assumed levels would change in the worked profile's mean pay."""

    factors: tuple[Factor, ...]
    changes: tuple[Sensitivity, ...]
    notes: tuple[str, ...]


def read_why(model: SalaryModel, person: Profile) -> Why:
    """The factors of a model, and the changes for `person`."""
    moved = [
        (factor.name, _choice(level))
        for factor in model.factors
        for level in _worth_moving(factor, person.levels.get(factor.name))
    ]
    with ThreadPoolExecutor() as pool:  # each change calibrates a model, which takes its time in the core
        changes = pool.map(lambda one: model.sensitivity(person, *one, points=POINTS)[0], moved)
        return Why(model.factors, tuple(changes), model.notes)


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


def show_why(content: Why, chosen: Mapping[str, str | float]) -> Section:
    """The levels worth showing, `chosen` among them, their sources, and how much the assumptions matter."""
    sources = Sources()
    rows = tuple(row for factor in content.factors for row in _factor_rows(factor, chosen.get(factor.name), sources))
    return Section(
        "What pay goes with",
        (
            Table(COLUMNS, rows),
            Paragraph(LEGEND, "quiet"),
            sources.table(),
            Paragraph(CHANGES),
            _change_table(content),
        ),
    )


def show_absence(occupation: str) -> Section:
    """What stands here for another occupation."""
    text = f"The factors are measured on health information technicians and do not carry over to {occupation}."
    return Section("What pay goes with", (Paragraph(text),))


class Sources:
    """Numbers the sources in the order in which they are first cited."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._proxies = {(row["factor"], row["level"]) for row in read_table("shares") if row["proxy"] == "true"}

    def of_ratio(self, levels: tuple[Level, ...]) -> str:
        """The number of the ratios' source, with its mark."""
        mark = "p" if any(level.is_proxy for level in levels) else ""
        return self._cite(levels[0].source, levels[0].year, mark)

    def of_share(self, factor: str, levels: tuple[Level, ...]) -> str:
        """The number of the shares' source with its mark, or the mark of an assumption."""
        if any(level.share_is_assumed for level in levels):
            return "a"
        mark = "p" if any((factor, level.name) in self._proxies for level in levels) else ""
        return self._cite(levels[0].share_source, levels[0].share_year, mark)

    def table(self) -> Table:
        """All of them, numbered."""
        rows = tuple((str(number), source) for source, number in self._numbers.items())
        return Table((Column("", "right"), Column("source", "left")), rows)

    def _cite(self, source: str, year: int | None, mark: str) -> str:
        text = source if year is None or str(year) in source else f"{source}, {year}"
        return f"{self._numbers.setdefault(text, len(self._numbers) + 1)}{mark}"


def _factor_rows(factor: Factor, chosen: str | float | None, sources: Sources) -> list[tuple[str, ...]]:
    groups = _alike(_representative(factor, chosen))
    return [(factor.name if i == 0 else "", *_row(factor, levels, sources)) for i, levels in enumerate(groups)]


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


def _row(factor: Factor, levels: tuple[Level, ...], sources: Sources) -> tuple[str, ...]:
    first = levels[0]
    is_baseline = first.name == factor.baseline
    return (
        ", ".join(map(short_name, levels)),
        f"{first.ratio:.3f}",
        "" if is_baseline or first.standard_error is None else f"{first.standard_error:.3f}",
        "" if is_baseline else sources.of_ratio(levels),
        f"{100 * sum(level.share for level in levels):.1f} %",
        sources.of_share(factor.name, levels),
    )


def short_name(level: Level) -> str:
    """A level's name, or its label where the name is a number or a state's two letters."""
    return level.label if len(level.name) <= 2 else level.name


def _change_table(content: Why) -> Table:
    names = {(factor.name, level.name): short_name(level) for factor in content.factors for level in factor.levels}
    rows = tuple(
        (
            f"{change.factor}: {names[change.factor, change.level]}",
            f"{100 * change.share:.1f} %",
            _signed(change.low_change),
            _signed(change.high_change),
        )
        for change in content.changes
    )
    return Table((Column("assumed share of", "left"), *map(Column, ("share", "-10 points", "+10 points"))), rows)


def _signed(amount: float) -> str:
    return f"{'+' if amount >= 0 else ''}{dollars(amount)}"
