"""Fits in Spark, Arrow batch by Arrow batch."""

from __future__ import annotations

from typing import Any

from wagefit.adapters.arrow import NUMBERS, PREFIX, fit_batches


def fit_rows(frame: Any) -> Any:
    """A pyspark.sql.DataFrame of published figures with its fits beside; lazy."""
    from pyspark.sql.types import DoubleType, StringType, StructField, StructType

    fits = [StructField(f"{PREFIX}status", StringType()), *(StructField(name, DoubleType()) for name in NUMBERS)]
    return frame.mapInArrow(fit_batches, StructType([*frame.schema.fields, *fits]))
