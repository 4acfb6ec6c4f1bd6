"""Fits in Spark, Arrow batch by Arrow batch."""

from __future__ import annotations

from functools import partial
from typing import Any

from wagefit.adapters.arrow import fit_batches
from wagefit.adapters.fits import NUMBERS, STATUS, Reading, require_free


def fit_rows(frame: Any, *, unit: str | None = None, release: int | None = None) -> Any:
    """The fits of a table of published figures beside it, for Spark.

    Parameters
    ----------
    frame : pyspark.sql.DataFrame
        N rows of figures.
    unit : str, optional
        Of the wages to fit, as for `wagefit.fit_table`; without it, where the table has a column of units, each row is
        fitted in the one that it states.
    release : int, optional
        Year of the release, whose top code ``#`` stands for.

    Returns
    -------
    pyspark.sql.DataFrame
        N rows with the columns of `frame` and the fits', in `unit`; lazy.

    Raises
    ------
    FactError
        `unit` or `release` is unknown, or the table has a column of the fits' names.
    """
    from pyspark.sql.types import DoubleType, StringType, StructField, StructType

    require_free(frame.columns)
    Reading(unit, release)  # says at once what is wrong with them
    fits = [StructField(STATUS, StringType()), *(StructField(name, DoubleType()) for name in NUMBERS)]
    fit = partial(fit_batches, unit=unit, release=release)
    return frame.mapInArrow(fit, StructType([*frame.schema.fields, *fits]))
