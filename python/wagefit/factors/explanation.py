"""What each factor adds to a person's mean pay: the lines of an explanation, as text, table and picture."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from wagefit import _core
from wagefit.factors.factor import Factor
from wagefit.factors.interactions import Interaction
from wagefit.plots.waterfall import plot_waterfall
from wagefit.shared.frames import make_frame
from wagefit.shared.text import aligned, dollars, percent, sentence
from wagefit.shared.types import Axes, Backend

WORKFORCE = "the whole workforce"
UNKNOWN = "unknown"  # a level that is not given, as `Factor.describe` calls it
TRANSPORT = "rank-preserving transport"
COLUMNS: dict[str, type] = {
    "factor": str,
    "level": str,
    "ratio": float,
    "ratio_error": float,
    "percent": float,
    "log_points": float,
    "amount": float,
    "amount_error": float,
    "source": str,
    "year": float,
    "population": str,
    "is_proxy": str,
    "note": str,
}


@dataclass(frozen=True)
class ExplanationRow:
    """What one factor adds to mean pay.

    Attributes
    ----------
    factor, level, baseline_level : str
        The factor, and the levels of the person and of the baseline as people say them.
    standing : str
        ``"known"``, ``"unknown"`` (averaged over the workforce) or ``"extrapolated"`` (held at the last knot).
    ratio, ratio_error : float, float or None
        Mean pay relative to the baseline, this factor alone, and its standard error (None: the source gives none).
    amount, amount_error : float, float or None
        Shapley value in the explanation's unit; its standard error from those of all ratios, by the delta method.
    error_is_assumed : bool
        Whether an assumption stands behind `ratio_error`.
    source, year, population, is_proxy, note
        Of the ratio; see `wagefit.factors.Level`.
    """

    factor: str
    level: str
    baseline_level: str
    standing: str
    ratio: float
    ratio_error: float | None
    amount: float
    amount_error: float | None
    source: str
    year: int | None
    population: str
    is_proxy: bool
    note: str
    error_is_assumed: bool = False

    @property
    def title(self) -> str:
        """Factor and level, such as "state (New Jersey)", or both levels where a person is compared with another."""
        levels = dict.fromkeys(level for level in (self.level, self.baseline_level) if level != UNKNOWN)
        return f"{self.factor} ({' against '.join(levels) or UNKNOWN})"

    @property
    def percent(self) -> float:
        """The premium: ratio minus one, in percent."""
        return 100.0 * (self.ratio - 1.0)

    @property
    def log_points(self) -> float:
        """100 times the log ratio."""
        return 100.0 * math.log(self.ratio)


@dataclass(frozen=True)
class Explanation:
    """Why a profile's mean pay differs from a baseline's: ``baseline + sum of the rows' amounts + transport = total``.

    Attributes
    ----------
    person : str
        The profile as people say it.
    baseline_name : str
        ``"the whole workforce"``, or the baseline profile.
    baseline, transport, total : float
        Mean pay of the baseline; what the rank-preserving transport to the anchor adds to the product of the ratios;
        mean pay of the person; all in `unit`.
    rows : tuple of ExplanationRow
        One a factor, in the model's order.
    unit : str
    notes : tuple of str
        Association, not cause; what is unknown, extrapolated, or measured on others; what the errors hold.

    Examples
    --------
    >>> person = wf.SalaryModel.health_information().profile(experience=8, credential="RHIT", state="NJ")
    >>> why = person.explain()
    >>> round(why.baseline), round(why.total)
    (44010, 56498)
    >>> [row.factor for row in why.rows]
    ['experience', 'education', 'credential', 'state', 'setting', 'location']
    """

    person: str
    baseline_name: str
    baseline: float
    rows: tuple[ExplanationRow, ...]
    transport: float
    total: float
    unit: str
    notes: tuple[str, ...]

    def to_frame(self, backend: Backend | None = None) -> Any:
        """The rows as a table: a pandas, polars or pyarrow one, the first that is installed when `backend` is None."""
        columns = {name: [getattr(row, name) for row in self.rows] for name in COLUMNS}
        columns["is_proxy"] = ["yes" if row.is_proxy else "no" for row in self.rows]
        return make_frame(columns, COLUMNS, backend)

    def plot(self, ax: Axes | None = None) -> Axes:
        """A waterfall from the baseline to the person's mean pay; returns the matplotlib axes."""
        steps = [(f"{row.factor}: {row.level}", row.amount) for row in self.rows if row.amount]
        steps.append((TRANSPORT, self.transport))
        return plot_waterfall((self.baseline_name, self.baseline), steps, ("mean pay", self.total), ax, self.unit)

    def lines(self) -> Iterator[tuple[str, str, str, str, str]]:
        """What a reader sees of each line: name, ratio, percent, amount, standard error."""
        yield f"mean pay of {self.baseline_name}", "", "", dollars(self.baseline, self.unit), ""
        for row in self.rows:
            if row.level == row.baseline_level and self.baseline_name != WORKFORCE:
                continue
            yield (
                f"{row.factor}: {row.level}",
                f"{row.ratio:.3f}",
                percent(row.ratio - 1.0),
                self._signed(row.amount),
                self._error(row),
            )
        yield TRANSPORT, "", "", self._signed(self.transport), ""
        yield "mean pay of this profile", "", "", dollars(self.total, self.unit), ""

    def _signed(self, amount: float) -> str:
        return f"{'+' if amount >= 0 else ''}{dollars(amount, self.unit)}"

    def _error(self, row: ExplanationRow) -> str:
        if row.ratio_error == 0.0:
            return ""
        return "± unknown" if row.amount_error is None else f"± {dollars(row.amount_error, self.unit)}"

    def __repr__(self) -> str:
        return "\n".join([self.person, *aligned(list(self.lines())), *self.notes])

    def __rich__(self) -> Any:
        from rich.console import Group
        from rich.markup import escape as escape_markup
        from rich.table import Table
        from rich.text import Text

        title, caption = escape_markup(f"{self.person}, {self.unit}"), escape_markup("\n".join(self.notes))
        table = Table(title=title, caption=caption, caption_justify="left")
        table.add_column("")
        for header in ("ratio", "percent", "adds"):
            table.add_column(header, justify="right")
        table.add_column("")
        for line in self.lines():
            table.add_row(*map(Text, line))
        return Group(table)

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{name}</th>" for name in ("", "ratio", "percent", "adds", ""))
        body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in line) + "</tr>" for line in self.lines())
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.notes)
        return (
            f"<table><caption>{escape(self.person)}, {escape(self.unit)}</caption><tr>{head}</tr>{body}</table>{notes}"
        )


def factor_row(
    factor: Factor, part: _core.ExplanationPart, level: str | float | None, baseline: str | float | None
) -> ExplanationRow:
    """The line of one factor; a level cites the source of the ratio it has."""
    shown = level if level is not None else baseline
    cited = None if shown is None else factor.level(shown)
    return ExplanationRow(
        factor=factor.name,
        level=factor.describe(level),
        baseline_level=factor.describe(baseline),
        standing=part.standing.name,
        ratio=part.ratio,
        ratio_error=part.ratio_error,
        amount=part.amount,
        amount_error=part.amount_error,
        source="" if cited is None else cited.source,
        year=None if cited is None else cited.year,
        population="" if cited is None else cited.population,
        is_proxy=cited is not None and cited.is_proxy,
        note="" if cited is None else cited.note,
        error_is_assumed=any(factor.level(each).error_is_assumed for each in (level, baseline) if each is not None),
    )


def interaction_row(
    factor: Callable[[str], Factor],
    interaction: Interaction,
    part: _core.ExplanationPart,
    levels: Mapping[str, str | float],
    base: Mapping[str, str | float],
) -> ExplanationRow:
    """The line of an interaction, a player of its own; `factor` finds a factor of the model by its name."""
    names = (interaction.first, interaction.second)

    def describe(of: Mapping[str, str | float]) -> str:
        return ", ".join(factor(name).describe(of.get(name)) for name in names)

    return ExplanationRow(
        factor=interaction.name,
        level=describe(levels),
        baseline_level=describe(base),
        standing=part.standing.name,
        ratio=part.ratio,
        ratio_error=part.ratio_error,
        amount=part.amount,
        amount_error=part.amount_error,
        source=interaction.source,
        year=interaction.year,
        population=interaction.population,
        is_proxy=interaction.is_proxy,
        note=interaction.note,
        error_is_assumed=interaction.errors_are_assumed,
    )


def error_notes(rows: tuple[ExplanationRow, ...]) -> Iterator[str]:
    """What the errors of the lines hold, and what they lack."""
    yield "± is one standard error, from those of the ratios; the published wages and the shares are taken as exact."
    assumed = [row.title for row in rows if row.error_is_assumed and row.ratio_error]
    if assumed:
        yield f"The standard error is an assumption for {', '.join(assumed)}."
    unknown = unknown_errors(rows)
    if unknown:
        yield f"{sentence(unknown[0])}, so that of the whole is unknown as well; the other lines' errors leave it out."


def unknown_errors(rows: tuple[ExplanationRow, ...]) -> tuple[str, ...]:
    """A clause that names the lines without a standard error; empty if all have one."""
    titles = [row.title for row in rows if row.ratio_error is None]
    return (f"no standard error is published for {', '.join(titles)}",) if titles else ()
