"""Doubtful figures are found in every library, and the faults of the source among them."""

from __future__ import annotations

import pandas as pd
import pytest

import wagefit as wf
from wagefit.shared.frames import columns_of, make_frame


def test_the_faults_of_the_source_are_reported(national: dict[int, pd.DataFrame]) -> None:
    report = wf.oews.validate(national[1997], backend="pandas")
    assert set(report.query("problem.str.contains('below')")["occupation"]) == {"43005", "43014"}
    sentinels = wf.oews.validate(national[1998], backend="pandas").query("value == 999999")
    assert {"31211", "31244"} <= set(sentinels["occupation"])
    for year in range(1999, 2022):
        assert len(wf.oews.validate(national[year], backend="pandas")) == 0, year


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_doubtful_figures_are_named_in_every_library(backend: str) -> None:
    figures = {name: [40_000.0, None] for name in ("mean", "p25", "p50", "p75", "p90")}
    columns = {"year": [2018, 2018], "occupation": ["29-2071", "29-1061"], "p10": [50_000.0, 12.0], **figures}
    columns |= {"hourly_mean": [20.0, None], "top_code": [45_000.0, None]}
    types: dict[str, type] = dict.fromkeys(columns, float) | {"year": int, "occupation": str}
    report = columns_of(wf.oews.validate(make_frame(columns, types, backend), backend="pyarrow"))
    assert list(zip(report["row"].tolist(), report["figure"], report["problem"], strict=True)) == [
        (0, "mean", "is not 2080 times the hourly 20"),
        (0, "p25", "is below p10, 50000"),
        (0, "p10", "is above the top code, 45000"),
        (1, "p10", "is no annual wage in dollars"),
    ]


def test_figures_that_are_no_numbers_are_refused() -> None:
    """Text is read as in a fit; a mask hides a figure."""
    table = pd.DataFrame(
        {"year": [2018], "occupation": ["29-2071"], **dict.fromkeys(("mean", "p25", "p50", "p75", "p90"), 4e4)}
    )
    assert len(wf.oews.validate(table.assign(p10="$40,000"), backend="pandas")) == 0
    with pytest.raises(wf.FactError, match=r"p10\[0\] is '40.000,00'; expected numbers"):
        wf.oews.validate(table.assign(p10="40.000,00"))
