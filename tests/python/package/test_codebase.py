"""Rules of the code base that no compiler checks."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path

import pytest

import wagefit

ROOT = Path(__file__).resolve().parents[3]
CORE = ROOT / "cpp"
STREET = ("numerics", "estimation", "facts", "distributions", "fitting", "ensemble", "factors", "careers")


def core_files() -> list[Path]:
    """Every C++ file of the library."""
    return sorted(path for path in CORE.rglob("*") if path.suffix in {".hpp", ".cpp"})


def room_of(path: Path) -> str | None:
    """Room of a core file: its folder below include/wagefit or src."""
    return path.parent.name if path.parent.name in STREET else None


def test_core_knows_nothing_of_python() -> None:
    """The word pybind11 does not occur below cpp/."""
    files = [path for path in CORE.rglob("*") if path.is_file()]
    assert files
    assert [str(path) for path in files if "pybind11" in path.read_text().lower()] == []


def test_module_only_lists_the_bindings() -> None:
    """module.cpp stays a table of contents."""
    assert len((ROOT / "python" / "bindings" / "module.cpp").read_text().splitlines()) <= 40


def test_root_cmake_file_is_short() -> None:
    """The root CMakeLists.txt only puts folders together."""
    assert len((ROOT / "CMakeLists.txt").read_text().splitlines()) <= 30


def test_includes_go_one_way_along_the_street() -> None:
    """A room includes from itself and from the rooms before it."""
    backward = [
        f"{path.relative_to(ROOT)} includes {included}"
        for path in core_files()
        if (room := room_of(path)) is not None
        for included in re.findall(r'#include "wagefit/(\w+)/', path.read_text())
        if STREET.index(included) > STREET.index(room)
    ]
    assert core_files()
    assert backward == []


def test_every_source_has_its_header_in_the_same_room() -> None:
    """cpp/src/<room>/<concept>.cpp implements cpp/include/wagefit/<room>/<concept>.hpp."""
    headers = CORE / "include" / "wagefit"
    sources = sorted((CORE / "src").rglob("*.cpp"))
    missing = [path for path in sources if not (headers / path.relative_to(CORE / "src")).with_suffix(".hpp").exists()]
    assert missing == []


def public_objects() -> list[tuple[str, object]]:
    """Public names of the package, and the public methods and properties of its classes."""
    found: list[tuple[str, object]] = []
    for name in wagefit.__all__:
        value = getattr(wagefit, name)
        if inspect.isclass(value) and value.__module__.startswith("wagefit"):
            members = vars(value).items()
            found += [(f"{name}.{key}", member) for key, member in members if is_documentable(key, member)]
        if inspect.isclass(value) or inspect.isroutine(value) or inspect.ismodule(value):
            found.append((name, value))
    return found


def is_documentable(name: str, member: object) -> bool:
    """Whether a class's own attribute is part of its documented surface."""
    kinds = (property, classmethod, staticmethod)
    return not name.startswith("_") and (inspect.isroutine(member) or isinstance(member, kinds))


def test_public_names_exist_and_are_documented() -> None:
    """Each name of wagefit.__all__, and each public method of a public class, has a docstring."""
    assert [name for name, value in public_objects() if not (inspect.getdoc(value) or "").strip()] == []


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").rglob("*.ipynb")), ids=lambda path: path.name)
def test_notebooks_carry_no_outputs(path: Path) -> None:
    """Outputs are made by running a notebook, not stored with it."""
    cells = [cell for cell in json.loads(path.read_text())["cells"] if cell["cell_type"] == "code"]
    assert cells
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells)
