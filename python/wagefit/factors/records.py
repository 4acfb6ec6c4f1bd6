"""One level of a factor as a row of a table or file, whose messages say where a wrong figure stands."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from wagefit.errors import FactError
from wagefit.shared.messages import shown
from wagefit.shared.numbers import is_missing, is_number, read_number

TRUE, FALSE = ("true", "yes", "1", "1.0"), ("false", "no", "0", "0.0")


def column_name(header: object) -> str:
    """A header as the name of a column: any capitals, with blanks or hyphens for underscores.

    Examples
    --------
    >>> from wagefit.factors.records import column_name
    >>> column_name(" Standard Error ")
    'standard_error'
    """
    return re.sub(r"[\s\-]+", "_", str(header).strip()).casefold()


def hint_of_name(column: str, known: Sequence[str]) -> str:
    """A question for the known column that is spelled most like `column`; empty where none is alike.

    Examples
    --------
    >>> from wagefit.factors.records import hint_of_name
    >>> hint_of_name("ration", ["ratio", "share"])
    "did you mean 'ratio'? "
    """
    close = get_close_matches(column, known, 1)
    return f"did you mean {close[0]!r}? " if close else ""


@dataclass(frozen=True)
class Record:
    """Figures and texts by the names of their columns, and where they stand.

    Attributes
    ----------
    values : mapping {column: value}
        Texts, numbers and flags; None, NaN and empty text are missing.
    place : str
        Such as ``"in line 3 of mine.csv"``: messages name the column before it.
    """

    values: Mapping[str, Any]
    place: str

    def text(self, column: str) -> str:
        """The text in a column, empty where there is none."""
        value: Any = self.values.get(column)
        if isinstance(value, str):
            return value
        if is_missing(value):
            return ""
        is_whole = is_number(value) and float(value).is_integer()
        return str(int(value)) if is_whole else str(value)

    def needed_text(self, column: str, expected: str) -> str:
        """The text in a column; FactError where there is none."""
        found = self.text(column)
        if not found:
            raise FactError(f"{column} {self.place} is missing; expected {expected}")
        return found

    def number(self, column: str) -> float | None:
        """The finite number in a column, None where there is none; FactError for anything else."""
        value: Any = self.values.get(column)
        if is_missing(value):
            return None
        number = read_number(value) if isinstance(value, str) else float(value) if is_number(value) else None
        if number is None or not math.isfinite(number):
            raise self.wrong(column, f"a number{_hint(value)}")
        return number

    def needed_number(self, column: str) -> float:
        """The number in a column; FactError where there is none."""
        number = self.number(column)
        if number is None:
            raise FactError(f"{column} {self.place} is missing; expected a number")
        return number

    def year(self, column: str) -> int | None:
        """The year in a column, None where there is none."""
        number = self.number(column)
        if number is None:
            return None
        if not number.is_integer():
            raise self.wrong(column, "a year, such as 2018")
        return int(number)

    def flag(self, column: str) -> bool | None:
        """Whether a column says yes, None where it says nothing."""
        text = self.text(column).strip().lower()
        if text not in ("", *TRUE, *FALSE):
            raise self.wrong(column, "true or false")
        return text in TRUE if text else None

    def wrong(self, column: str, expected: str) -> FactError:
        """The error that says what a column holds and what was expected there."""
        return FactError(f"{column} {self.place} is {shown(self.values.get(column))}; expected {expected}")


def _hint(value: Any) -> str:
    """How to write a number that is written otherwise."""
    text = str(value).strip()
    if re.fullmatch(r"[+-]?\d+,\d+", text):
        return f" with a decimal point, such as {text.replace(',', '.')}"
    if re.fullmatch(r"[+-]?\d+(\.\d+)?\s*%", text):
        return f", such as {float(text.rstrip('% ')) / 100:g} for {text}"
    return ""


def said_in(records: Sequence[Record], column: str) -> Record:
    """The first record that has something in a column; FactError where another one has something else there."""
    said = [record for record in records if record.text(column)]
    other = next((record for record in said if record.text(column) != said[0].text(column)), None)
    if other is not None:
        raise other.wrong(column, f"{said[0].text(column)!r}, as {said[0].place}, or nothing")
    return said[0] if said else records[0]
