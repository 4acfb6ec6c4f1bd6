"""Fits in Dask, partition by partition."""

from __future__ import annotations

from typing import Any

import pandas as pd

from wagefit.adapters.fits import NUMBERS, STATUS, Reading, require_free
from wagefit.errors import FactError


def fit_partitions(frame: Any, *, unit: str | None = None, release: int | None = None) -> Any:
    """A dask.dataframe.DataFrame of published figures with its fits beside; lazy, index and partitions kept.

    `unit` and `release` are those of `wagefit.fit_table`; without `unit` each row is fitted in the one that it states.
    FactError where one of them is unknown, `frame` is no table of Dask, or it has a column of the fits' names.
    """
    if not hasattr(frame, "map_partitions"):
        raise FactError(f"frame is {type(frame).__name__}; expected a dask.dataframe.DataFrame, as from_pandas makes")
    require_free(frame.columns)
    columns: dict[str, Any] = {
        STATUS: pd.Series(dtype="string"),
        **{name: pd.Series(dtype=float) for name in NUMBERS},
    }
    meta = pd.concat([frame._meta, pd.DataFrame(columns, index=frame._meta.index)], axis=1)
    return frame.map_partitions(_fit_partition, Reading(unit, release), meta=meta)


def _fit_partition(frame: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    fits = reading.fits(frame).to_pandas().set_axis(frame.index, axis=0)
    fits[STATUS] = fits[STATUS].astype("string")
    return pd.concat([frame, fits], axis=1)
