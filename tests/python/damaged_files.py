"""Files with bytes changed at random: readers refuse them in one sentence, or give what stands in the file."""

from __future__ import annotations

import gzip
import random
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import wagefit as wf
from wagefit.oews.reading import TYPES

from .many_cells import fit_all
from .oews.test_workbook import workbook, zipped
from .published_layouts import ALL_DATA, STATE, as_csv

MOST_CHANGES = 4


class Violation(Exception):
    """A damaged file that was read as another."""


@cache
def originals() -> dict[str, bytes]:
    """An intact file of every kind by its name; files are small, so that most changes hit something that counts."""
    csv = as_csv(STATE)
    files = {
        "state_M2018_dl.csv": csv,
        "all_data_M_2021.csv": as_csv(ALL_DATA),
        "state_M2018_dl.csv.gz": gzip.compress(csv, mtime=0),
        "oesm18st.zip": zipped(**{"state_M2018_dl.csv": csv}),
        "state_M2018_dl.xlsx": workbook(rows=3),
    }
    with tempfile.TemporaryDirectory() as folder:
        for name in ("cells.npz", "cells.parquet"):
            path = Path(folder) / name
            fit_all().save(path)
            files[name] = path.read_bytes()
        for name in ("factors.csv", "factors.toml", "model.toml"):
            (own_model() if name.startswith("model") else own_factors()).save(Path(folder) / name)
            files[name] = (Path(folder) / name).read_bytes()
    return files


def own_factors() -> wf.factors.FactorSet:
    """Two small factors, one of them continuous, and an interaction of them."""
    role = (wf.Level("staff", "", 1.0, 0.0, 0.8), wf.Level("lead", "Team lead", 1.18, 0.03, 0.2, source="A survey"))
    years = (wf.Level("new", "", 1.0, 0.0, 0.4, 0.0), wf.Level("ten", "", 1.25, None, 0.6, 10.0, year=2024))
    pair = wf.factors.Interaction("role", "years", {("lead", "ten"): 1.02}, source="A survey")
    return wf.factors.FactorSet((wf.Factor("role", role, "staff"), wf.Factor("years", years, "new", "years")), (pair,))


def own_model() -> wf.SalaryModel:
    """These factors on three figures."""
    return wf.SalaryModel.from_table(own_factors(), {"mean": 61_000, "p10": 41_000, "p90": 86_000})


@cache
def readers() -> dict[str, Callable[[Path], Any]]:
    """What reads a file, by the beginning of its name; published tables otherwise."""
    return {"cells": wf.Ensemble.load, "factors": wf.factors.read, "model": wf.SalaryModel.load}


def read(name: str, content: bytes) -> Any:
    """What the reader of such a file makes of `content`; None where it refuses it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            own = readers().get(name.partition(".")[0])
            return wf.oews.read(path, backend="pandas") if own is None else own(path)
        except wf.FactError as error:
            if not str(error).strip() or "\n" in str(error):
                raise Violation(f"{name} is refused in other than one sentence: {error}") from error
            return None


@cache
def intact(name: str) -> Any:
    """What the reader makes of the intact file."""
    return read(name, originals()[name])


def check(name: str, content: bytes) -> None:
    """Raises Violation unless `content` is refused or read right.

    Archives, workbooks, saved cells and models hold checksums: they are read as the intact file or not at all. A CSV
    file and one of factors have none: they are read as a table of the usual columns with finite numbers, and as factors
    that a model could use.
    """
    found = read(name, content)
    if found is None:
        return
    if name.startswith("cells"):
        if found != intact(name) or found.unit != intact(name).unit:
            raise Violation(f"{name} is read as other cells")
    elif name.startswith("model"):
        parts = [(each.anchor, each.factors, each.interactions, each.notes) for each in (found, intact(name))]
        if parts[0] != parts[1]:
            raise Violation(f"{name} is read as another model")
    elif name.startswith("factors"):
        for factor in found:
            factor.checked()
    elif name.endswith(".csv"):
        _check_table(name, found)
    elif not found.equals(intact(name)):
        raise Violation(f"{name} is read as another table")


def _check_table(name: str, table: pd.DataFrame) -> None:
    if list(table.columns) != list(TYPES):
        raise Violation(f"{name} is read as a table of other columns")
    numbers = table[[column for column, kind in TYPES.items() if kind is float]].to_numpy(dtype=float)
    if np.isinf(numbers).any():
        raise Violation(f"{name} is read as a table with infinite numbers")


def changed(content: bytes, rng: random.Random) -> bytes:
    """`content` with one to four changes: bits, bytes, pieces cut out, doubled or overwritten, or the end cut off."""
    found = bytearray(content)
    for _ in range(rng.randint(1, MOST_CHANGES)):
        if found:
            rng.choice(CHANGES)(found, rng)
    return bytes(found)


def _flip(content: bytearray, rng: random.Random) -> None:
    content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)


def _write(content: bytearray, rng: random.Random) -> None:
    content[rng.randrange(len(content))] = rng.choice((0, 10, 34, 35, 44, 45, 46, 48, 57, 101, 255, rng.randrange(256)))


def _cut(content: bytearray, rng: random.Random) -> None:
    at = rng.randrange(len(content))
    del content[at : at + rng.randint(1, 40)]


def _double(content: bytearray, rng: random.Random) -> None:
    at = rng.randrange(len(content))
    content[at:at] = content[at : at + rng.randint(1, 40)]


def _end(content: bytearray, rng: random.Random) -> None:
    del content[rng.randrange(len(content)) :]


CHANGES: tuple[Callable[[bytearray, random.Random], None], ...] = (_flip, _flip, _write, _write, _cut, _double, _end)
