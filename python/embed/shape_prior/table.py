"""The learned prior as a table in the C++ core."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from shape_prior.knots import SCORES
from shape_prior.shape import Shape

SOURCES = Path(__file__).resolve().parents[3] / "cpp" / "src" / "fitting"
TABLE = SOURCES / "shape_prior_table.cpp"

HEAD = """// Written by python/embed/shape_prior; do not edit.
#include "fitting/shape_prior_table.hpp"

// clang-format off
namespace wagefit::shape_prior_table {
"""
FOOT = "}  // namespace wagefit::shape_prior_table\n"
HEADER = """#pragma once

#include <array>
#include <cstddef>

/// The learned numbers of `shape_prior()`; python/embed/shape_prior writes their definitions.
namespace wagefit::shape_prior_table {{

inline constexpr std::size_t n_knots = {n_knots};

extern const std::array<double, n_knots> z;  ///< normal scores, ascending
extern const std::array<double, n_knots> mean;
extern const std::array<double, n_knots> mean_alone;
extern const std::array<double, n_knots> mean_by_scale;
extern const std::array<double, n_knots> interval_factor;
extern const std::array<double, n_knots * n_knots> shape;  ///< symmetric, so that rows are columns

}}  // namespace wagefit::shape_prior_table
"""
NUMBERS_PER_LINE = 7


def write_table(shape: Shape, path: Path = TABLE) -> None:
    """Writes the C++ source that defines the arrays of `wagefit::shape_prior_table`, and its header beside it."""
    arrays = {
        "z": SCORES,
        "mean": shape.mean,
        "mean_alone": shape.mean_alone,
        "mean_by_scale": shape.mean_by_scale,
        "interval_factor": shape.interval_factor,
        "shape": shape.covariance,
    }
    definitions = [_definition(name, values) for name, values in arrays.items()]
    path.write_text("\n".join([HEAD, *definitions, FOOT]), encoding="utf-8")
    path.with_suffix(".hpp").write_text(HEADER.format(n_knots=len(SCORES)), encoding="utf-8")


def read_table(path: Path = TABLE) -> Shape:
    """The arrays of a source that `write_table` has written."""
    found = re.findall(r"> (\w+)\{\{([^}]*)\}\}", path.read_text(encoding="utf-8"))
    arrays = {name: np.array(body.replace("\n", "").rstrip(", ").split(","), dtype=float) for name, body in found}
    n = len(arrays["z"])
    means = (arrays[name] for name in ("mean", "mean_alone", "mean_by_scale"))
    return Shape(*means, arrays["shape"].reshape(n, n), arrays["interval_factor"])


def _definition(name: str, values: np.ndarray) -> str:
    """One array with eight significant digits."""
    numbers = [f"{value:.8g}" for value in np.ravel(values)]
    lines = [", ".join(numbers[i : i + NUMBERS_PER_LINE]) for i in range(0, len(numbers), NUMBERS_PER_LINE)]
    body = "".join(f"    {line},\n" for line in lines)
    size = "n_knots" if values.ndim == 1 else "n_knots * n_knots"
    return f"const std::array<double, {size}> {name}{{{{\n{body}}}}};\n"
