"""Fits in Polars' lazy engine."""

from __future__ import annotations

from functools import partial
from typing import Any

import polars as pl

from wagefit.adapters.fits import NUMBERS, STATUS, Reading, require_free
from wagefit.errors import FactError


def fit_lazy(frame: pl.LazyFrame, *, unit: str | None = None, release: int | None = None) -> pl.LazyFrame:
    """The fits of a table of published figures beside it, for Polars.

    Parameters
    ----------
    frame : polars.LazyFrame
        N rows of figures.
    unit : str, optional
        Of the wages to fit, as for `wagefit.fit_table`; without it, where the table has a column of units, each row is
        fitted in the one that it states.
    release : int, optional
        Year of the release, whose top code ``#`` stands for.

    Returns
    -------
    polars.LazyFrame
        N rows with the columns of `frame` and the fits', in `unit`; lazy.

    Raises
    ------
    FactError
        `unit` or `release` is unknown, `frame` is no LazyFrame, or it has a column of the fits' names.
    """
    if not isinstance(frame, pl.LazyFrame):
        raise FactError(f"frame is {type(frame).__name__}; expected a polars.LazyFrame, as lazy() makes")
    columns = frame.collect_schema()
    require_free(columns)
    fits: dict[str, Any] = {STATUS: pl.String, **dict.fromkeys(NUMBERS, pl.Float64)}
    fit = partial(_fit_frame, reading=Reading(unit, release))
    # The fit needs its columns also where the plan goes on without them, and filters may ask about the fits.
    return frame.map_batches(
        fit, schema=pl.Schema({**columns, **fits}), projection_pushdown=False, predicate_pushdown=False
    )


def _fit_frame(frame: pl.DataFrame, reading: Reading) -> pl.DataFrame:
    return frame.hstack(pl.DataFrame(reading.fits(frame)))
