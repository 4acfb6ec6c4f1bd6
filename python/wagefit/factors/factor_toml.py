"""Factors in a TOML file: a table a factor, with a line a level."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from wagefit.errors import FactError
from wagefit.factors.factor import Factor
from wagefit.factors.factor_records import FACTOR_TEXTS, INTERACTION_COLUMNS, factor_texts, interaction_texts, pair_rows
from wagefit.factors.interactions import Interaction
from wagefit.factors.level_records import COLUMNS, level_row
from wagefit.factors.records import Record, column_name, hint_of_name
from wagefit.shared.messages import shown

HEAD = ("factors", "interactions")
# What may be said once for all levels of a factor.
SHARED = ("source", "year", "population", "is_proxy", "note", "share_source", "share_year", "share_is_assumed")
PAIRS = ("first", "second", "ratio", "standard_error", "share")


def toml_records(name: str, document: Mapping[str, Any]) -> list[Record]:
    """The levels and pairs of levels of a TOML document; FactError naming the entry that is none."""
    entries = _known(document, HEAD, f"of {name}")
    factors, interactions = entries.get("factors", {}), entries.get("interactions", [])
    if not isinstance(factors, Mapping) or not isinstance(interactions, list):
        wrong = "interactions" if isinstance(factors, Mapping) else "factors"
        raise FactError(f"{wrong} of {name} is {shown(entries[wrong])}; expected tables")
    levels = [each for factor, own in factors.items() for each in _levels(factor, own, name)]
    pairs = [each for i, own in enumerate(interactions, 1) for each in _pairs(i, own, name)]
    return [*levels, *pairs]


def toml_text(factors: Iterable[Factor], interactions: Iterable[Interaction]) -> str:
    """Factors and interactions as a TOML document that `toml_records` reads."""
    blocks = [_factor_block(factor) for factor in factors]
    return "\n".join([*blocks, *(_interaction_block(interaction) for interaction in interactions)])


def toml_value(value: Any) -> str:
    """A text, number, flag, or a list of such, as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(toml_value, value))}]"
    return repr(value) if isinstance(value, int) else repr(float(value))


def toml_lines(entries: Mapping[str, Any]) -> list[str]:
    """A line for each entry that is not None."""
    return [f"{name} = {toml_value(value)}" for name, value in entries.items() if value is not None]


def toml_list(name: str, texts: Iterable[str]) -> list[str]:
    """A list with a line a text."""
    return [f"{name} = [", *(f"    {toml_value(text)}," for text in texts), "]"]


def _levels(factor: str, own: Any, name: str) -> Iterator[Record]:
    place = f"of the factor {factor!r} in {name}"
    entries = _known(own, (*FACTOR_TEXTS, *SHARED, "levels"), place)
    shared = {"factor": factor, **{key: value for key, value in entries.items() if key != "levels"}}
    for i, level in enumerate(_list("levels", entries, place), 1):
        where = f"of level {i} {place}"
        yield Record(_plain({**shared, **_known(level, COLUMNS, where)}, where), where)


def _pairs(number: int, own: Any, name: str) -> Iterator[Record]:
    place = f"of interaction {number} in {name}"
    entries = _known(own, ("first", "second", *INTERACTION_COLUMNS, "pairs"), place)
    shared = {key: value for key, value in entries.items() if key not in ("first", "second", "pairs")}
    shared |= {"factor": entries.get("first"), "with_factor": entries.get("second")}
    for column in ("first", "second"):
        if not isinstance(entries.get(column), str):
            raise FactError(f"{column} {place} is {shown(entries.get(column))}; expected the name of a factor")
    for i, pair in enumerate(_list("pairs", entries, place), 1):
        where = f"of pair {i} {place}"
        figures = _known(pair, PAIRS, where)
        levels = {"level": figures.pop("first", None), "with_level": figures.pop("second", None)}
        yield Record(_plain({**shared, **figures, **levels}, where), where)


def _known(entries: Any, known: Sequence[str], place: str) -> dict[str, Any]:
    """The entries of a table by name, in any capitals; FactError for one that is not `known`."""
    if not isinstance(entries, Mapping):
        raise FactError(f"an entry {place} is {shown(entries)}; expected a table with some of {', '.join(known)}")
    found: dict[str, Any] = {}
    for key, value in entries.items():
        column = column_name(key)
        if column not in known:
            hint = hint_of_name(column, known)
            raise FactError(f"an entry {place} is {shown(key)}; {hint}expected some of {', '.join(known)}")
        if column in found:
            raise FactError(f"{column} {place} is given twice; expected it once, whatever its capitals")
        found[column] = value
    return found


def _list(name: str, entries: Mapping[str, Any], place: str) -> list[Any]:
    found = entries.get(name)
    if not isinstance(found, list) or not found:
        wrong = "missing" if found is None else shown(found)
        raise FactError(f"{name} {place} is {wrong}; expected a list of tables, one a line of figures")
    return found


def _plain(values: dict[str, Any], place: str) -> dict[str, Any]:
    """The values, if each is one text, number or flag."""
    for column, value in values.items():
        if value is not None and not isinstance(value, (str, int, float)):
            raise FactError(f"{column} {place} is {shown(value)}; expected a text or a number")
    return values


def _factor_block(factor: Factor) -> str:
    rows = [level_row(level) for level in factor.levels]
    shared = {column: rows[0][column] for column in SHARED if len({row[column] for row in rows}) == 1}
    own = ({column: value for column, value in row.items() if column not in shared} for row in rows)
    return "\n".join(
        [f"[factors.{_key(factor.name)}]", *toml_lines(factor_texts(factor) | shared), *_table("levels", own)]
    )


def _interaction_block(interaction: Interaction) -> str:
    rows = (
        {"first": row["level"], "second": row["with_level"], **{name: row[name] for name in PAIRS[2:]}}
        for row in pair_rows(interaction)
    )
    head = {"first": interaction.first, "second": interaction.second, **interaction_texts(interaction)}
    return "\n".join(["[[interactions]]", *toml_lines(head), *_table("pairs", rows)])


def _table(name: str, rows: Iterable[Mapping[str, Any]]) -> list[str]:
    return [f"{name} = [", *(f"    {{ {', '.join(toml_lines(row))} }}," for row in rows), "]", ""]


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _text(name)


def _text(value: str) -> str:
    r"""A text in quotation marks; JSON escapes as TOML does but for DEL, and halves of surrogate pairs are no text."""
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise FactError(f"a text is {shown(value)}; expected one that can be written in UTF-8") from error
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
