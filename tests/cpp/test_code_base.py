"""Rules of the C++ code that no compiler checks."""

from __future__ import annotations

import re
from pathlib import Path

from .functions import function_bodies

ROOT = Path(__file__).resolve().parents[2]
PUBLIC = ROOT / "cpp" / "include" / "wagefit"
PRIVATE = ROOT / "cpp" / "src"
BASEMENT = ("simd", "linear_algebra")
STREET = (*BASEMENT, "numerics", "facts", "distributions", "fitting", "ensemble", "estimation", "factors", "careers")
LONGEST_BODY = 30
INCLUDE = re.compile(r'#include "(wagefit/)?(?P<room>(?!wagefit/)\w+)/[^"]+"')


def core_files() -> list[Path]:
    """Every C++ file of the library, kernels and private headers included."""
    folders = (PUBLIC, PRIVATE)
    found = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in {".hpp", ".cpp"})
    assert found
    return found


def room_of(path: Path) -> str | None:
    """Room of a core file: its first folder below include/wagefit or src; none for the front door."""
    folders = path.relative_to(PUBLIC if path.is_relative_to(PUBLIC) else PRIVATE).parts[:-1]
    return folders[0] if folders else None


def test_every_file_is_in_a_room() -> None:
    assert {room_of(path) for path in core_files()} == {*STREET, None}


def test_includes_go_one_way_along_the_street() -> None:
    """A room includes from itself and from the rooms before it."""
    backward = [
        f"{path.relative_to(ROOT)} includes {found.group()}"
        for path in core_files()
        if (room := room_of(path)) is not None
        for found in INCLUDE.finditer(path.read_text())
        if STREET.index(found["room"]) > STREET.index(room)
    ]
    assert backward == []


def test_public_headers_include_public_ones() -> None:
    """A user has no other, and compiles for instruction sets of his own, which private headers choose lanes by."""
    private = [
        f"{path.relative_to(ROOT)} includes {included}"
        for path in PUBLIC.rglob("*.hpp")
        for included in re.findall(r'#include "([^"]+)"', path.read_text())
        if not (PUBLIC.parent / included).exists()
    ]
    assert private == []


def test_bindings_include_public_headers_only() -> None:
    bindings = ROOT / "python" / "bindings"
    private = [
        f"{path.name} includes {included}"
        for path in sorted(bindings.iterdir())
        if path.suffix in {".hpp", ".cpp"}
        for included in re.findall(r'#include "([^"]+)"', path.read_text())
        if not (PUBLIC.parent / included).exists() and not (bindings / included).exists()
    ]
    assert private == []


def test_every_source_has_its_header_in_the_same_room() -> None:
    """src/<room>/<concept>.cpp implements <concept>.hpp beside it, or include/wagefit/<room>/<concept>.hpp."""
    sources = sorted(PRIVATE.rglob("*.cpp"))
    homes = {path: (path, PUBLIC / path.relative_to(PRIVATE)) for path in sources}
    assert sources
    assert [path for path in sources if not any(home.with_suffix(".hpp").exists() for home in homes[path])] == []


def test_functions_are_short() -> None:
    """A body, without its signature, is read at one glance."""
    folders = (
        ROOT / "cpp",
        ROOT / "python" / "bindings",
        *(ROOT / "tests" / name for name in ("cpp", "consumer", "fuzz")),
    )
    paths = [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in {".hpp", ".cpp"}]
    bodies = [(path, name, lines) for path in paths for name, lines in function_bodies(path)]
    assert len(bodies) > 1000  # the scanner has found them
    assert [f"{path.relative_to(ROOT)}: {name} {lines}" for path, name, lines in bodies if lines > LONGEST_BODY] == []
