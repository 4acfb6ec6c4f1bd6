"""Levels from records, and records from levels: the same columns in tables and files."""

from __future__ import annotations

from typing import Any

from wagefit.factors.level import Level
from wagefit.factors.records import Record

REQUIRED = ("level", "ratio", "share")
TEXTS = ("label", "source", "population", "note", "share_source")
YEARS = ("year", "share_year")
FLAGS = ("is_proxy", "share_is_assumed", "error_is_assumed")
COLUMNS = (
    "level", "label", "at", "ratio", "standard_error", "share", "source", "year", "population", "is_proxy", "note",
    "share_source", "share_year", "share_is_assumed", "error_is_assumed",
)  # fmt: skip


def read_level(record: Record) -> Level:
    """The level of a record; FactError naming the column that is wrong, where it stands, and what was expected."""
    name = record.needed_text("level", "the name of a level")
    texts = {column: record.text(column) for column in TEXTS}
    flags = {column: record.flag(column) for column in FLAGS}
    is_assumed = flags["share_is_assumed"]
    return Level(
        name=name, label=texts["label"] or name, ratio=read_ratio(record), standard_error=read_error(record),
        share=_share(record), at=record.number("at"), source=texts["source"], year=record.year("year"),
        population=texts["population"], is_proxy=bool(flags["is_proxy"]), note=texts["note"],
        share_source=texts["share_source"], share_year=record.year("share_year"),
        share_is_assumed=not texts["share_source"] if is_assumed is None else is_assumed,
        error_is_assumed=bool(flags["error_is_assumed"]),
    )  # fmt: skip


def level_row(level: Level) -> dict[str, Any]:
    """A level by the names of its columns, None where nothing is to be said, so that `read_level` gives it back."""
    row: dict[str, Any] = {column: getattr(level, column) for column in COLUMNS if column != "level"}
    row |= {column: row[column] or None for column in (*TEXTS, "is_proxy", "error_is_assumed")}
    row |= {"level": level.name, "label": None if level.label == level.name else level.label}
    if level.share_is_assumed == (not level.share_source):
        row["share_is_assumed"] = None
    return {column: row[column] for column in COLUMNS}


def read_ratio(record: Record) -> float:
    """A ratio, above 0."""
    ratio = record.needed_number("ratio")
    if not ratio > 0:
        raise record.wrong("ratio", "a number above 0")
    return ratio


def read_error(record: Record) -> float | None:
    """A standard error, at least 0; None where it is unknown."""
    error = record.number("standard_error")
    if error is not None and error < 0:
        raise record.wrong("standard_error", "a number of at least 0")
    return error


def _share(record: Record) -> float:
    share = record.needed_number("share")
    if not 0 <= share <= 1:
        hint = f": {share:g} % is {share / 100:g}" if 1 < share <= 100 else ""
        raise record.wrong("share", f"a part of the workforce in [0, 1]{hint}")
    return share
