"""The fits of a part of a table, which do not depend on what other parts hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from wagefit.distributions.summary import PREFIX, SHOWN
from wagefit.ensemble.ensemble import Ensemble
from wagefit.ensemble.table import fit_table
from wagefit.errors import FactError
from wagefit.oews.releases import as_release
from wagefit.shared.fact_names import standard_fact
from wagefit.shared.numbers import is_missing
from wagefit.shared.units import as_unit
from wagefit.tables.facts import is_stated

NUMBERS = tuple(f"{PREFIX}{name}" for name in ("mean", "std", "gini", *SHOWN))
STATUS = f"{PREFIX}status"
FIT_FIELDS = (pa.field(STATUS, pa.string()), *(pa.field(name, pa.float64()) for name in NUMBERS))
FITS = {field.name.removeprefix(PREFIX): field.name for field in FIT_FIELDS}
"""Columns of `to_frame` that adapters add, with the names that they add them under."""
SUPPRESSED = "suppressed"  # status of a row without figures


@dataclass(frozen=True)
class Reading:
    """How the figures of a table are read, as `wagefit.fit_table` has it; FactError where it is unknown.

    Attributes
    ----------
    unit : str or None
        Of a table that states its unit in each row, the unit to fit, and each row's own when None. Of a table of OEWS
        ``"USD/year"`` (None) or ``"USD/hour"``.
    release : int or None
        Year of the release, whose top code ``#`` stands for.
    """

    unit: str | None = None
    release: int | None = None

    def __post_init__(self) -> None:
        if self.unit is not None:
            as_unit(self.unit)
        if self.release is not None:
            as_release("release", self.release)

    def fits(self, frame: Any) -> Any:
        """A pyarrow.Table of `FIT_FIELDS`, a row for each of a pandas, polars or pyarrow table; on one thread."""
        names = map(str, getattr(frame, "column_names", frame.columns))
        if not is_stated([standard_fact(name) or name for name in names]):
            return _figures(self._ensemble(frame, self.unit))
        stated = np.array([None if is_missing(each) else str(each) for each in list(_values(frame["unit"]))], object)
        units = dict.fromkeys(each for each in stated if each is not None and self.unit in (None, each))
        parts = [(stated == unit, _figures(self._ensemble(frame, unit))) for unit in units]
        return _together(parts, len(stated))

    def _ensemble(self, frame: Any, unit: str | None) -> Ensemble:
        return fit_table(frame, release=self.release, unit=unit, n_threads=1)


def require_free(names: Iterable[Any]) -> None:
    """FactError where a column has the name of one that the fits add."""
    taken = next((name for name in map(str, names) if name in FITS.values()), None)
    if taken is not None:
        raise FactError(f"frame has a column {taken!r}; expected none of the names that the fits' columns get")


def _figures(cells: Ensemble) -> Any:
    """Status and figures of each row, without its keys."""
    cells.label(None)
    fits = cells.to_frame(backend="pyarrow")
    columns = [fits[name].combine_chunks() for name in FITS]
    return pa.table(
        [column.cast(field.type) for column, field in zip(columns, FIT_FIELDS, strict=True)],
        schema=pa.schema(FIT_FIELDS),
    )


def _together(parts: list[tuple[NDArray[np.bool_], Any]], n: int) -> Any:
    """Each row from the part whose unit it states; without figures where it states none that is meant."""
    status = np.full(n, SUPPRESSED, dtype=object)
    numbers = np.full((len(NUMBERS), n), np.nan)
    for is_it, fits in parts:
        status[is_it] = fits[STATUS].to_numpy()[is_it]
        numbers[:, is_it] = [fits[name].to_numpy()[is_it] for name in NUMBERS]
    return pa.table([pa.array(status, pa.string()), *map(pa.array, numbers)], schema=pa.schema(FIT_FIELDS))


def _values(column: Any) -> Any:
    return column.to_pylist() if hasattr(column, "to_pylist") else column
