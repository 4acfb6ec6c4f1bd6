"""Readers of published tables, saved cells, factors and models, on files with bytes changed at random."""

from __future__ import annotations

import random

import pytest

from ..damaged_files import changed, check, intact, originals

N_CHANGED = 400
KINDS = (
    "state_M2018_dl.csv",
    "all_data_M_2021.csv",
    "state_M2018_dl.csv.gz",
    "oesm18st.zip",
    "state_M2018_dl.xlsx",
    "cells.npz",
    "cells.parquet",
    "factors.csv",
    "factors.toml",
    "model.toml",
)


@pytest.mark.parametrize("name", KINDS)
def test_intact_files_are_read(name: str) -> None:
    found = intact(name)
    assert len(found.factors if name == "model.toml" else found) > 1


@pytest.mark.parametrize("name", KINDS)
def test_a_damaged_file_is_refused_or_read_right(name: str) -> None:
    rng = random.Random(name)
    for _ in range(N_CHANGED):
        content = changed(originals()[name], rng)
        try:
            check(name, content)
        except Exception as error:
            raise AssertionError(f"{name} with the bytes {content.hex()}") from error
