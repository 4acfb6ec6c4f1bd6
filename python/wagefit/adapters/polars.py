"""Fits in Polars' lazy engine."""

from __future__ import annotations

from typing import Any

import polars as pl

from wagefit.adapters.arrow import FITS, NUMBERS, PREFIX
from wagefit.ensemble.table import fit_table


def fit_lazy(frame: pl.LazyFrame) -> pl.LazyFrame:
    """A polars.LazyFrame of published figures with its fits beside; lazy."""
    fits: dict[str, Any] = {f"{PREFIX}status": pl.String, **dict.fromkeys(NUMBERS, pl.Float64)}
    schema = pl.Schema({**frame.collect_schema(), **fits})
    # The fit needs its columns also where the plan goes on without them, and filters may ask about the fits.
    return frame.map_batches(_fit_frame, schema=schema, projection_pushdown=False, predicate_pushdown=False)


def _fit_frame(frame: pl.DataFrame) -> pl.DataFrame:
    fits = fit_table(frame, n_threads=1).to_frame(backend="polars")
    return frame.hstack(fits.select(*FITS).rename(FITS))
