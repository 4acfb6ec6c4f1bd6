"""Factors from tables that the user brings."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from wagefit.errors import FactError
from wagefit.factors.figures import AnyFactor, FactorFigures, Scale
from wagefit.factors.level import MEAN, Level
from wagefit.factors.level_records import REQUIRED, read_level
from wagefit.factors.records import Record, column_name, said_in
from wagefit.shared.arguments import as_choice
from wagefit.shared.frames import columns_of, require_distinct
from wagefit.shared.types import Table

BASELINE_TOLERANCE = 1e-12
SHARES_TOLERANCE = 1e-6  # that of the core, which takes no rounding of published percentages away
ROUNDED = 0.005  # by which a share of two decimals is off at most


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
        """A factor from a table with a row a level; see `wagefit.factors.read` for several factors in a file.

        Parameters
        ----------
        frame : pandas.DataFrame, polars.DataFrame or pyarrow.Table
            Columns, in any capitals: ``level``, ``ratio`` and ``share``; optionally ``label``, ``standard_error``,
            ``at`` (the amount of a knot: makes the factor continuous), ``source``, ``year``, ``population``,
            ``is_proxy``, ``note``, ``share_source``, ``share_year``, ``share_is_assumed``, ``error_is_assumed``,
            ``baseline``, ``unit``, ``scale`` and ``errors`` (see `Factor`; one text for all its rows), and ``factor``
            (only the rows of `name` are then used). A share without a source counts as assumed.
        name : str, optional
            Of the factor; needed unless the column ``factor`` holds one name.
        baseline : str, optional
            Level that the ratios refer to, or ``"mean"``: the anchor's mean. None: that of the table, or else the only
            level whose ratio is 1 with the standard error 0, else ``"mean"``.
        unit : str
            Of the amounts in ``at``; that of the table where empty.
        scale : {"linear", "logarithmic"}
            See `Factor`; that of the table where it names one.

        Returns
        -------
        Factor

        Raises
        ------
        FactError
            A column is missing or holds no number where one is needed; shares do not sum to one; a ratio is not
            positive.
        """
        rows = frame_records(frame)
        chosen = _name(rows, name)
        rows = [row for row in rows if column_name(row.text("factor") or chosen) == column_name(chosen)]
        if not rows:
            raise FactError(f"name is {chosen!r}; expected a factor of the frame")
        return cls(**figures_of(chosen, rows, baseline, unit, scale)).checked()


def frame_records(frame: Table, needed: Sequence[str] = REQUIRED) -> list[Record]:
    """The rows of a table; FactError where it lacks a column of `needed`, whatever the capitals."""
    columns = columns_of(frame)
    names = require_distinct([column_name(header) for header in columns])
    missing = [name for name in needed if name not in names]
    if missing:
        raise FactError(f"frame has no column {missing[0]!r}; expected at least {', '.join(needed)}")
    rows = (dict(zip(names, values, strict=True)) for values in zip(*columns.values(), strict=True))
    return [Record(row, f"in row {i} of the frame") for i, row in enumerate(rows, 1)]


def figures_of(
    name: str, records: Sequence[Record], baseline: str | None = None, unit: str = "", scale: Scale = "linear"
) -> dict[str, Any]:
    """The arguments of the factor whose levels the records are; those given take the place of the records'."""
    read = [(read_level(record), record) for record in records]
    _require_distinct_levels(name, records)
    _require_all_shares(name, read)
    levels = tuple(_in_order(read))
    said = {column: said_in(records, column) for column in ("baseline", "unit", "scale", "errors")}
    texts = {column: record.text(column) for column, record in said.items()}
    for column, allowed in (("scale", ("linear", "logarithmic")), ("errors", ("independent", "common"))):
        if texts[column] and texts[column] not in allowed:
            raise said[column].wrong(column, f"one of {', '.join(map(repr, allowed))}")
    return {
        "name": name,
        "levels": levels,
        "baseline": _baseline(levels, baseline or texts["baseline"] or None),
        "unit": unit or texts["unit"],
        "scale": texts["scale"] or as_choice(f"scale of {name}", scale, ("linear", "logarithmic")),
        "errors": texts["errors"] or None,
    }


def _name(rows: Sequence[Record], name: str | None) -> str:
    if name is not None:
        return name
    found = {column_name(row.text("factor")): row.text("factor") for row in rows if row.text("factor")}
    if len(found) != 1:
        raise FactError(f"name is None and the frame holds {len(found)} factors; expected the name of one")
    return found.popitem()[1]


def _in_order(read: Sequence[tuple[Level, Record]]) -> list[Level]:
    """Knots by their amounts, other levels as given; FactError where only some have an amount, or two have the same."""
    without = [record for level, record in read if level.at is None]
    if len(without) == len(read):
        return [level for level, _ in read]
    if without:
        raise FactError(f"at {without[0].place} is missing; expected an amount, as the factor's other levels have one")
    known: dict[float | None, Record] = {}
    for level, record in read:
        other = known.setdefault(level.at, record)
        if other is not record:
            raise record.wrong("at", f"another amount than {other.place}")
    return sorted((level for level, _ in read), key=lambda level: level.at or 0.0)


def _require_all_shares(name: str, read: Sequence[tuple[Level, Record]]) -> None:
    """FactError unless the shares of all levels sum to one."""
    total = math.fsum(level.share for level, _ in read)
    if abs(total - 1.0) > SHARES_TOLERANCE:
        ends = f"from share {read[0][1].place} to share {read[-1][1].place}"
        is_rounding = abs(total - 1.0) < ROUNDED * len(read) + SHARES_TOLERANCE
        hint = ": they look rounded, and more digits or an adjustment are needed" if is_rounding else ""
        raise FactError(f"the shares of {name!r} sum to {total:.6g}, {ends}; expected 1{hint}")


def _require_distinct_levels(name: str, records: Sequence[Record]) -> None:
    """FactError where two levels have one name, whatever its capitals."""
    known: dict[str, Record] = {}
    for record in records:
        level = record.text("level")
        other = known.setdefault(level.casefold(), record)
        if other is not record:
            spelled = f"{other.text('level')!r} stands {other.place}"
            raise record.wrong("level", f"each level of {name!r} once, whatever its capitals, and {spelled}")


def _baseline(levels: tuple[Level, ...], baseline: str | None) -> str:
    known = {level.name.casefold(): level.name for level in levels} | {MEAN: MEAN}
    if baseline is not None:
        if baseline.casefold() not in known:
            names = ", ".join(repr(level.name) for level in levels)
            raise FactError(f"baseline is {baseline!r}; expected 'mean' or one of {names}")
        return known[baseline.casefold()]
    exact = [
        level.name for level in levels if abs(level.ratio - 1.0) < BASELINE_TOLERANCE and level.standard_error == 0.0
    ]
    return exact[0] if len(exact) == 1 else MEAN
