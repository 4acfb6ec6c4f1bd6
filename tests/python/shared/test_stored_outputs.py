"""Outputs are those of the last version that meant to move them."""

from __future__ import annotations

import csv
import platform
import re
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from ..stored_outputs import kernel_outputs, other_outputs

FILE = Path(__file__).resolve().parents[2] / "data" / "stored_outputs.csv"
# The kernels use their own elementary functions, without fused multiply-add, so that every instruction set gives the
# same bits. The tables that they start from come from the exp and log of the platform, which are one code on Linux
# machines that have fused multiply-add. Elsewhere the last digit may differ, and so may every output that passes
# through these functions or through iterations, which end at 2e-13.
OTHER_PLATFORM = 1e-12
# Families are fitted by iterations that end where the likelihood is flat to 1e-15: parameters to the root of that.
FITTED_FAMILY = 1e-6
# Drawn curves differ by what the draws' own search leaves, 1e-8.
DRAWN = 1e-7
HAS_THE_BITS = (
    sys.platform == "linux"
    and platform.machine() == "x86_64"
    and re.search(r"\bfma\b", Path("/proc/cpuinfo").read_text()) is not None
)


@cache
def stored() -> dict[str, np.ndarray]:
    values: dict[str, list[float]] = {}
    with FILE.open(newline="") as file:
        for row in csv.DictReader(file):
            values.setdefault(row["name"], []).append(float.fromhex(row["value"]))
    return {name: np.array(column) for name, column in values.items()}


def tolerance(name: str) -> float:
    """How far an output may be from the stored one, relative."""
    if name.endswith("through brackets"):
        return FITTED_FAMILY
    return DRAWN if name == "interval" else OTHER_PLATFORM


def test_some_thousand_outputs_are_stored() -> None:
    assert sum(map(len, stored().values())) > 1000


@pytest.mark.parametrize("name", ["cells", "draws"])
def test_kernels_give_the_stored_bits(name: str) -> None:
    values = dict(kernel_outputs())[name]
    if HAS_THE_BITS:
        np.testing.assert_array_equal(values, stored()[name])
    else:
        np.testing.assert_allclose(values, stored()[name], rtol=OTHER_PLATFORM)


def test_everything_else_is_as_stored() -> None:
    for name, values in other_outputs():
        np.testing.assert_allclose(values, stored()[name], rtol=tolerance(name), err_msg=name)
