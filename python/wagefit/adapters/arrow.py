"""The fit as a pure function from Arrow record batches to Arrow record batches, which every engine can call.

A batch has the columns of `wagefit.oews.read`, or those of them that the fit uses: mean, p10 ... p90, top_code,
top_coded, mean_rse, employment; or those of `wagefit.tables.read`, or of an OEWS file. The result has them all and the
fits' columns beside, named ``fit_...``. A row's fit does not depend on the rows beside it: in a table that states its
unit in each row, each is fitted in its own, unless `unit` says which are meant.

All adapters take `unit` and `release` as `wagefit.fit_table` does. FactError where one is unknown, or a column has the
name of one that the fits add.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from wagefit.adapters.fits import FIT_FIELDS, Reading, require_free
from wagefit.adapters.fits import FITS as FITS
from wagefit.adapters.fits import NUMBERS as NUMBERS


def fit_schema(schema: Any) -> Any:
    """The schema of the result for batches of `schema`."""
    require_free(schema.names)
    return pa.schema([*schema, *FIT_FIELDS])


def fit_batch(batch: Any, *, unit: str | None = None, release: int | None = None) -> Any:
    """`batch` with its fits, computed on one thread: engines run one batch a core."""
    return _fitted(batch, Reading(unit, release))


def fit_batches(batches: Iterable[Any], *, unit: str | None = None, release: int | None = None) -> Iterator[Any]:
    """`fit_batch` of each; empty batches are kept."""
    reading = Reading(unit, release)
    return (_fitted(batch, reading) for batch in batches)


def _fitted(batch: Any, reading: Reading) -> Any:
    schema = fit_schema(batch.schema)
    fits = reading.fits(pa.Table.from_batches([batch]))
    columns = [fits[field.name].combine_chunks() for field in FIT_FIELDS]
    return pa.RecordBatch.from_arrays([*batch.columns, *columns], schema=schema)
