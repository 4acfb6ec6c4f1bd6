"""Factors and interactions from records, a record a level or a pair of levels, and records from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wagefit.errors import FactError
from wagefit.factors.factor import Factor
from wagefit.factors.from_table import figures_of
from wagefit.factors.interactions import Cell, Interaction
from wagefit.factors.level_records import COLUMNS, level_row, read_error, read_ratio
from wagefit.factors.records import Record, column_name, said_in

FACTOR_TEXTS = ("baseline", "unit", "scale", "errors")
NUMBERS = ("at", "ratio", "standard_error", "share")
PAIR_COLUMNS = ("with_factor", "with_level")
INTERACTION_COLUMNS = ("source", "year", "population", "is_proxy", "note", "share_source", "error_is_assumed")
ALL_COLUMNS = ("factor", "level", *PAIR_COLUMNS, *COLUMNS[1:], *FACTOR_TEXTS)


def read_factors(records: Iterable[Record]) -> tuple[tuple[Factor, ...], tuple[Interaction, ...]]:
    """The factors and interactions of records, in their order; a record with ``with_factor`` is of an interaction."""
    levels: dict[str, list[Record]] = {}
    pairs: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        first = column_name(record.needed_text("factor", "the name of a factor"))
        second = column_name(record.text("with_factor"))
        if second:
            pairs.setdefault((first, second), []).append(record)
        else:
            levels.setdefault(first, []).append(record)
    factors = {name: Factor(**figures_of(own[0].text("factor"), own)) for name, own in levels.items()}
    for factor in factors.values():
        _check(factor)
    return tuple(factors.values()), tuple(_interaction(own, factors) for own in pairs.values())


def _check(factor: Factor) -> None:
    """FactError naming the factor where the levels together are meaningless."""
    try:
        factor.checked()
    except FactError as error:
        named = str(error).startswith(f"factor {factor.name!r}")
        raise error if named else FactError(f"factor {factor.name!r}: {error}") from error


def factor_rows(factors: Iterable[Factor], interactions: Iterable[Interaction]) -> list[dict[str, Any]]:
    """Rows that `read_factors` reads back: the levels of all factors, then the pairs of all interactions."""
    rows = []
    for factor in factors:
        own = {"factor": factor.name, **factor_texts(factor)}
        rows += [own | level_row(level) for level in factor.levels]
    for interaction in interactions:
        own = {"factor": interaction.first, "with_factor": interaction.second, **interaction_texts(interaction)}
        rows += [own | pair for pair in pair_rows(interaction)]
    return rows


def factor_texts(factor: Factor) -> dict[str, str | None]:
    """What is said of a whole factor, None where nothing is."""
    scale = None if factor.scale == "linear" else factor.scale
    return {"baseline": factor.baseline, "unit": factor.unit or None, "scale": scale, "errors": factor.errors}


def interaction_texts(interaction: Interaction) -> dict[str, Any]:
    """What is said of a whole interaction, None where nothing is."""
    return {
        "source": interaction.source or None,
        "year": interaction.year,
        "population": interaction.population or None,
        "is_proxy": interaction.is_proxy or None,
        "note": interaction.note or None,
        "share_source": interaction.share_source or None,
        "error_is_assumed": interaction.errors_are_assumed or None,
    }


def pair_rows(interaction: Interaction) -> list[dict[str, Any]]:
    """The figures of the pairs of an interaction; FactError where it has none, as nothing would be left of it."""
    figures: tuple[tuple[str, Mapping[Cell, float]], ...] = (
        ("ratio", interaction.ratios),
        ("standard_error", interaction.standard_errors or {}),
        ("share", interaction.shares or {}),
    )
    pairs = dict.fromkeys(pair for _, values in figures for pair in values)
    if not pairs:
        raise FactError(f"interaction {interaction.name!r} has neither ratios nor shares; expected some to save")
    return [
        {"level": first, "with_level": second, **{name: values.get((first, second)) for name, values in figures}}
        for first, second in pairs
    ]


def _interaction(records: Sequence[Record], factors: Mapping[str, Factor]) -> Interaction:
    first, second = (_factor(records[0], column, factors) for column in ("factor", "with_factor"))
    figures: dict[str, dict[Cell, float]] = {"ratio": {}, "standard_error": {}, "share": {}}
    places: dict[Cell, Record] = {}
    for record in records:
        pair = _level(record, "level", first), _level(record, "with_level", second)
        if pair in places:
            raise FactError(
                f"level {record.place} has the pair {pair}, as {places[pair].place}; expected each pair once"
            )
        places[pair] = record
        for name, value in _figures(record).items():
            figures[name][pair] = value
    said = {column: said_in(records, column) for column in INTERACTION_COLUMNS}
    return Interaction(
        first=first.name,
        second=second.name,
        ratios=figures["ratio"],
        standard_errors=figures["standard_error"] or None,
        source=said["source"].text("source"),
        year=said["year"].year("year"),
        population=said["population"].text("population"),
        is_proxy=bool(said["is_proxy"].flag("is_proxy")),
        note=said["note"].text("note"),
        shares=figures["share"] or None,
        share_source=said["share_source"].text("share_source"),
        errors_are_assumed=bool(said["error_is_assumed"].flag("error_is_assumed")),
    )


def _figures(record: Record) -> dict[str, float]:
    """The figures of a pair that are given."""
    found = {
        "ratio": read_ratio(record) if record.text("ratio") else None,
        "standard_error": read_error(record),
        "share": record.number("share"),
    }
    if (found["share"] or 0.0) < 0:
        raise record.wrong("share", "people at both levels, at least 0")
    return {name: value for name, value in found.items() if value is not None}


def _factor(record: Record, column: str, factors: Mapping[str, Factor]) -> Factor:
    name = column_name(record.text(column))
    if name not in factors:
        known = ", ".join(repr(factor.name) for factor in factors.values())
        raise record.wrong(column, f"one of the factors there, {known}")
    return factors[name]


def _level(record: Record, column: str, factor: Factor) -> str:
    found = factor.find_level(record.needed_text(column, f"a level of {factor.name}"))
    if found is None:
        raise record.wrong(column, f"one of {', '.join(repr(level.name) for level in factor.levels)}")
    return found.name
