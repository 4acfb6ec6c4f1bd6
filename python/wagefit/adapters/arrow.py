"""The fit as a pure function from Arrow record batches to Arrow record batches, which every engine can call.

A batch has the columns of `wagefit.oews.read`, or those of them that the fit uses: mean, p10 ... p90, top_code,
top_coded, mean_rse, employment. The result has them all and the fits' columns beside, named ``fit_...``. A row's fit
does not depend on the rows beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from wagefit.distributions.summary import SHOWN
from wagefit.ensemble.table import fit_table

PREFIX = "fit_"
NUMBERS = tuple(f"{PREFIX}{name}" for name in ("mean", "std", "gini", *SHOWN))
FIT_FIELDS = (
    pa.field(f"{PREFIX}status", pa.string()),
    *(pa.field(name, pa.float64()) for name in NUMBERS),
)
FITS = {field.name.removeprefix(PREFIX): field.name for field in FIT_FIELDS}
"""Columns of `to_frame` that adapters add, with the names that they add them under."""


def fit_schema(schema: Any) -> Any:
    """The schema of the result for batches of `schema`."""
    return pa.schema([*schema, *FIT_FIELDS])


def fit_batch(batch: Any) -> Any:
    """`batch` with its fits, computed on one thread: engines run one batch a core."""
    fits = fit_table(pa.Table.from_batches([batch]), n_threads=1).to_frame(backend="pyarrow")
    columns = [fits[field.name.removeprefix(PREFIX)].combine_chunks().cast(field.type) for field in FIT_FIELDS]
    return pa.RecordBatch.from_arrays([*batch.columns, *columns], schema=fit_schema(batch.schema))


def fit_batches(batches: Iterable[Any]) -> Iterator[Any]:
    """`fit_batch` of each; empty batches are kept."""
    return (fit_batch(batch) for batch in batches)
