"""One name and one default for each thing that many signatures ask for: the table in docs/concepts.md."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import wagefit as wf

ROOT = Path(__file__).resolve().parents[3]
ANNUAL = "USD/year"
NEEDED = inspect.Parameter.empty

# By the one name: other names for the same thing, and the defaults it may have.
CONVENTIONS: dict[str, tuple[tuple[str, ...], tuple[Any, ...]]] = {
    "rng": (("seed", "random_state", "generator", "key", "random"), (0, None)),
    "level": (("confidence", "alpha", "conf_level", "confidence_level", "coverage_level"), (0.9, "area", None, NEEDED)),
    "n_threads": (("threads", "n_jobs", "num_threads", "workers", "n_workers", "nthreads"), (0, NEEDED)),
    "ax": (("axes", "axis", "fig", "axs"), (None,)),
    "baseline": (("base", "reference", "against", "compared_with", "basis"), (None, "mean", NEEDED)),
    "standard_error": (("se", "stderr", "std_err", "std_error", "sigma", "error"), (None, NEEDED)),
    "standard_errors": (("ses", "std_errors"), (None, NEEDED)),
    "backend": (("library", "engine", "frame_type", "as_frame", "output_format"), (None,)),
    "unit": (("units", "currency"), (ANNUAL, None, "", NEEDED)),
    "weights": (("weight", "w", "sample_weight"), (None, NEEDED)),
    "hours": (("hours_per_year", "annual_hours"), (2080, None)),  # None: not known, which is not a full year
}
# Where a name means something else, or is another project's.
EXEMPT = {
    ("conf_int", "alpha"): "statsmodels' name: the probability that the interval misses",
    ("rvs", "random_state"): "scipy's name, accepted beside rng",
    ("percentile_ratios", "reference"): "the cell of the whole, not a level or a person",
    ("from_cells", "reference"): "the cell of the whole, not a level or a person",
}


def modules() -> Iterator[Any]:
    """The package and its rooms that say what they offer."""
    yield wf
    for found in pkgutil.iter_modules(wf.__path__, "wagefit."):
        if found.ispkg and not found.name.startswith("wagefit._") and found.name != "wagefit.adapters":
            module = importlib.import_module(found.name)
            if hasattr(module, "__all__"):
                yield module
    yield wf.prices


def public_names(module: Any) -> list[str]:
    """`__all__`, or the functions and classes that the module defines."""
    own = [name for name, value in vars(module).items() if getattr(value, "__module__", "") == module.__name__]
    return list(getattr(module, "__all__", [name for name in own if not name.startswith("_")]))


def functions() -> dict[str, Any]:
    """Public functions, constructors and methods by their full name; inherited ones under each class that has them."""
    found: dict[str, Any] = {}
    for module in modules():
        for name in public_names(module):
            value = getattr(module, name)
            if inspect.isfunction(value):
                found[f"{module.__name__}.{name}"] = value
            elif inspect.isclass(value) and value.__module__.startswith("wagefit.") and "_core" not in value.__module__:
                found[f"{module.__name__}.{name}"] = value
                members = inspect.getmembers(value, lambda x: inspect.isfunction(x) or inspect.ismethod(x))
                found |= {f"{module.__name__}.{name}.{key}": m for key, m in members if not key.startswith("_")}
    return found


FUNCTIONS = functions()


def parameters() -> list[tuple[str, inspect.Parameter]]:
    return [(name, p) for name, f in FUNCTIONS.items() for p in inspect.signature(f).parameters.values()]


def test_there_are_functions_to_look_at() -> None:
    """Inherited methods and methods of rooms among them."""
    assert {"wagefit.fit", "wagefit.Ensemble.credible", "wagefit.factors.Profile.explain"} <= FUNCTIONS.keys()


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_one_thing_has_one_name(convention: str) -> None:
    others, _ = CONVENTIONS[convention]
    wrong = [(name, p.name) for name, p in parameters() if p.name in others]
    assert [(name, p) for name, p in wrong if (name.rpartition(".")[2], p) not in EXEMPT] == []


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_one_name_has_one_default(convention: str) -> None:
    _, defaults = CONVENTIONS[convention]
    wrong = [(name, p.default) for name, p in parameters() if p.name == convention and p.default not in defaults]
    assert wrong == []
    assert any(p.name == convention for _, p in parameters())


def test_only_random_wages_are_drawn_afresh() -> None:
    """`rng` is 0 where a result is an estimate, so that it is the same each time; None in `rvs` alone."""
    fresh = [name for name, p in parameters() if p.name == "rng" and p.default is None]
    assert {name.rpartition(".")[2] for name in fresh} == {"rvs"}


def test_a_level_is_one_number_or_the_name_of_a_factors_level() -> None:
    """0.9 wherever an interval is asked for."""
    intervals = ("credible", "interval", "rank", "summary", "to_frame", "ratio")
    found = [(name, p.default) for name, p in parameters() if p.name == "level"]
    wrong = [pair for pair in found if pair[0].rpartition(".")[2] in intervals and pair[1] != 0.9]
    assert wrong == []


def test_every_table_is_asked_for_in_the_same_way() -> None:
    """`to_frame` has `backend`, first unless an interval's level stands before it."""
    frames = {name: f for name, f in FUNCTIONS.items() if name.endswith(".to_frame")}
    assert frames
    assert [name for name, f in frames.items() if "backend" not in inspect.signature(f).parameters] == []


def test_every_plot_takes_axes() -> None:
    plots = {name: f for name, f in FUNCTIONS.items() if re.search(r"(\.plot\w*)$", name) and inspect.isfunction(f)}
    assert plots
    assert [name for name, f in plots.items() if "ax" not in inspect.signature(f).parameters] == []


def test_the_table_of_conventions_is_this_one() -> None:
    text = (ROOT / "docs" / "concepts.md").read_text()
    assert [name for name in CONVENTIONS if f"`{name}" not in text] == []
