"""Factors from tables that users bring."""

from __future__ import annotations

import dataclasses

import numpy as np
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
        ({"share": [0.5, 0.6]}, r"shares of 'role' sum to 1\.1, from share in row 1 of the frame to share in row 2"),
        ({"ratio": [1.0, -1.2]}, r"ratio in row 2 of the frame is -1\.2; expected a number above 0"),
        ({"ratio": [1.0, None]}, "ratio in row 2 of the frame is missing; expected a number"),
        ({"share": [1.5, -0.5]}, r"share in row 1 of the frame is 1\.5; expected a part of the workforce in \[0, 1\]"),
        (
            {"level": ["a", "A"]},
            r"row 2 of the frame is 'A'; expected each level .* once, .* 'a' stands in row 1",
        ),
        ({"at": [1.0, None]}, "at in row 2 of the frame is missing; expected an amount"),
        ({"year": [2018, 2018.5]}, r"year in row 2 of the frame is 2018\.5; expected a year"),
        ({"is_proxy": ["true", "maybe"]}, "is_proxy in row 2 of the frame is 'maybe'; expected true or false"),
        ({"unit": ["years", "months"]}, "unit in row 2 of the frame is 'months'; expected 'years', as in row 1"),
        ({"scale": ["log", "log"]}, "scale in row 1 of the frame is 'log'; expected one of 'linear'"),
        ({"share": [30, 70]}, r"share in row 1 of the frame is 30; expected .* in \[0, 1\]: 30 % is 0.3"),
        ({"ratio": ["one", "two"]}, "ratio in row 1 of the frame is 'one'; expected a number"),
        (
            {"standard_error": [0.0, -0.1]},
            r"standard_error in row 2 of the frame is -0\.1; expected .* at least 0",
        ),
    ],
)
def test_meaningless_tables_are_refused(changes: dict[str, list[object]], message: str) -> None:
    """Naming the level and the value."""
    frame = pd.DataFrame({"level": ["a", "b"], "ratio": [1.0, 1.2], "share": [0.5, 0.5]} | changes)
    with pytest.raises(wf.FactError, match=message):
        Factor.from_table(frame, "role")


def test_headers_and_names_have_any_capitals() -> None:
    """And blanks or hyphens for underscores; amounts come in any order."""
    frame = pd.DataFrame(
        {
            "FACTOR": ["Years", "years", "Role", "role"],
            "Level": ["ten", "none", "staff", "lead"],
            "Ratio": ["1.3", "1", "1", "1.2"],
            "Share": [0.4, 0.6, 0.8, 0.2],
            "Standard error": [0.02, 0, 0, None],
            "AT": [10, 0, None, None],
            "is-proxy": ["Yes", "no", "FALSE", "1"],
        }
    )
    years, role = (Factor.from_table(frame, name) for name in ("YEARS", "role"))
    assert [level.name for level in years.levels] == ["none", "ten"]
    assert [level.is_proxy for level in (*years.levels, *role.levels)] == [False, True, False, True]
    assert (years.baseline, role.baseline) == ("none", "staff")
    assert role.levels[1].standard_error is None


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


def test_levels_of_one_survey_differ_with_an_error() -> None:
    """Ratios measured one by one keep their errors when compared; those of one estimate only where that is said."""
    anchor = wf.fit(**wf.oews.national("47-2111", 2018).facts())
    rows = {
        "level": ["journeyman", "apprentice", "master"],
        "ratio": [1.0, 0.62, 1.24],
        "standard_error": [0.0, 0.031, 0.062],
        "share": [0.6, 0.22, 0.18],
        "source": ["", "Union scale", "Union scale"],
    }
    one_by_one = Factor.from_table(pd.DataFrame(rows), "license")
    together = Factor.from_table(pd.DataFrame(rows | {"errors": ["common"] * 3}), "license")
    assert (one_by_one.errs_together, together.errs_together) == (False, True)
    for factor, relative in ((one_by_one, np.hypot(0.05, 0.05)), (together, 0.0)):
        model = wf.SalaryModel(anchor, [factor])
        (row,) = model.compare(model.profile(license="apprentice"), model.profile(license="master")).rows
        assert row.ratio_error == pytest.approx(row.ratio * relative, abs=1e-12)
