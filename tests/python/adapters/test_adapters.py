"""Fits inside Dask, Spark, DuckDB and Polars are those of one process, on the areas of May 2025 or a stand-in."""

from __future__ import annotations

import dataclasses
import os
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import wagefit as wf
from wagefit.adapters.arrow import FITS, NUMBERS, fit_batch, fit_batches

N_PARTITIONS = 5


@pytest.fixture(scope="module")
def areas() -> pd.DataFrame:
    """Twelve thousand rows of the metropolitan table where it is at hand; else made-up ones of the same kind."""
    root = Path(__file__).resolve().parents[3]
    folder = Path(os.environ.get("WAGEFIT_DATA", root.parent / "shared" / "data"))
    file = folder / "oews" / "may2025" / "oews_m2025_metros.csv.gz"
    if file.exists():
        table = wf.oews.read(file, backend="pandas").iloc[::15]
    else:
        rng = np.random.default_rng(1)
        figures = np.round(np.sort(rng.lognormal(10.7, 0.4, (3_000, 5)), axis=1), -1)
        table = pd.DataFrame(figures, columns=["p10", "p25", "p50", "p75", "p90"])
        table["mean"], table["top_code"], table["top_coded"] = np.nan, np.nan, ""
    names = ["mean", "p10", "p25", "p50", "p75", "p90", "top_code", "top_coded"]
    return table[names].reset_index(drop=True)


@pytest.fixture(scope="module")
def expected(areas: pd.DataFrame) -> pd.DataFrame:
    return wf.fit_table(areas).to_frame("pandas").add_prefix("fit_")


def assert_same(fits: pd.DataFrame, expected: pd.DataFrame) -> None:
    """Every bit of every figure, and every status."""
    assert fits["fit_status"].tolist() == expected["fit_status"].tolist()
    for name in NUMBERS:
        np.testing.assert_array_equal(fits[name].to_numpy(dtype=float), expected[name].to_numpy(), err_msg=name)


def test_batches_are_fitted_alone_as_together(areas: pd.DataFrame, expected: pd.DataFrame) -> None:
    table = pa.Table.from_pandas(areas, preserve_index=False)
    fits = pa.Table.from_batches(fit_batches(table.to_batches(max_chunksize=777))).to_pandas()
    assert_same(fits, expected)
    assert fit_batch(table.to_batches()[0].slice(0, 0)).num_rows == 0


def test_dask_on_two_workers(areas: pd.DataFrame, expected: pd.DataFrame) -> None:
    dataframe = pytest.importorskip("dask.dataframe", reason="dask is not installed")
    distributed = pytest.importorskip("distributed", reason="distributed is not installed")
    from wagefit.adapters.dask import fit_partitions

    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True) as cluster,
        distributed.Client(cluster),
    ):
        fits = fit_partitions(dataframe.from_pandas(areas, npartitions=N_PARTITIONS)).compute()
    assert fits.index.equals(areas.index)
    assert_same(fits, expected)


@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support:FutureWarning")
def test_spark_in_local_mode(areas: pd.DataFrame, expected: pd.DataFrame) -> None:
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Spark needs Java, which is not installed")
    from wagefit.adapters.spark import fit_rows

    builder = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.shuffle.partitions", "2").getOrCreate()
    try:
        rows = pa.Table.from_pandas(areas.assign(row=np.arange(len(areas))), preserve_index=False)
        fits = fit_rows(session.createDataFrame(rows).repartition(N_PARTITIONS)).toArrow().to_pandas()
    finally:
        session.stop()
    assert_same(fits.sort_values("row").reset_index(drop=True), expected)


def test_duckdb_queries_the_fits(areas: pd.DataFrame, expected: pd.DataFrame) -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    from wagefit.adapters.duckdb import fit_relation

    with duckdb.connect() as connection:
        connection.register("areas", areas)
        fits = fit_relation(connection.sql("select * from areas"))
        assert_same(fits.read_all().to_pandas(), expected)


def test_polars_fits_lazily(areas: pd.DataFrame, expected: pd.DataFrame) -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed")
    from wagefit.adapters.polars import fit_lazy

    lazy = fit_lazy(polars.from_pandas(areas).lazy())
    assert lazy.collect_schema().names()[-len(NUMBERS) :] == list(NUMBERS)
    assert_same(lazy.collect().to_pandas(), expected)


@pytest.fixture(scope="module")
def with_keys() -> pd.DataFrame:
    """Rows with texts that `to_frame` takes over as keys, which the adapters must not add a second time."""
    rows = [wf.oews.cell("29-1141", year=year) for year in (2016, 2017, 2018)]
    return pd.DataFrame([dataclasses.asdict(row) for row in rows])


def test_adapters_add_the_fits_and_nothing_else(with_keys: pd.DataFrame) -> None:
    dataframe = pytest.importorskip("dask.dataframe", reason="dask is not installed")
    polars = pytest.importorskip("polars", reason="polars is not installed")
    from wagefit.adapters.dask import fit_partitions
    from wagefit.adapters.polars import fit_lazy

    columns = [*with_keys.columns, *FITS.values()]
    parted = fit_partitions(dataframe.from_pandas(with_keys, npartitions=2)).compute(scheduler="synchronous")
    assert parted.columns.tolist() == columns
    assert fit_lazy(polars.from_pandas(with_keys).lazy()).collect().columns == columns
    assert fit_batch(pa.RecordBatch.from_pandas(with_keys, preserve_index=False)).schema.names == columns


def test_polars_plan_may_go_on_with_fewer_columns_and_ask_about_fits(with_keys: pd.DataFrame) -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed")
    from wagefit.adapters.polars import fit_lazy

    fits = fit_lazy(polars.from_pandas(with_keys).lazy())
    found = fits.filter(polars.col("fit_mean") > 73_000).select("year", "fit_p50").collect()
    assert found["year"].to_list() == [2017, 2018]
    assert found["fit_p50"].to_list() == pytest.approx([70_000, 71_730], rel=1e-10)
