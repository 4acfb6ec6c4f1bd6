"""Factors from tables that users bring."""

from __future__ import annotations

import dataclasses

import pandas as pd
import polars as pl
import pytest

import wagefit as wf
from wagefit import Factor

from ..embedded import EMBEDDED


def table(factor: Factor) -> pd.DataFrame:
    """A factor's levels as the table that `from_table` reads."""
    return pd.DataFrame([{"level": level.name, **dataclasses.asdict(level)} for level in factor.levels])


@pytest.mark.parametrize("name", ["education", "credential", "setting", "experience"])
@pytest.mark.parametrize("backend", ["pandas", "polars"])
def test_a_table_gives_the_factor_back(name: str, backend: str) -> None:
    """Every figure, source and label, in pandas and polars."""
    factor = EMBEDDED[name]
    frame = table(factor)
    again = Factor.from_table(pl.from_pandas(frame) if backend == "polars" else frame, name, unit=factor.unit)
    assert again.levels == factor.levels
    assert again.baseline == factor.baseline


def test_a_share_without_a_source_is_assumed() -> None:
    """Also where the table has no such column."""
    frame = pd.DataFrame({"level": ["a", "b"], "ratio": [1.0, 1.2], "share": [0.5, 0.5]})
    factor = Factor.from_table(frame, "role")
    assert factor.shares_are_assumed
    assert factor.baseline == "mean"
    assert factor.levels[1].standard_error is None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"share": [0.5, 0.6]}, r"shares with the sum 1\.1, expected 1"),
        ({"ratio": [1.0, -1.2]}, r"level 'b': got the ratio -1\.2, expected a finite positive"),
        ({"ratio": [1.0, None]}, "ratio of level 'b' is missing"),
        ({"share": [1.5, -0.5]}, r"got the share 1\.5, expected one in"),
        ({"level": ["a", "a"]}, "given twice"),
        ({"ratio": ["one", "two"]}, "ratio of level 'a' is 'one'; expected a number"),
        ({"standard_error": [0.0, -0.1]}, r"got the standard error -0\.1"),
    ],
)
def test_meaningless_tables_are_refused(changes: dict[str, list[object]], message: str) -> None:
    """Naming the level and the value."""
    frame = pd.DataFrame({"level": ["a", "b"], "ratio": [1.0, 1.2], "share": [0.5, 0.5]} | changes)
    with pytest.raises(wf.FactError, match=message):
        Factor.from_table(frame, "role")


def test_tables_of_several_factors_need_a_name() -> None:
    """And columns."""
    frame = pd.DataFrame({"factor": ["x", "y"], "level": ["a", "b"], "ratio": [1.0, 1.2], "share": [1.0, 1.0]})
    assert Factor.from_table(frame, "y").levels[0].name == "b"
    with pytest.raises(wf.FactError, match="the frame holds 2 factors"):
        Factor.from_table(frame)
    with pytest.raises(wf.FactError, match="name is 'z'"):
        Factor.from_table(frame, "z")
    with pytest.raises(wf.FactError, match="frame has no column 'share'"):
        Factor.from_table(frame.drop(columns="share"), "x")
    with pytest.raises(wf.FactError, match="baseline is 'q'"):
        Factor.from_table(frame, "x", baseline="q")
