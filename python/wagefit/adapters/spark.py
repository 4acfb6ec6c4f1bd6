"""Fits in Spark, Arrow batch by Arrow batch."""

from __future__ import annotations

from functools import partial
from typing import Any

from wagefit.adapters.arrow import fit_batches
from wagefit.adapters.fits import NUMBERS, STATUS, Reading, require_free


def fit_rows(frame: Any, *, unit: str | None = None, release: int | None = None) -> Any:
    """A pyspark.sql.DataFrame of published figures with its fits beside; lazy.

    `unit` and `release` are those of `wagefit.fit_table`; without `unit` each row is fitted in the one that it states.
    FactError where one of them is unknown, or the table has a column of the fits' names.
    """
    from pyspark.sql.types import DoubleType, StringType, StructField, StructType

    require_free(frame.columns)
    Reading(unit, release)  # says at once what is wrong with them
    fits = [StructField(STATUS, StringType()), *(StructField(name, DoubleType()) for name in NUMBERS)]
    fit = partial(fit_batches, unit=unit, release=release)
    return frame.mapInArrow(fit, StructType([*frame.schema.fields, *fits]))
