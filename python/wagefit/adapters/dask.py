"""Fits in Dask, partition by partition."""

from __future__ import annotations

from typing import Any

import pandas as pd

from wagefit.adapters.arrow import FITS, NUMBERS, PREFIX
from wagefit.ensemble.table import fit_table


def fit_partitions(frame: Any) -> Any:
    """A dask.dataframe.DataFrame of published figures with its fits beside; lazy, index and partitions kept."""
    columns: dict[str, Any] = {
        f"{PREFIX}status": pd.Series(dtype="string"),
        **{name: pd.Series(dtype=float) for name in NUMBERS},
    }
    meta = pd.concat([frame._meta, pd.DataFrame(columns, index=frame._meta.index)], axis=1)
    return frame.map_partitions(_fit_partition, meta=meta)


def _fit_partition(frame: pd.DataFrame) -> pd.DataFrame:
    fits = fit_table(frame, n_threads=1).to_frame(backend="pandas")[list(FITS)].rename(columns=FITS)
    fits[f"{PREFIX}status"] = fits[f"{PREFIX}status"].astype("string")
    return pd.concat([frame, fits], axis=1)
