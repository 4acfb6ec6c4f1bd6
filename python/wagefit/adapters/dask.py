"""Fits in Dask, partition by partition."""

from __future__ import annotations

from typing import Any

import pandas as pd

from wagefit.adapters.fits import NUMBERS, STATUS, Reading, require_free
from wagefit.errors import FactError


def fit_partitions(frame: Any, *, unit: str | None = None, release: int | None = None) -> Any:
    """The fits of a table of published figures beside it, for Dask.

    Parameters
    ----------
    frame : dask.dataframe.DataFrame
        N rows of figures.
    unit : str, optional
        Of the wages to fit, as for `wagefit.fit_table`; without it, where the table has a column of units, each row is
        fitted in the one that it states.
    release : int, optional
        Year of the release, whose top code ``#`` stands for.

    Returns
    -------
    dask.dataframe.DataFrame
        N rows with the columns of `frame` and the fits', in `unit`; lazy, with its index and partitions.

    Raises
    ------
    FactError
        `unit` or `release` is unknown, `frame` is no table of Dask, or it has a column of the fits' names.
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
