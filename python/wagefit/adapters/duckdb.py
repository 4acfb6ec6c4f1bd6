"""Fits of a DuckDB relation."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from wagefit.adapters.arrow import fit_batches, fit_schema
from wagefit.adapters.fits import Reading, require_free

ROWS = 20_000  # rows of a batch


def fit_relation(relation: Any, *, unit: str | None = None, release: int | None = None) -> Any:
    """The fits of a relation of published figures beside it, for DuckDB.

    Parameters
    ----------
    relation : duckdb.DuckDBPyRelation
        N rows of figures.
    unit : str, optional
        Of the wages to fit, as for `wagefit.fit_table`; without it, where the table has a column of units, each row is
        fitted in the one that it states.
    release : int, optional
        Year of the release, whose top code ``#`` stands for.

    Returns
    -------
    pyarrow.RecordBatchReader
        N rows with the columns of `relation` and the fits', in `unit`, which DuckDB can query in turn.

    Raises
    ------
    FactError
        `unit` or `release` is unknown, or the relation has a column of the fits' names.
    """
    require_free(relation.columns)
    Reading(unit, release)  # says what is wrong with them before the relation keeps its connection busy
    # DuckDB before 2 calls this method fetch_record_batch.
    reader = (
        relation.to_arrow_reader(ROWS) if hasattr(relation, "to_arrow_reader") else relation.fetch_record_batch(ROWS)
    )
    fits = fit_batches(reader, unit=unit, release=release)
    return pa.RecordBatchReader.from_batches(fit_schema(reader.schema), fits)
