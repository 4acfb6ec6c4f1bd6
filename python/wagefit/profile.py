"""A person's levels, her pay, and what explains it in dollars."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from wagefit import _core
from wagefit.distributions import Distribution
from wagefit.errors import FactError
from wagefit.frames import make_frame
from wagefit.posterior import Key
from wagefit.text import dollars, percent

if TYPE_CHECKING:
    from wagefit.factors import Factor
    from wagefit.interactions import Interaction
    from wagefit.salary_model import SalaryModel

ASSOCIATION = "Association, not cause: what people at a level are paid, not what moving there would pay."
WORKFORCE = "the whole workforce"
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
class ProfilePosterior:
    """What the ratios' errors and the anchor's facts leave open of a profile's pay."""

    profile: Profile
    core: _core.Transported

    def draw(self, n: int, key: Key) -> list[_core.Distribution]:
        """`n` distributions: the person's rank paid by a drawn anchor, times a lognormal error of the ratios."""
        anchor = self.profile.model.anchor.posterior
        paid = [self.core] * n if anchor is None else [self.core.with_anchor(drawn) for drawn in anchor.draw(n, key)]
        errors = np.random.default_rng(key).standard_normal(len(paid)) * self.profile.log_error
        return [pay.scaled(factor) for pay, factor in zip(paid, np.exp(errors).tolist(), strict=True)]


@dataclass(frozen=True, eq=False)
class Profile:
    """One person's levels in a salary model; made by `SalaryModel.profile`.

    Attributes
    ----------
    model : SalaryModel
    levels : mapping {factor: level or amount}
        Factors left out are unknown and averaged over the workforce.
    """

    model: SalaryModel
    levels: Mapping[str, str | float]

    @cached_property
    def pay(self) -> Distribution:
        """The person's pay, or that of everyone with these levels, as a distribution.

        Its `credible` intervals carry the standard errors of the ratios of all known levels, and what the facts leave
        open of the anchor. Ratios without a published error count as exact; `explain` names them.
        """
        core = self.model.core.pay(dict(self.levels))
        return Distribution(core, self.model.unit, posterior=ProfilePosterior(self, core))

    @property
    def log_error(self) -> float:
        """Standard error of the log of the person's pay relative to the workforce's, from those of the ratios."""
        parts = self.model.core.explain(dict(self.levels), {}).parts
        return math.hypot(*((part.ratio_error or 0.0) / part.ratio for part in parts))

    @property
    def notes(self) -> tuple[str, ...]:
        """What is unknown, extrapolated or measured on others in this profile."""
        return tuple(_profile_notes(self))

    def replace(self, **levels: Any) -> Profile:
        """The same person with other levels; None makes a factor unknown."""
        return self.model.profile(**{**self.levels, **levels})

    def explain(self, baseline: Profile | None = None) -> Explanation:
        """What each factor adds to mean pay, against the whole workforce or another profile of the same model.

        The dollar amounts are Shapley values: what a factor adds to the product of ratios, averaged over all orders in
        which the factors can be applied. The difference between that product and the person's mean is the transport's
        line.
        """
        if baseline is not None and baseline.model is not self.model:
            raise FactError("baseline is a profile of another model; expected one of the same model")
        return _explain(self, baseline)

    def describe(self) -> str:
        """The levels as people say them, such as "Associate degree, New Jersey"."""
        known = (self.model.factor(name).describe(level) for name, level in self.levels.items())
        return ", ".join(known) or WORKFORCE

    def __repr__(self) -> str:
        return f"<profile ({self.describe()}): {self.pay!r}>"

    def __rich__(self) -> Any:
        from rich.console import Group

        return Group(f"[bold]{self.describe()}[/bold]", self.pay.__rich__())

    def _repr_html_(self) -> str:
        return f"<p><b>{self.describe()}</b></p>{self.pay._repr_html_()}"


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
    """

    person: str
    baseline_name: str
    baseline: float
    rows: tuple[ExplanationRow, ...]
    transport: float
    total: float
    unit: str
    notes: tuple[str, ...]

    def to_frame(self, backend: str | None = None) -> Any:
        """The rows as a table: a pandas, polars or pyarrow one, the first that is installed when `backend` is None."""
        columns = {name: [getattr(row, name) for row in self.rows] for name in COLUMNS}
        columns["is_proxy"] = ["yes" if row.is_proxy else "no" for row in self.rows]
        return make_frame(columns, COLUMNS, backend)

    def plot(self, ax: Any = None) -> Any:
        """A waterfall from the baseline to the person's mean pay; returns the matplotlib axes."""
        from wagefit.plots import plot_waterfall

        steps = [(f"{row.factor}: {row.level}", row.amount) for row in self.rows if row.amount]
        steps.append((TRANSPORT, self.transport))
        return plot_waterfall((self.baseline_name, self.baseline), steps, ("mean pay", self.total), ax)

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
        lines = list(self.lines())
        widths = [max(len(line[column]) for line in lines) for column in range(5)]
        table = [
            f"{name:<{widths[0]}}" + "".join(f"  {text:>{width}}" for text, width in zip(rest, widths[1:], strict=True))
            for name, *rest in lines
        ]
        return "\n".join([self.person, *(line.rstrip() for line in table), *self.notes])

    def __rich__(self) -> Any:
        from rich.console import Group
        from rich.table import Table

        table = Table(title=f"{self.person}, {self.unit}", caption="\n".join(self.notes), caption_justify="left")
        table.add_column("")
        for header in ("ratio", "percent", "adds"):
            table.add_column(header, justify="right")
        table.add_column("")
        for line in self.lines():
            table.add_row(*line)
        return Group(table)

    def _repr_html_(self) -> str:
        from html import escape

        head = "".join(f"<th>{name}</th>" for name in ("", "ratio", "percent", "adds", ""))
        body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in line) + "</tr>" for line in self.lines())
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.notes)
        return f"<table><caption>{escape(self.person)}, {self.unit}</caption><tr>{head}</tr>{body}</table>{notes}"


@dataclass(frozen=True, repr=False)
class Comparison:
    """What separates the pay of two profiles of one model.

    Attributes
    ----------
    person, other : Profile
    ratio, median_ratio : float
        Of the person's mean and median pay to the other's.
    difference : float
        Of mean pay, in the model's unit.
    explanation : Explanation
        The person's, with the other as its baseline.
    """

    person: Profile
    other: Profile
    ratio: float
    median_ratio: float
    difference: float
    explanation: Explanation

    @property
    def rows(self) -> tuple[ExplanationRow, ...]:
        """The factors in which the two differ."""
        return tuple(row for row in self.explanation.rows if row.level != row.baseline_level)

    def headline(self) -> str:
        """The difference in one line."""
        sign = "+" if self.difference >= 0 else ""
        return (
            f"mean pay {sign}{dollars(self.difference, self.explanation.unit)} "
            f"({percent(self.ratio - 1.0)}), median {percent(self.median_ratio - 1.0)}"
        )

    def __repr__(self) -> str:
        return f"{self.headline()}\n{self.explanation!r}"

    def __rich__(self) -> Any:
        from rich.console import Group

        return Group(f"[bold]{self.headline()}[/bold]", self.explanation.__rich__())

    def _repr_html_(self) -> str:
        return f"<p><b>{self.headline()}</b></p>{self.explanation._repr_html_()}"


def compare(person: Profile, other: Profile) -> Comparison:
    """The comparison of two profiles of one model; see `SalaryModel.compare`."""
    explanation = person.explain(other)
    return Comparison(
        person,
        other,
        explanation.total / explanation.baseline,
        person.pay.median() / other.pay.median(),
        explanation.total - explanation.baseline,
        explanation,
    )


def _explain(person: Profile, baseline: Profile | None) -> Explanation:
    model = person.model
    base = {} if baseline is None else dict(baseline.levels)
    result = model.core.explain(dict(person.levels), base)
    rows = tuple(
        _row(model.factor(part.factor), part, person.levels.get(part.factor), base.get(part.factor))
        for part in result.parts[: len(model.factors)]
    )
    rows += tuple(
        _interaction_row(model, interaction, part, person.levels, base)
        for interaction in model.interactions
        for part in result.parts[len(model.factors) :]
        if part.factor == interaction.name
    )
    notes = (*_profile_notes(person), *_error_notes(rows))
    return Explanation(
        person.describe(),
        WORKFORCE if baseline is None else baseline.describe(),
        result.baseline,
        rows,
        result.transport,
        result.total,
        model.unit,
        notes,
    )


def _row(
    factor: Factor, part: _core.ExplanationPart, level: str | float | None, baseline: str | float | None
) -> ExplanationRow:
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
    )


def _interaction_row(
    model: SalaryModel,
    interaction: Interaction,
    part: _core.ExplanationPart,
    levels: Mapping[str, str | float],
    base: Mapping[str, str | float],
) -> ExplanationRow:
    names = (interaction.first, interaction.second)

    def describe(of: Mapping[str, str | float]) -> str:
        return ", ".join(model.factor(name).describe(of.get(name)) for name in names)

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
    )


def _profile_notes(person: Profile) -> Iterator[str]:
    model, levels = person.model, person.levels
    yield ASSOCIATION
    unknown = [factor.name for factor in model.factors if factor.name not in levels]
    if unknown:
        yield f"Left out, hence averaged over the workforce: {', '.join(unknown)}."
    for factor, standing in zip(model.factors, model.core.standings(dict(levels)), strict=True):
        if standing is _core.Standing.extrapolated:
            amount = factor.describe(levels[factor.name])
            yield f"Of {factor.name}, {amount} is outside the table; the nearest ratio in it is used."
    proxies = [name for name, level in levels.items() if model.factor(name).level(level).is_proxy]
    if proxies:
        yield f"Proxies, measured on other people or other levels than the name says: {', '.join(proxies)}."


def _error_notes(rows: tuple[ExplanationRow, ...]) -> Iterator[str]:
    yield "± is one standard error, from those of the ratios; the anchor and the shares are taken as exact."
    unknown = [row.factor for row in rows if row.ratio_error is None]
    if unknown:
        yield f"No standard error is published for {', '.join(unknown)}; it is missing in the others' errors as well."
