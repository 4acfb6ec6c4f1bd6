"""A person's levels, her pay, and what explains it in dollars."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any

import numpy as np

from wagefit import _core
from wagefit.distributions.distribution import Distribution
from wagefit.distributions.summary import summary_html, summary_line
from wagefit.errors import FactError
from wagefit.factors.calibrated_model import CalibratedModel
from wagefit.factors.explanation import (
    WORKFORCE,
    Explanation,
    ExplanationRow,
    error_notes,
    factor_row,
    interaction_row,
    unknown_errors,
)
from wagefit.factors.published_pay import PublishedPay, published_pay
from wagefit.factors.state_places import STATE
from wagefit.plots.density import plot_comparison
from wagefit.shared.streams import Key
from wagefit.shared.text import dollars, percent, sentence
from wagefit.shared.types import Axes, Number

ASSOCIATION = "Association, not cause: what people at a level are paid, not what moving there would pay."


@dataclass(frozen=True)
class ProfilePosterior:
    """What the ratios' errors and the anchor's facts leave open of a profile's pay."""

    profile: Profile
    core: _core.Transported

    @property
    def gaps(self) -> tuple[str, ...]:
        """The known levels without a standard error; then those of the anchor."""
        anchor = self.profile.model.anchor.posterior
        return unknown_errors(_rows(self.profile, {})) + (() if anchor is None else anchor.gaps)

    def draw(self, n: int, key: Key) -> list[_core.Distribution]:
        """`n` distributions: the person's rank paid by a drawn anchor, times a lognormal error of the ratios."""
        anchor = self.profile.model.anchor.posterior
        factors = np.exp(np.random.default_rng(key).standard_normal(n) * self.profile.log_error).tolist()
        if anchor is None:
            return [self.core.scaled(factor) for factor in factors]
        anchors = (drawn.scaled(factor) for drawn, factor in zip(anchor.draw(n, key), factors, strict=True))
        return [self.core.with_anchor(drawn) for drawn in anchors]


@dataclass(frozen=True, eq=False)
class Profile:
    """One person's levels in a salary model; made by `SalaryModel.profile`.

    Attributes
    ----------
    model : CalibratedModel
        The salary model.
    levels : mapping {factor: level or amount}
        Factors left out are unknown and averaged over the workforce.

    Examples
    --------
    >>> person = wf.SalaryModel.health_information().profile(experience=8, credential="RHIT", state="NJ")
    >>> round(person.pay.median())
    53765
    >>> person.replace(state="AR").pay.mean() < person.pay.mean()
    True
    """

    model: CalibratedModel
    levels: Mapping[str, str | float]

    @cached_property
    def pay(self) -> Distribution:
        """The person's pay, or that of everyone with these levels, as a distribution.

        Its `credible` intervals carry the standard errors of the ratios of all known levels, and what the facts leave
        open of the anchor. Where the error of a ratio is unknown, so are they: their ends are NaN, and `notes` names
        the level. `SalaryModel.with_assumed_errors` takes such errors as an assumption.
        """
        core = self.model.core.pay(dict(self.levels))
        title = f"pay of {self.describe_briefly()}"
        return Distribution(core, self.model.unit, posterior=ProfilePosterior(self, core), title=title)

    @cached_property
    def published(self) -> PublishedPay | None:
        """What the anchor's own release prints for everyone in the person's state, beside what the model says of them.

        None where the state is unknown, nothing is published for it, or the model was made without a published row.
        """
        cell, place = self.model.cell, {name: level for name, level in self.levels.items() if name.lower() == STATE}
        state = next(iter(place.values()), None)
        if cell is None or not isinstance(state, str):
            return None
        modeled = Distribution(self.model.core.pay(place), self.model.unit, title=f"pay of everyone in {state}")
        return published_pay(cell, self.model.anchor, state, modeled)

    @property
    def log_error(self) -> float:
        """Standard error of the log of the person's pay relative to the workforce's, from those of the ratios.

        NaN where one of them is unknown.
        """
        parts = self.model.core.explain(dict(self.levels), {}).parts
        errors = (math.nan if part.ratio_error is None else part.ratio_error / part.ratio for part in parts)
        return math.hypot(*errors)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is unknown, extrapolated or measured on others in this profile."""
        gaps = (
            f"{sentence(gap)}, so that no interval of this pay is known." for gap in unknown_errors(_rows(self, {}))
        )
        return (*_profile_notes(self, {}), *gaps)

    def replace(self, **levels: str | Number | None) -> Profile:
        """The person with other levels; None makes a factor unknown."""
        return Profile(self.model, self.model.choices({**self.levels, **levels}))

    def explain(self, baseline: Profile | None = None) -> Explanation:
        """What each factor adds to mean pay, against the whole workforce or another profile of the same model.

        The dollar amounts are Shapley values: what a factor adds to the product of ratios, averaged over all orders in
        which the factors can be applied. The difference between that product and the person's mean is the transport's
        line.

        Parameters
        ----------
        baseline : Profile, optional
            Of the same model; the whole workforce when None.

        Returns
        -------
        Explanation
            In the unit of the model, dollars a year.

        Raises
        ------
        FactError
            `baseline` is a profile of another model.

        Notes
        -----
        phi_j = B (r_j - 1) times the integral over [0, 1] of prod_{k != j} (1 + t (r_k - 1)) dt, B the baseline's mean
        and r the ratios: exact by Gauss-Legendre, a polynomial in t.
        """
        if baseline is not None and baseline.model is not self.model:
            raise FactError("baseline is a profile of another model; expected one of the same model")
        return _explain(self, baseline)

    def plot(self, ax: Axes | None = None, *, level: float | None = 0.9, source: str | None = None) -> Axes:
        """Density of the person's pay, and of the whole workforce's as a dashed line; returns the matplotlib axes.

        Parameters
        ----------
        ax : matplotlib axes, optional
            A new figure without it.
        level : float, optional
            Of the shaded band; None for none.
        source : str, optional
            Where the figures come from; written below the axes.
        """
        labels = self.describe_briefly(), WORKFORCE
        return plot_comparison(self.pay, self.model.anchor, labels, ax, level=level, source=source)

    def describe(self) -> str:
        """The levels as people say them, such as "Associate degree, New Jersey"."""
        known = (_named(name, self.model.factor(name).describe(level)) for name, level in self.levels.items())
        return ", ".join(known) or WORKFORCE

    def describe_briefly(self) -> str:
        """The levels in few words, such as "Associate degree, RHIT, New Jersey": long labels give way to names."""
        known = (_named(name, self.model.factor(name).describe_briefly(level)) for name, level in self.levels.items())
        return ", ".join(known) or WORKFORCE

    def __repr__(self) -> str:
        return f"<profile ({self.describe()}): {summary_line(self.pay)}>"

    def __rich__(self) -> Any:
        from rich.console import Group
        from rich.text import Text

        beside = [] if self.published is None else [self.published.__rich__()]
        return Group(Text(self.describe(), style="bold"), self.pay.__rich__(), *beside)

    def _repr_html_(self) -> str:
        beside = "" if self.published is None else self.published._repr_html_()
        pay = summary_html(self.pay, self.model.anchor, WORKFORCE) if self.levels else summary_html(self.pay)
        return f"<p><b>{escape(self.describe())}</b></p>{pay}{beside}"


def _named(factor: str, level: str) -> str:
    """A level as people say it; one that is a mere number, such as a pay band, with the name of its factor."""
    return level if any(map(str.isalpha, level)) else f"{factor} {level}"


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

    Examples
    --------
    >>> model = wf.SalaryModel.health_information()
    >>> compared = model.compare(model.profile(credential="RHIT"), model.profile(credential="none"))
    >>> round(compared.ratio, 3)
    1.145
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
        from rich.text import Text

        return Group(Text(self.headline(), style="bold"), self.explanation.__rich__())

    def _repr_html_(self) -> str:
        return f"<p><b>{escape(self.headline())}</b></p>{self.explanation._repr_html_()}"


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
    rows = _rows(person, base)
    notes = (*_profile_notes(person, base), *error_notes(rows))
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


def _rows(person: Profile, base: Mapping[str, str | float]) -> tuple[ExplanationRow, ...]:
    """The lines of the factors, then those of the interactions."""
    model, levels = person.model, person.levels
    parts = model.core.explain(dict(levels), dict(base)).parts
    rows = [
        factor_row(model.factor(part.factor), part, levels.get(part.factor), base.get(part.factor))
        for part in parts[: len(model.factors)]
    ]
    rows += [
        interaction_row(model.factor, interaction, part, levels, base)
        for interaction in model.interactions
        for part in parts[len(model.factors) :]
        if part.factor == interaction.name
    ]
    return tuple(rows)


def _profile_notes(person: Profile, base: Mapping[str, str | float]) -> Iterator[str]:
    """What is unknown, extrapolated or measured on others in a profile and in the levels that it is compared with."""
    model, levels = person.model, person.levels
    yield ASSOCIATION
    unknown = [factor.name for factor in model.factors if factor.name not in (*levels, *base)]
    if unknown:
        yield f"Left out, hence averaged over the workforce: {', '.join(unknown)}."
    for factor, standing in zip(model.factors, model.core.standings(dict(levels)), strict=True):
        if standing is _core.Standing.extrapolated:
            amount = factor.describe(levels[factor.name])
            yield f"Of {factor.name}, {amount} is outside the table; the nearest ratio in it is used."
    chosen = [*levels.items(), *base.items()]
    proxies = dict.fromkeys(name for name, level in chosen if model.factor(name).level(level).is_proxy)
    if proxies:
        yield f"Proxies, measured on other people or other levels than the name says: {', '.join(proxies)}."
    if person.published is not None:
        yield str(person.published)
