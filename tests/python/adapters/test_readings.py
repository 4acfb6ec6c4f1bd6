"""What adapters fit: each row in its own unit, whatever else is in its part; and what they refuse at once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import wagefit as wf
from wagefit.adapters.arrow import FITS, fit_batches

STATED = pd.DataFrame(
    {
        "unit": ["GBP/year", None, "GBP/week", "GBP/year", "GBP/week"],
        "p20": [20_000.0, 21_000, 400, 22_000, 410],
        "p50": [30_000.0, 31_000, 600, 33_000, 610],
        "p80": [40_000.0, 50_000, 800, np.nan, 820],
    }
)
PRINTED = pd.DataFrame(
    {
        "H_PCT10": ["12.76", "30.01"],
        "H_MEDIAN": ["19.40", "#"],
        "A_PCT10": ["26,550", "62,430"],
        "A_MEDIAN": ["40,350", "#"],
    }
)


def by_arrow(frame: pd.DataFrame, parts: int, **reading: Any) -> pd.DataFrame:
    table = pa.Table.from_pandas(frame, preserve_index=False)
    batches = table.to_batches(len(frame) // parts or 1) or [pa.RecordBatch.from_pandas(frame, preserve_index=False)]
    return pa.Table.from_batches(fit_batches(batches, **reading)).to_pandas()


def by_dask(frame: pd.DataFrame, parts: int, **reading: Any) -> pd.DataFrame:
    dataframe = pytest.importorskip("dask.dataframe", reason="dask is not installed")
    from wagefit.adapters.dask import fit_partitions

    parted = dataframe.from_pandas(frame, npartitions=parts)
    return fit_partitions(parted, **reading).compute(scheduler="synchronous")


def by_duckdb(frame: pd.DataFrame, _parts: int, **reading: Any) -> pd.DataFrame:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    from wagefit.adapters.duckdb import fit_relation

    with duckdb.connect() as connection:
        connection.register("frame", frame)
        return fit_relation(connection.sql("select * from frame"), **reading).read_all().to_pandas()


def by_polars(frame: pd.DataFrame, _parts: int, **reading: Any) -> pd.DataFrame:
    polars = pytest.importorskip("polars", reason="polars is not installed")
    from wagefit.adapters.polars import fit_lazy

    return fit_lazy(polars.from_pandas(frame).lazy(), **reading).collect().to_pandas()


ENGINES: dict[str, Callable[..., pd.DataFrame]] = {
    "arrow": by_arrow,
    "dask": by_dask,
    "duckdb": by_duckdb,
    "polars": by_polars,
}


@pytest.fixture(params=ENGINES)
def fitted(request: pytest.FixtureRequest) -> Callable[..., pd.DataFrame]:
    return ENGINES[request.param]


@pytest.mark.parametrize("parts", [1, 2, 5])
def test_each_row_is_fitted_in_its_own_unit_however_the_table_is_parted(fitted: Any, parts: int) -> None:
    fits = fitted(STATED, parts)
    assert fits["fit_status"].tolist() == ["exact_without_mean", "suppressed", *["exact_without_mean"] * 3]
    for unit in ("GBP/year", "GBP/week"):
        expected, meant = wf.fit_table(STATED, unit=unit).to_frame("pandas"), STATED["unit"] == unit
        for name, own in FITS.items():
            np.testing.assert_array_equal(fits.loc[meant, own], expected.loc[meant, name], err_msg=own)


@pytest.mark.parametrize("parts", [1, 5])
def test_a_unit_leaves_out_the_rows_in_others(fitted: Any, parts: int) -> None:
    expected = wf.fit_table(STATED, unit="GBP/week").to_frame("pandas")
    fits = fitted(STATED, parts, unit="GBP/week")
    assert fits["fit_status"].tolist() == expected["status"].tolist()
    np.testing.assert_array_equal(fits["fit_p95"], expected["p95"])


def test_rows_without_a_unit_and_empty_tables_have_no_figures(fitted: Any) -> None:
    assert fitted(STATED.iloc[[1]], 1)["fit_status"].tolist() == ["suppressed"]
    assert fitted(STATED.iloc[:0], 1).shape == (0, len(STATED.columns) + len(FITS))


@pytest.mark.parametrize("unit", ["USD/year", "USD/hour"])
def test_printed_tables_are_read_with_their_release(fitted: Any, unit: str) -> None:
    fits = fitted(PRINTED, 2, unit=unit, release=2018)
    np.testing.assert_array_equal(fits["fit_p50"], wf.fit_table(PRINTED, unit=unit, release=2018).median())
    with pytest.raises(Exception, match="frame holds # and does not say of which release"):
        fitted(PRINTED, 2, unit=unit)


def test_keys_called_like_columns_of_a_fit_stay(fitted: Any) -> None:
    own = {"status": ["final"] * 5, "gini": list("ABCDE"), "std": [1, 2, 3, 4, 5]}
    fits = fitted(STATED.assign(**own), 2)
    assert {name: fits[name].tolist() for name in own} == own
    np.testing.assert_array_equal(fits["fit_gini"], fitted(STATED, 2)["fit_gini"])


@pytest.mark.parametrize("name", ["fit_p95", "fit_status"])
def test_a_column_of_the_fits_name_is_refused(fitted: Any, name: str) -> None:
    with pytest.raises(wf.FactError, match=f"frame has a column {name!r}; expected none of the names"):
        fitted(STATED.assign(**{name: 1.0}), 2)


@pytest.mark.parametrize(
    ("reading", "message"),
    [({"unit": "GBP"}, "unit is 'GBP'"), ({"release": 1900}, "release is 1900; expected a year")],
)
def test_an_unknown_reading_is_refused(fitted: Any, reading: dict[str, Any], message: str) -> None:
    with pytest.raises(wf.FactError, match=message):
        fitted(STATED, 2, **reading)


def test_plans_refuse_before_they_are_computed() -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed")
    pytest.importorskip("dask", reason="dask is not installed")
    from wagefit.adapters.dask import fit_partitions
    from wagefit.adapters.polars import fit_lazy

    with pytest.raises(wf.FactError, match="frame has a column 'fit_p95'"):
        fit_lazy(polars.LazyFrame({"p10": [1.0], "p50": [2.0], "fit_p95": [3.0]}))
    with pytest.raises(wf.FactError, match=r"frame is DataFrame; expected a polars.LazyFrame, as lazy"):
        fit_lazy(polars.from_pandas(STATED))
    with pytest.raises(wf.FactError, match=r"frame is DataFrame; expected a dask.dataframe.DataFrame, as from_pandas"):
        fit_partitions(STATED)


def test_a_refused_relation_leaves_its_connection_free() -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    from wagefit.adapters.duckdb import fit_relation

    with duckdb.connect() as connection:
        relation = connection.sql("select 1.0 as p10, 2.0 as fit_p95 from range(1_000_000)")
        with pytest.raises(wf.FactError, match="frame has a column 'fit_p95'") as refused:
            fit_relation(relation)
        with pytest.raises(wf.FactError, match="unit is 'GBP'") as unknown:
            fit_relation(relation.project("p10"), unit="GBP")
        assert connection.sql("select 1").fetchall() == [(1,)], (refused, unknown)


@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support:FutureWarning")
def test_spark_takes_unit_and_release() -> None:
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Spark needs Java, which is not installed")
    from wagefit.adapters.spark import fit_rows

    session = sql.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        rows = session.createDataFrame(pa.Table.from_pandas(PRINTED, preserve_index=False)).repartition(2)
        fits = fit_rows(rows, unit="USD/hour", release=2018).toArrow().to_pandas()
        with pytest.raises(wf.FactError, match="frame has a column 'fit_mean'"):
            fit_rows(rows.withColumnRenamed("H_MEDIAN", "fit_mean"))
    finally:
        session.stop()
    expected = wf.fit_table(PRINTED, unit="USD/hour", release=2018).median()
    np.testing.assert_array_equal(np.sort(fits["fit_p50"]), np.sort(expected))
