"""What several tests of published tables use."""

from __future__ import annotations

import pandas as pd
import pytest

import wagefit as wf

from ..national_workbooks import data_folder


@pytest.fixture(scope="session")
def national() -> dict[int, pd.DataFrame]:
    files = sorted((data_folder() / "oews" / "national").glob("national*"))
    tables = [wf.oews.read(file, backend="pandas") for file in files]
    return {int(table["year"].iloc[0]): table for table in tables}
