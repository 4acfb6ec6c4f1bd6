"""What the page says beside its figures: how to cite, where it starts, what is published."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from itertools import accumulate
from typing import Any

from wagefit._core import __version__
from wagefit.distributions.distribution import Distribution
from wagefit.factors.calibrated_model import CalibratedModel
from wagefit.factors.factor import Factor
from wagefit.factors.profile import ASSOCIATION, Profile
from wagefit.factors.state_places import ELSEWHERE, STATE

WAGE_STEPS = 200  # of the wage's slider, about
HEADINGS = {True: "Ask about a person", False: "Ask about a wage"}
INTRODUCTIONS = {
    True: (
        "Choose what is known of a person; what is not known is averaged over the workforce. Everything is computed on "
        "this page, which sends nothing anywhere."
    ),
    False: "Choose a wage. Everything is computed on this page, which sends nothing anywhere.",
}

Levels = dict[str, str | float]


def start(pay: Distribution, persons: Sequence[Levels]) -> dict[str, Any]:
    """Where the page starts: the levels of both persons and the wage."""
    low, middle, high = (float(pay.ppf(p)) for p in (0.005, 0.5, 0.99))
    step = 10.0 ** math.floor(math.log10((high - low) / WAGE_STEPS) + 0.5)
    least, most, at = (step * round(wage / step) for wage in (low, high, middle))
    return {"persons": list(persons), "wages": {"least": least, "most": most, "step": step, "start": at}}


def common_person(model: CalibratedModel) -> Levels:
    """The level of each factor that most people have, and the amount that half of them have reached."""
    return {factor.name: _choice(factor, _most_common(factor)) for factor in model.factors}


def other_person(model: CalibratedModel, person: Levels) -> Levels:
    """The same person but for one factor: at the commonest other level of the first factor that has levels."""
    for factor in model.factors:
        others = [i for i in range(len(factor.levels)) if _choice(factor, i) != person.get(factor.name)]
        if others and not factor.is_continuous:
            moved = max(others, key=lambda i: factor.levels[i].share)
            return {**person, factor.name: _choice(factor, moved)}
    return dict(person)


def _most_common(factor: Factor) -> int:
    """Position of the level; places that no row is published of are no place to start from."""
    if factor.is_continuous:
        shares = list(accumulate(level.share for level in factor.levels))
        return next(i for i, share in enumerate(shares) if share >= shares[-1] / 2)
    return max(range(len(factor.levels)), key=lambda i: (factor.levels[i].name != ELSEWHERE, factor.levels[i].share))


def _choice(factor: Factor, i: int) -> str | float:
    level = factor.levels[i]
    return level.name if level.at is None else level.at


def everyone(model: CalibratedModel, pay: Distribution) -> str:
    """Whose pay the model's anchor is, where the page is about that of a place."""
    if pay == model.anchor or model.cell is None:
        return "everyone"
    return f"everyone in the {model.cell.area_title}"


def shared_texts(model: CalibratedModel) -> dict[str, Any]:
    """Sentences that the page prints as Python does: of all pay, and by state what is published for it."""
    states = [level.name for factor in model.factors if factor.name == STATE for level in factor.levels]
    published = {state: Profile(model, {STATE: state}).published for state in states}
    return {
        "everyone": "everyone",
        "association": ASSOCIATION,
        "published": {state: str(each) for state, each in published.items() if each is not None},
    }


def citation(title: str, source: str) -> str:
    """How to cite the page's figures, as HTML; an empty source is the user."""
    text = f"wagefit developers. wagefit {__version__}: wage distributions from published wage statistics. Software."
    figures = f"{title}. Figures: {source or 'given by the user'}; everything else: wagefit {__version__}."
    entry = (
        f"@software{{wagefit,\n  author = {{wagefit developers}},\n"
        f"  title = {{wagefit: wage distributions from published wage statistics}},\n  version = {{{__version__}}}\n}}"
    )
    paragraphs = "".join(f"<p>{escape(each)}</p>" for each in (text, figures))
    return f"{paragraphs}<details><summary>BibTeX</summary><pre>{escape(entry)}</pre></details>"
