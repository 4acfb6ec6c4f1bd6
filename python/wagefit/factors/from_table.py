"""Factors from tables that the user brings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagefit.errors import FactError
from wagefit.factors.figures import AnyFactor, FactorFigures, Scale
from wagefit.factors.level import MEAN, Level
from wagefit.shared.frames import columns_of
from wagefit.shared.types import Table

REQUIRED = ("level", "ratio", "share")
TEXTS = ("label", "source", "population", "note", "share_source")
NUMBERS = ("standard_error", "at")
YEARS = ("year", "share_year")
FLAGS = ("is_proxy", "share_is_assumed")
BASELINE_TOLERANCE = 1e-12


class FactorFromTable(FactorFigures):
    """Adds `from_table`."""

    @classmethod
    def from_table(
        cls: type[AnyFactor],
        frame: Table,
        name: str | None = None,
        *,
        baseline: str | None = None,
        unit: str = "",
        scale: Scale = "linear",
    ) -> AnyFactor:
        """A factor from a table with a row a level.

        Parameters
        ----------
        frame : pandas.DataFrame, polars.DataFrame or pyarrow.Table
            Columns ``level``, ``ratio`` and ``share``; optionally ``label``, ``standard_error``, ``at`` (the amount of
            a knot: makes the factor continuous), ``source``, ``year``, ``population``, ``is_proxy``, ``note``,
            ``share_source``, ``share_year``, ``share_is_assumed``, and ``factor`` (only the rows of `name` are then
            used). A share without a source counts as assumed.
        name : str, optional
            Of the factor; needed unless the column ``factor`` holds one name.
        baseline : str, optional
            Level that the ratios refer to, or ``"mean"``: the anchor's mean. None: the only level whose ratio is 1 with
            the standard error 0, else ``"mean"``.
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
            A column is missing or holds no number where one is needed; shares do not sum to one; a ratio is not
            positive.
        """
        rows = _rows(frame)
        chosen = _name(rows, name)
        rows = [row for row in rows if row.get("factor", chosen) == chosen]
        if not rows:
            raise FactError(f"name is {chosen!r}; expected a factor of the frame")
        levels = tuple(_level(row) for row in rows)
        return cls(chosen, levels, _baseline(levels, baseline), unit, scale).checked()


def _rows(frame: Table) -> list[dict[str, Any]]:
    columns = columns_of(frame)
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
