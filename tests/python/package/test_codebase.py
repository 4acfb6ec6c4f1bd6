"""Rules of the code base that no compiler checks."""

from __future__ import annotations

import inspect
import json
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import wagefit

from ..source_tree import LATE, ROOT, files, function_bodies, imports, modules

CORE = ROOT / "cpp"

PYTHON_STREET = (
    "errors", "shared", "prices", "plots", "facts", "oews", "tables", "distributions", "fitting", "ensemble",
    "estimation", "adapters", "factors", "careers", "decisions", "page", "report", "shell", "labs",
)  # fmt: skip

LONGEST_FILE, LONGEST_BODY, WIDEST_LINE = 350, 30, 120


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


def python_room(module: str) -> str:
    """Room of a module of the package; the package itself and its __main__ are at the end of the street."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] != "__main__" else "the front door"


def test_every_python_module_is_in_a_room() -> None:
    assert {python_room(module) for module in modules()} == {*PYTHON_STREET, "the front door"}


def test_imports_go_one_way_along_the_street() -> None:
    """A room of the package imports from itself and from the rooms before it, be it inside a function or for types."""
    order = {room: i for i, room in enumerate((*PYTHON_STREET, "the front door"))}
    backward = [
        str(each)
        for each in imports()
        if each.imported.startswith("wagefit") and each.imported != "wagefit._core"
        if order[python_room(each.imported)] > order[python_room(each.importer)]
    ]
    assert backward == []


def test_modules_import_one_another_in_no_circle() -> None:
    """CycleError names the modules of a circle."""
    known = modules()
    street: dict[str, set[str]] = {module: set() for module in known}
    for each in imports():
        if each.imported in known:
            street[each.importer].add(each.imported)
    assert set(TopologicalSorter(street).static_order()) == set(known)


def test_modules_of_the_package_are_imported_at_the_top() -> None:
    assert [str(each) for each in imports() if each.is_local and each.imported.startswith("wagefit")] == []


def test_only_optional_and_slow_libraries_are_imported_late() -> None:
    late = [each for each in imports() if each.is_local and not each.imported.startswith("wagefit")]
    assert [str(each) for each in late if each.imported.split(".")[0] not in LATE] == []


def test_functions_are_short() -> None:
    """A body, without signature and docstring, is read at one glance."""
    long = [
        f"{path.relative_to(ROOT)}: {name} has {lines} lines"
        for path in files(".py")
        for name, lines in function_bodies(path)
        if lines > LONGEST_BODY
    ]
    assert long == []


def test_files_are_short() -> None:
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines())
        for path in files(".py", ".hpp", ".cpp", ".js", ".mjs", ".css")
    }
    assert {str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > LONGEST_FILE} == {}


def test_lines_are_narrow() -> None:
    wide = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files(".py", ".pyi", ".hpp", ".cpp", ".cmake", ".sh", ".js", ".mjs", ".css", ".html")
        if not path.stem.endswith("_table")  # numbers, written by programs in python/embed
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > WIDEST_LINE
    ]
    assert wide == []


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
