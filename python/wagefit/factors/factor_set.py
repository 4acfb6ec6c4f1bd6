"""Several factors and their interactions, in one file or table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from wagefit.errors import FactError
from wagefit.factors.factor import Factor
from wagefit.factors.factor_csv import NEEDED, csv_text, read_csv_records
from wagefit.factors.factor_records import ALL_COLUMNS, NUMBERS, factor_rows, read_factors
from wagefit.factors.factor_toml import toml_records, toml_text
from wagefit.factors.from_table import frame_records
from wagefit.factors.interactions import Interaction
from wagefit.factors.level_records import FLAGS, YEARS
from wagefit.factors.records import Record
from wagefit.shared.files import replacing
from wagefit.shared.frames import make_frame
from wagefit.shared.toml_files import read_toml
from wagefit.shared.types import Backend, Table

SUFFIXES = (".csv", ".toml")


@dataclass(frozen=True)
class FactorSet:
    """Factors and interactions of two of them; made by `wagefit.factors.read`, or of one's own to be saved.

    Attributes
    ----------
    factors : tuple of Factor
    interactions : tuple of Interaction

    Examples
    --------
    >>> held, none = wf.Level("RHIT", "", 1.08, 0.02, 0.3, source="A survey"), wf.Level("none", "", 1.0, 0.0, 0.7)
    >>> mine = wf.factors.FactorSet((wf.Factor("credential", (none, held), baseline="none"),))
    >>> mine.save("mine.toml")
    >>> wf.factors.read("mine.toml") == mine
    True
    """

    factors: tuple[Factor, ...]
    interactions: tuple[Interaction, ...] = ()

    def __len__(self) -> int:
        return len(self.factors)

    def __iter__(self) -> Iterator[Factor]:
        return iter(self.factors)

    def __getitem__(self, name: str) -> Factor:
        found = next((factor for factor in self.factors if factor.name.casefold() == name.casefold()), None)
        if found is None:
            raise FactError(
                f"factor is {name!r}; expected one of {', '.join(repr(each.name) for each in self.factors)}"
            )
        return found

    def to_frame(self, backend: Backend | None = None) -> Any:
        """A table with a row a level, then a row a pair of levels of an interaction; `wagefit.factors.read` takes it.

        Parameters
        ----------
        backend : {"pandas", "polars", "pyarrow"}, optional
            Library of the table; the first of them that is installed when None.
        """
        return factor_frame(self.factors, self.interactions, (), backend)

    def save(self, path: str | PathLike[str]) -> None:
        """Writes ``.csv`` or ``.toml``, which `wagefit.factors.read` reads back with all digits, sources and errors.

        In a CSV file a text that spreadsheet programs would take for a formula has an apostrophe before it, which
        `read` takes away. A file that is there is replaced at once when the new one is complete.

        Raises
        ------
        FactError
            The suffix is another, or a text cannot be written so.
        OSError
            The folder does not exist or cannot be written.
        """
        file = Path(path)
        if _suffix(file) == ".csv":
            text = csv_text(factor_rows(self.factors, self.interactions))
        else:
            text = toml_text(self.factors, self.interactions)
        with replacing(file) as partial:
            partial.write_text(text, encoding="utf-8", newline="\n")


def factor_frame(
    factors: Sequence[Factor], interactions: Sequence[Interaction], mean_pay: Sequence[float], backend: Backend | None
) -> Any:
    """A table of factors and interactions, with the column ``mean_pay`` where there is one for each level."""
    rows = [_explicit(row) for row in factor_rows(factors, interactions)]
    types = {column: _type(column) for column in ALL_COLUMNS}
    columns = {column: [row[column] for row in rows] for column in types}
    if mean_pay:
        types, columns["mean_pay"] = types | {"mean_pay": float}, [*mean_pay, *[None] * (len(rows) - len(mean_pay))]
    return make_frame(columns, types, backend)


def read(table: str | PathLike[str] | Table) -> FactorSet:
    r"""The factors in a file or a table, with their errors, sources and interactions.

    Parameters
    ----------
    table : path, pandas.DataFrame, polars.DataFrame or pyarrow.Table
        A ``.csv`` file or table has a row a level: the columns ``factor``, ``level``, ``ratio`` and ``share``, and
        those of `Factor.from_table`, in any capitals. Rows with ``with_factor`` and ``with_level`` are pairs of levels
        of an `Interaction`. A ``.toml`` file has a table ``[factors.<name>]`` for each factor, with ``levels``, and
        ``[[interactions]]`` with ``pairs``; what holds for all levels of a factor may stand once in its table.

    Returns
    -------
    FactorSet

    Raises
    ------
    FactError
        Something is missing, unknown or no number: the message names the file, the line or entry, the column, the value
        and what was expected.
    FileNotFoundError
        There is no such file.

    Examples
    --------
    >>> from pathlib import Path
    >>> text = "Factor,Level,Ratio,Share,Standard error\nrole,staff,1,0.8,0\nrole,lead,1.18,0.2,0.03\n"
    >>> _ = Path("mine.csv").write_text(text)
    >>> wf.factors.read("mine.csv")["role"]
    <factor role: 2 levels, ratios 1.000 (staff) to 1.180 (lead), baseline staff>
    """
    if not isinstance(table, (str, PathLike)):
        return FactorSet(*read_factors(frame_records(table, NEEDED)))
    path = Path(table)
    records = _file_records(path)
    if not records:
        raise FactError(f"{path.name} has no level of a factor; expected at least one")
    try:
        return FactorSet(*read_factors(records))
    except FactError as error:
        raise error if path.name in str(error) else FactError(f"{path.name}: {error}") from error


def _file_records(path: Path) -> list[Record]:
    if _suffix(path) == ".csv":
        return read_csv_records(path)
    document = read_toml(path)
    if "anchor" in document:
        raise FactError(f"{path.name} holds a whole model; expected factors alone (SalaryModel.load reads models)")
    return toml_records(path.name, document)


def _suffix(path: Path) -> str:
    if path.suffix.lower() not in SUFFIXES:
        raise FactError(f"path is {path.name!r}; expected a name that ends in .csv or .toml")
    return path.suffix.lower()


def _type(column: str) -> type:
    return bool if column in FLAGS else float if column in (*NUMBERS, *YEARS) else str


def _explicit(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with empty texts and flags where nothing is said, as tables have no missing ones."""
    found = {column: row.get(column) or _type(column)() for column in ALL_COLUMNS if column not in (*NUMBERS, *YEARS)}
    if row.get("share_is_assumed") is None:
        found["share_is_assumed"] = not found["share_source"]
    return found | {column: row.get(column) for column in (*NUMBERS, *YEARS)}
