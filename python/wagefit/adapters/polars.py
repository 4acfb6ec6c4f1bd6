"""Fits in Polars' lazy engine."""

from __future__ import annotations

from typing import Any

import polars

from wagefit.adapters.arrow import NUMBERS, PREFIX
from wagefit.table import fit_table


def fit_lazy(frame: polars.LazyFrame) -> polars.LazyFrame:
    """A polars.LazyFrame of published figures with its fits beside; lazy."""
    fits: dict[str, Any] = {f"{PREFIX}status": polars.String, **dict.fromkeys(NUMBERS, polars.Float64)}
    schema = polars.Schema({**frame.collect_schema(), **fits})
    return frame.map_batches(_fit_frame, schema=schema)


def _fit_frame(frame: polars.DataFrame) -> polars.DataFrame:
    fits = fit_table(frame, n_threads=1).to_frame(backend="polars")
    return frame.hstack(fits.rename({name: f"{PREFIX}{name}" for name in fits.columns}))
