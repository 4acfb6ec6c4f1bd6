"""What the page says beside its figures: how to cite, where it starts, what is published."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import Any

from wagefit._core import __version__
from wagefit.distributions.distribution import Distribution
from wagefit.factors.calibrated_model import CalibratedModel
from wagefit.factors.factor import Factor
from wagefit.factors.profile import ASSOCIATION, Profile
from wagefit.factors.state_places import STATE

WAGE_STEPS = 200  # of the wage's slider, about

Levels = dict[str, str | float]


def start(pay: Distribution, persons: Sequence[Levels]) -> dict[str, Any]:
    """Where the page starts: the levels of both persons and the wage."""
    low, middle, high = (float(pay.ppf(p)) for p in (0.005, 0.5, 0.99))
    step = 10.0 ** math.floor(math.log10((high - low) / WAGE_STEPS) + 0.5)
    least, most, at = (step * round(wage / step) for wage in (low, high, middle))
    return {"persons": list(persons), "wages": {"least": least, "most": most, "step": step, "start": at}}


def common_person(model: CalibratedModel) -> Levels:
    """The level of each factor that most people have."""
    return {factor.name: _choice(factor, _most_common(factor)) for factor in model.factors}


def other_person(model: CalibratedModel, person: Levels) -> Levels:
    """The same person but for one factor: at the most common other level of the first factor that says levels."""
    for factor in model.factors:
        others = [i for i in range(len(factor.levels)) if _choice(factor, i) != person.get(factor.name)]
        if others and not factor.is_continuous:
            moved = max(others, key=lambda i: factor.levels[i].share)
            return {**person, factor.name: _choice(factor, moved)}
    return dict(person)


def _most_common(factor: Factor) -> int:
    return max(range(len(factor.levels)), key=lambda i: factor.levels[i].share)


def _choice(factor: Factor, i: int) -> str | float:
    level = factor.levels[i]
    return level.name if level.at is None else level.at


def shared_texts(model: CalibratedModel) -> dict[str, Any]:
    """Sentences that the page prints as Python does: of all pay, and by state what is published for it."""
    states = [level.name for factor in model.factors if factor.name == STATE for level in factor.levels]
    published = {state: Profile(model, {STATE: state}).published for state in states}
    return {
        "association": ASSOCIATION,
        "published": {state: str(each) for state, each in published.items() if each is not None},
    }


def citation(title: str, source: str) -> str:
    """How to cite the page's figures, as HTML."""
    text = f"wagefit developers. wagefit {__version__}: wage distributions from published wage statistics. Software."
    figures = f"{title}. Figures: {source}; distribution and salary factors: wagefit {__version__}."
    entry = (
        f"@software{{wagefit,\n  author = {{wagefit developers}},\n"
        f"  title = {{wagefit: wage distributions from published wage statistics}},\n  version = {{{__version__}}}\n}}"
    )
    paragraphs = "".join(f"<p>{escape(each)}</p>" for each in (text, figures))
    return f"{paragraphs}<details><summary>BibTeX</summary><pre>{escape(entry)}</pre></details>"
