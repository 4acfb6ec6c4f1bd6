"""The anchor of a salary model: from facts that a user gives, and to a file and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeAlias

import numpy as np

from wagefit import _core
from wagefit.distributions.distribution import Distribution
from wagefit.distributions.posterior import CurvePosterior, as_parent
from wagefit.errors import FactError
from wagefit.facts.facts import read_facts
from wagefit.fitting.fit import describe_curve, fit
from wagefit.oews import Cell, PublishedRow
from wagefit.shared.messages import shown

AnchorFacts: TypeAlias = Distribution | PublishedRow | Mapping[str, Any]
"""A distribution, a published row, or the arguments of `wagefit.fit`."""

ARGUMENTS_ALONE = frozenset(("quantiles", "at_least", "family", "like"))  # no row has such columns
ARGUMENTS = (
    "mean", "quantiles", "at_least", "family", "mean_rse", "employment", "lower", "upper", "rounding", "unit", "like",
)  # fmt: skip
FIGURES = ("mean", "mean_rse", "employment", "lower", "upper", "rounding")
PAIRS = ("quantiles", "at_least")
KINDS: dict[str, type] = {"int": int, "str": str, "bool": bool, "float | None": float}  # of the entries of a cell
ENTRIES = ("family", "unit", *FIGURES, "mean_at_least", *PAIRS, "parent")


def as_anchor(facts: AnchorFacts) -> Distribution:
    """The distribution that `facts` are, or are fitted by; FactError where they are none."""
    if isinstance(facts, Distribution):
        return facts
    if isinstance(facts, Mapping):
        unknown = [key for key in facts if key not in ARGUMENTS]
        if not unknown:
            return fit(**facts)
        if not ARGUMENTS_ALONE.isdisjoint(facts):
            raise FactError(f"facts has {shown(unknown[0])}; expected arguments of fit: {', '.join(ARGUMENTS)}")
    if not any(hasattr(facts, name) for name in ("keys", "facts", "_asdict")):
        raise FactError(f"facts is {shown(facts)}; expected a published row, arguments of fit, or a Distribution")
    return fit(facts)


def anchor_entries(anchor: Distribution) -> dict[str, Any]:
    """The facts that `read_anchor` makes the anchor of again; FactError for one that was not fitted to facts."""
    diagnostics, posterior = anchor.diagnostics, anchor.posterior
    if diagnostics is None:
        raise FactError(
            f"the anchor is {anchor!r}, which was made from other distributions; expected one that wagefit.fit made, "
            "whose facts can be written"
        )
    facts = diagnostics.facts
    parent = posterior.parent if isinstance(posterior, CurvePosterior) else None
    entries: dict[str, Any] = {"family": diagnostics.family, "unit": facts.unit}
    entries |= {name: getattr(facts, name) for name in (*FIGURES, "mean_at_least", *PAIRS)}
    entries["parent"] = None if parent is None else parent.tolist()
    known = {name: value for name, value in entries.items() if value is not None and value != ()}
    if read_anchor(known) != anchor:
        raise FactError(f"the anchor is {anchor!r}; expected one that wagefit.fit makes of its facts again")
    return known


def read_anchor(entries: Any) -> Distribution:
    """The anchor that `anchor_entries` described; FactError naming the entry that is wrong."""
    if not isinstance(entries, Mapping) or not set(ENTRIES).issuperset(entries):
        raise FactError(f"anchor is {shown(entries)}; expected a table with some of {', '.join(ENTRIES)}")
    given: dict[str, Any] = {name: entries.get(name) for name in (*FIGURES, *PAIRS)}
    given |= {name: _pairs(name, given[name]) for name in PAIRS if given[name] is not None}
    given["unit"] = entries.get("unit")
    if "mean_at_least" in entries:
        given["at_least"] = {**(given["at_least"] or {}), "mean": entries["mean_at_least"]}
    family = entries.get("family")
    if "parent" not in entries:
        return fit(family=family, **given)  # type: ignore[arg-type]  # another family is answered with the known ones
    facts, parent = read_facts(**given), _parent(entries["parent"])
    return describe_curve(_core.fit_curve(facts.core, _core.shape_prior(), as_parent(parent)), facts, parent)


def cell_entries(cell: Cell) -> dict[str, Any]:
    """The figures and texts of a published row that `read_cell` makes it of again."""
    return vars(cell)


def read_cell(entries: Any) -> Cell:
    """The published row that `cell_entries` described; FactError naming the entry that is wrong."""
    kinds = {each.name: KINDS[str(each.type)] for each in fields(Cell)}
    if not isinstance(entries, Mapping) or not set(kinds).issuperset(entries):
        raise FactError(f"cell is {shown(entries)}; expected a table with some of {', '.join(kinds)}")
    for name, value in entries.items():
        if not isinstance(value, kinds[name]):
            raise FactError(f"{name} of cell is {shown(value)}; expected a published figure or text")
    return Cell(**{**{name: None for name, kind in kinds.items() if kind is float}, **entries})


def _pairs(name: str, value: Any) -> dict[float, float]:
    is_list = isinstance(value, (list, tuple))
    if not is_list or not all(isinstance(pair, (list, tuple)) and len(pair) == 2 for pair in value):
        raise FactError(f"{name} is {shown(value)}; expected a list of pairs of a probability and a wage")
    return dict(value)


def _parent(value: Any) -> Any:
    wages = np.array(value, dtype=float)
    n = len(_core.parent_scores(_core.shape_prior()))
    if wages.shape != (n,) or not (np.isfinite(wages).all() and (wages > 0).all() and (np.diff(wages) >= 0).all()):
        raise FactError(f"parent is {shown(value)}; expected {n} wages above 0, none below the one before")
    return wages
