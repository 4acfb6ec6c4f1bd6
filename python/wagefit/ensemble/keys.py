"""What says which cell each row of a table is: its codes, titles, years and other labels."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wagefit.ensemble.labels import as_plain
from wagefit.errors import FactError
from wagefit.shared.types import Backend

# Columns in which a text is looked for, before any other.
FIRST = ("occupation", "area", "occupation_title", "area_title")
GROUP, DETAILED = "occupation_group", "detailed"


class Keys:
    """Columns of a table that are no figures, each of shape (n_cells,), and the library of the table.

    A column is made an array when it is first asked for.

    Examples
    --------
    >>> keys = wf.ensemble.Keys({"occupation": ["29-2071", "29-1141"], "year": [2018, 2018]}, "polars")
    >>> keys.rows_where({"year": 2018, "occupation": "29-1141"})
    array([1])
    """

    __slots__ = ("_columns", "_rows", "backend")

    def __init__(
        self, columns: Mapping[str, Any], backend: Backend | None = None, rows: NDArray[np.intp] | None = None
    ) -> None:
        self._columns = columns
        self._rows = rows  # of the columns, in order; all of them if None
        self.backend = backend

    def column(self, name: str) -> NDArray[Any]:
        """A column by its name; FactError naming the others if there is none."""
        if name not in self._columns:
            known = ", ".join(self._columns) or "none, as the cells come from no table"
            raise FactError(f"{name!r} is no column of keys; expected one of {known}")
        values = _with_none(self._columns[name])
        return values if self._rows is None else values[self._rows]

    def take(self, indices: NDArray[np.intp]) -> Keys:
        """The keys of the cells at `indices`."""
        return Keys(self._columns, self.backend, indices if self._rows is None else self._rows[indices])

    def rows_where(self, wanted: Mapping[str, Any]) -> NDArray[np.intp]:
        """Numbers of the cells that agree with every value, or with one of them where it is a list.

        Raises
        ------
        FactError
            There is no such column, or no cell has the values; the message names what there is.
        """
        wanted = {name: _listed(value) for name, value in wanted.items()}
        found = [(name, value, self._is_any(name, value)) for name, value in wanted.items()]
        for name, value, is_it in found:
            if not is_it.any():
                raise FactError(f"{name} is {value!r} in no cell; expected {self._nearest(name, value)}")
        rows = np.flatnonzero(np.all([is_it for _, _, is_it in found], axis=0))
        if not len(rows) or not found:
            asked = " and ".join(f"{name} {value!r}" for name, value in wanted.items()) or "nothing"
            raise FactError(f"no cell has {asked}; expected columns of keys with values that some cell has")
        return rows

    def row_of(self, text: str) -> int:
        """Number of the one cell that has a text in a column of keys, codes first; the detailed one of two alike.

        Raises
        ------
        FactError
            No cell has it, or several.
        """
        for name in (*(first for first in FIRST if first in self._columns), *self._columns):
            rows = np.flatnonzero(self._is_any(name, text))
            if len(rows):
                return self._only(rows, name, text)
        first = next((name for name in (*FIRST, *self._columns) if name in self._columns), None)
        nearest = "a table with codes or titles" if first is None else f"{first} {self._nearest(first, text)}"
        raise FactError(f"no cell is called {text!r}; expected {nearest}")

    def to_columns(self) -> dict[str, list[Any]]:
        """All columns as lists in which None is a missing value."""
        return {name: as_plain(self.column(name)) for name in self._columns}

    def _only(self, rows: NDArray[np.intp], name: str, text: str) -> int:
        if len(rows) > 1 and GROUP in self._columns:
            detailed = rows[self.column(GROUP)[rows] == DETAILED]
            rows = detailed if len(detailed) else rows
        if len(rows) == 1:
            return int(rows[0])
        varying = [key for key in self._columns if len({str(value) for value in self.column(key)[rows]}) > 1]
        others = "".join(f", {key}=..." for key in varying[:2])
        raise FactError(
            f"{name} is {text!r} in {len(rows):,} cells; expected one, as in select({name}={text!r}{others})"
        )

    def _is_any(self, name: str, value: Any) -> NDArray[np.bool_]:
        values = self.column(name)
        wanted = value if isinstance(value, (list, tuple, set, frozenset)) else [value]
        is_it: NDArray[np.bool_] = np.any([np.asarray(values == one, dtype=bool) for one in wanted], axis=0)
        return is_it

    def _nearest(self, name: str, value: Any) -> str:
        known = sorted({str(each) for each in self.column(name) if each is not None})
        near = get_close_matches(str(value), known, 3, 0.4) or known[:5]
        return f"a value of the column, such as {', '.join(near)}" if near else "a value of the column"


def _listed(value: Any) -> Any:
    """A column of values as a list; anything else as it is."""
    return list(value) if hasattr(value, "__array__") and np.ndim(value) else value


def _with_none(column: Any) -> NDArray[Any]:
    """A column as an array, None where a text is missing."""
    values = np.asarray(column)
    if values.dtype.kind == "O" and hasattr(column, "isna"):
        values = values.copy()
        values[np.asarray(column.isna())] = None
    return values
