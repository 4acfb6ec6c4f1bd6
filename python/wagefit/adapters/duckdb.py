"""Fits of a DuckDB relation."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from wagefit.adapters.arrow import fit_batches, fit_schema
from wagefit.adapters.fits import Reading, require_free

ROWS = 20_000  # rows of a batch


def fit_relation(relation: Any, *, unit: str | None = None, release: int | None = None) -> Any:
    """A pyarrow.RecordBatchReader of a duckdb.DuckDBPyRelation with its fits, which DuckDB can query in turn.

    `unit` and `release` are those of `wagefit.fit_table`; without `unit` each row is fitted in the one that it states.
    FactError where one of them is unknown, or the relation has a column of the fits' names.
    """
    require_free(relation.columns)
    Reading(unit, release)  # says what is wrong with them before the relation keeps its connection busy
    # DuckDB before 2 calls this method fetch_record_batch.
    reader = (
        relation.to_arrow_reader(ROWS) if hasattr(relation, "to_arrow_reader") else relation.fetch_record_batch(ROWS)
    )
    fits = fit_batches(reader, unit=unit, release=release)
    return pa.RecordBatchReader.from_batches(fit_schema(reader.schema), fits)
