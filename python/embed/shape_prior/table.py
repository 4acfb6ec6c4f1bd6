"""The learned prior as a table in the C++ core."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from shape_prior.estimation import Shape

TABLE = Path(__file__).resolve().parents[3] / "cpp" / "src" / "fitting" / "shape_prior_table.cpp"

HEAD = """// Written by python/embed/shape_prior; do not edit.
#include "wagefit/fitting/shape_prior_table.hpp"

// clang-format off
namespace wagefit::shape_prior_table {
"""
FOOT = "}  // namespace wagefit::shape_prior_table\n"
NUMBERS_PER_LINE = 8


def write_table(shape: Shape, path: Path = TABLE) -> None:
    """Writes the C++ source that defines the arrays of `wagefit::shape_prior_table`, with eight significant digits."""
    arrays = {
        "probabilities": (shape.probabilities, "n_knots"),
        "mean": (shape.mean, "n_knots"),
        "mean_alone": (shape.mean_alone, "n_knots"),
        "mean_by_scale": (shape.mean_by_scale, "n_knots"),
        "shape": (shape.covariance, "n_knots * n_knots"),
    }
    definitions = [_definition(name, values, size) for name, (values, size) in arrays.items()]
    path.write_text("\n".join([HEAD, *definitions, FOOT]), encoding="utf-8")


def read_table(path: Path = TABLE) -> Shape:
    """The arrays of a source that `write_table` has written."""
    found = re.findall(r"> (\w+)\{\{([^}]*)\}\}", path.read_text(encoding="utf-8"))
    arrays = {name: np.array(body.replace("\n", "").rstrip(", ").split(","), dtype=float) for name, body in found}
    n = len(arrays["probabilities"])
    means = (arrays[name] for name in ("mean", "mean_alone", "mean_by_scale"))
    return Shape(arrays["probabilities"], *means, arrays["shape"].reshape(n, n))


def _definition(name: str, values: np.ndarray, size: str) -> str:
    numbers = [f"{value:.8g}" for value in np.ravel(values)]
    lines = [", ".join(numbers[i : i + NUMBERS_PER_LINE]) for i in range(0, len(numbers), NUMBERS_PER_LINE)]
    body = "".join(f"    {line},\n" for line in lines)
    return f"const std::array<double, {size}> {name}{{{{\n{body}}}}};\n"
