"""Factors from tables that the user brings, and from an elasticity."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from wagefit import _core
from wagefit.errors import FactError
from wagefit.factors.factor import Factor
from wagefit.factors.level import MEAN, Level
from wagefit.shared.arguments import as_choice, as_number
from wagefit.shared.columns import native_columns

REQUIRED = ("level", "ratio", "share")
TEXTS = ("label", "source", "population", "note", "share_source")
NUMBERS = ("standard_error", "at")
YEARS = ("year", "share_year")
FLAGS = ("is_proxy", "share_is_assumed")
BASELINE_TOLERANCE = 1e-12


def factor_from_table(
    frame: Any, name: str | None = None, *, baseline: str | None = None, unit: str = "", scale: str = "linear"
) -> Factor:
    """A factor from a table with a row a level.

    Parameters
    ----------
    frame : pandas.DataFrame, polars.DataFrame or pyarrow.Table
        Columns ``level``, ``ratio`` and ``share``; optionally ``label``, ``standard_error``, ``at`` (the amount of a
        knot: makes the factor continuous), ``source``, ``year``, ``population``, ``is_proxy``, ``note``,
        ``share_source``, ``share_year``, ``share_is_assumed``, and ``factor`` (only the rows of `name` are then used).
        A share without a source counts as assumed.
    name : str, optional
        Of the factor; needed unless the column ``factor`` holds one name.
    baseline : str, optional
        Level that the ratios refer to, or ``"mean"``: the anchor's mean. None: the only level whose ratio is 1 with the
        standard error 0, else ``"mean"``.
    unit : str
        Of the amounts in ``at``.
    scale : {"linear", "logarithmic"}
        See `Factor`.

    Returns
    -------
    Factor

    Raises
    ------
    FactError
        A column is missing or holds no number where one is needed; shares do not sum to one; a ratio is not positive.
    """
    rows = _rows(frame)
    chosen = _name(rows, name)
    rows = [row for row in rows if row.get("factor", chosen) == chosen]
    if not rows:
        raise FactError(f"name is {chosen!r}; expected a factor of the frame")
    levels = tuple(_level(row) for row in rows)
    factor = Factor(chosen, levels, _baseline(levels, baseline), unit, scale)
    return checked(factor)


def factor_from_elasticity(
    name: str,
    elasticity: float,
    shares: Mapping[float, float],
    *,
    standard_error: float | None = None,
    unit: str = "",
    source: str = "",
    year: int | None = None,
    population: str = "",
    is_proxy: bool = False,
    note: str = "",
    share_source: str = "",
) -> Factor:
    """Pay as a power of an amount, such as an area's price level, size, or demand for the occupation.

    Parameters
    ----------
    name : str
    elasticity : float
        Percent of pay that go with one percent of the amount.
    shares : mapping {amount: share}
        Part of the workforce at (about) each of two or more amounts, which are above 0; outside them pay is held and
        the profile says so. Without `share_source` they count as assumed.
    standard_error : float, optional
        Of the elasticity.
    unit, source, year, population, is_proxy, note, share_source
        As in `Level`.

    Returns
    -------
    Factor
        Continuous, on the logarithmic scale; ratios refer to the lowest amount.

    Raises
    ------
    FactError
        An amount is not positive, there is only one, or the shares do not sum to one.

    Notes
    -----
    ratio = (amount / lowest)^elasticity, whose logarithm has the standard error log(amount / lowest) times the
    elasticity's.
    """
    slope = as_number("elasticity", elasticity)
    error = None if standard_error is None else as_number("standard_error", standard_error)
    amounts = sorted(as_number("an amount of shares", amount) for amount in shares)
    if len(amounts) < 2 or not amounts[0] > 0:
        raise FactError(f"shares has the amounts {amounts[:5]}; expected at least two, all above 0")
    levels = []
    for amount in amounts:
        distance = math.log(amount / amounts[0])
        ratio = math.exp(slope * distance)
        levels.append(
            Level(
                name=f"{amount:g}", label=f"{amount:g} {unit}".strip(), ratio=ratio,
                standard_error=None if error is None else ratio * distance * error,
                share=as_number("a share", shares[amount]), at=amount, source=source, year=year, population=population,
                is_proxy=is_proxy, note=note, share_source=share_source, share_is_assumed=not share_source,
            )
        )  # fmt: skip
    return checked(Factor(name, tuple(levels), levels[0].name, unit, "logarithmic", "common"))


def factor_from_curve(
    name: str,
    ratios: Mapping[float, float],
    shares: Mapping[float, float],
    *,
    standard_errors: Mapping[float, float] | None = None,
    shape: str = "concave",
    unit: str = "",
    source: str = "",
    year: int | None = None,
    population: str = "",
    is_proxy: bool = False,
    share_source: str = "",
) -> Factor:
    """A continuous factor, such as experience in years, from readings at a few amounts that become its knots.

    Parameters
    ----------
    name : str
    ratios : mapping {amount: ratio}
        At least two readings, in any unit common to them.
    shares : mapping {amount: share}
        Part of the workforce at each of the same amounts. Without `share_source` an assumption.
    standard_errors : mapping {amount: error}, optional
        Of the ratios; they also weigh the readings. None: unknown, readings weigh alike.
    shape : {"concave", "as given"}
        ``"concave"``: log ratios are moved to the nearest that never fall and rise ever more slowly, in weighted
        squares (surveys' readings scatter); readings that do so already are kept. ``"as given"``: never moved.
    unit, source, year, population, is_proxy, share_source
        As in `Level`.

    Returns
    -------
    Factor
        Ratios refer to the lowest amount, which has no error of its own; a note says by how much a reading was moved.

    Raises
    ------
    FactError
        A ratio is not positive, amounts of ratios and shares differ, shares do not sum to one.
    """
    as_choice("shape", shape, ("concave", "as given"))
    amounts = sorted(as_number("an amount of ratios", amount) for amount in ratios)
    if amounts != sorted(float(amount) for amount in shares):
        raise FactError("ratios and shares have different amounts; expected the same")
    if not all(ratio > 0 and math.isfinite(ratio) for ratio in ratios.values()):
        raise FactError(f"ratios has {min(ratios.values()):g}; expected finite positive numbers")
    read = np.array([math.log(ratios[amount]) for amount in amounts])
    errors = None if standard_errors is None else [standard_errors[amount] / ratios[amount] for amount in amounts]
    moved = read if shape == "as given" else _core.fit_concave(amounts, read, _precisions(errors, len(amounts)))
    levels = []
    for i, amount in enumerate(amounts):
        ratio = math.exp(moved[i] - moved[0])
        change = math.expm1(moved[i] - read[i])
        levels.append(
            Level(
                name=f"{amount:g}", label=f"{amount:g} {unit}".strip(), ratio=ratio,
                standard_error=0.0 if i == 0 else None if errors is None else ratio * math.hypot(errors[i], errors[0]),
                share=as_number("a share", shares[amount]), at=amount, source=source, year=year, population=population,
                is_proxy=is_proxy, share_source=share_source, share_is_assumed=not share_source,
                note=f"Moved by {100 * change:+.2f} % to a concave curve" if abs(change) > 1e-9 else "",
            )
        )  # fmt: skip
    return checked(Factor(name, tuple(levels), levels[0].name, unit))


def _precisions(errors: list[float] | None, n: int) -> list[float]:
    """Weights of readings: one over their squared errors, alike where these are unknown or one of them is nothing."""
    if errors is None or min(errors) <= 0:
        return [1.0] * n
    return [1.0 / error**2 for error in errors]


def checked(factor: Factor) -> Factor:
    """`factor`, if a model could use it; FactError naming what is wrong otherwise."""
    factor.core.validate()
    return factor


def _rows(frame: Any) -> list[dict[str, Any]]:
    columns = native_columns(frame)
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        raise FactError(f"frame has no column {missing[0]!r}; expected at least {', '.join(REQUIRED)}")
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _name(rows: list[dict[str, Any]], name: str | None) -> str:
    if name is not None:
        return name
    found = {str(row["factor"]) for row in rows if "factor" in row}
    if len(found) != 1:
        raise FactError(f"name is None and the frame holds {len(found)} factors; expected the name of one")
    return found.pop()


def _level(row: Mapping[str, Any]) -> Level:
    level = str(row["level"])
    numbers = {name: _number(level, name, row.get(name)) for name in (*NUMBERS, "ratio", "share", *YEARS)}
    for name in ("ratio", "share"):
        if numbers[name] is None:
            raise FactError(f"{name} of level {level!r} is missing; expected a number")
    texts = {name: "" if _is_missing(row.get(name)) else str(row[name]) for name in TEXTS}
    flags = {name: not _is_missing(row.get(name)) and str(row[name]).lower() in ("true", "yes", "1") for name in FLAGS}
    if _is_missing(row.get("share_is_assumed")):
        flags["share_is_assumed"] = not texts["share_source"]
    years = {name: None if numbers[name] is None else int(numbers[name] or 0) for name in YEARS}
    ratio, share = float(numbers["ratio"] or 0.0), float(numbers["share"] or 0.0)
    return Level(
        name=level, label=texts["label"] or level, ratio=ratio, standard_error=numbers["standard_error"], share=share,
        at=numbers["at"], source=texts["source"], year=years["year"], population=texts["population"],
        is_proxy=flags["is_proxy"], note=texts["note"], share_source=texts["share_source"],
        share_year=years["share_year"], share_is_assumed=flags["share_is_assumed"],
    )  # fmt: skip


def _is_missing(value: Any) -> bool:
    return value is None or value == "" or bool(value != value)  # NaN, NaT


def _number(level: str, name: str, value: Any) -> float | None:
    if _is_missing(value):
        return None
    try:
        return float(value)
    except (TypeError, ValueError) as error:
        raise FactError(f"{name} of level {level!r} is {value!r}; expected a number") from error


def _baseline(levels: tuple[Level, ...], baseline: str | None) -> str:
    known = [level.name for level in levels]
    if baseline is not None:
        if baseline != MEAN and baseline not in known:
            raise FactError(f"baseline is {baseline!r}; expected 'mean' or one of {', '.join(map(repr, known))}")
        return baseline
    exact = [
        level.name for level in levels if abs(level.ratio - 1.0) < BASELINE_TOLERANCE and level.standard_error == 0.0
    ]
    return exact[0] if len(exact) == 1 else MEAN
