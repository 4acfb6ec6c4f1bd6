"""The installed distribution holds the package and nothing else."""

from __future__ import annotations

from importlib.metadata import distribution, files, metadata
from pathlib import PurePosixPath

import pytest

ALLOWED_SUFFIXES = {".py", ".pyi", ".typed", ".csv", ".npz", ".toml", ".so", ".pyd", ".pyc"} | {".js", ".css", ".html"}

# An editable installation points to the checkout and holds no package.
EDITABLE = '"editable": true' in (distribution("wagefit").read_text("direct_url.json") or "")
pytestmark = pytest.mark.skipif(EDITABLE, reason="an editable installation is no wheel")


def installed() -> list[PurePosixPath]:
    """Files of the distribution, without metadata and scripts."""
    return [path for path in files("wagefit") or [] if path.parts[0] == "wagefit"]


def test_wheel_has_the_extension_its_stub_and_the_type_marker() -> None:
    """A wheel without one of them would still import in a checkout."""
    names = {path.name for path in installed() if len(path.parts) == 2}
    assert {"__init__.py", "_core.pyi", "py.typed"} <= names
    assert any(name.startswith("_core.") and name.endswith((".so", ".pyd")) for name in names)


def test_wheel_holds_no_headers_and_no_library() -> None:
    """The C++ library is installed by CMake's component cpp, not by pip."""
    unexpected = [str(path) for path in installed() if path.suffix not in ALLOWED_SUFFIXES and path.name != "py.typed"]
    assert unexpected == []
    assert not any(path.suffix in {".hpp", ".a", ".cmake"} for path in files("wagefit") or [])


def test_metadata_names_license_and_python() -> None:
    """What an index shows of the project."""
    data = metadata("wagefit")
    assert data["License-Expression"] == "MIT"
    assert data["Requires-Python"] == ">=3.10"


def test_wheel_carries_the_licenses_of_what_was_compiled_into_it() -> None:
    """The extension holds machine code of header-only libraries; their licenses go with it, and so does our own."""
    texts = {path.name: path.read_text() for path in files("wagefit") or [] if "licenses" in path.parts}
    assert "MIT License" in texts["LICENSE"]
    assert texts["Eigen.txt"].startswith("Mozilla Public License Version 2.0")
    assert texts["Boost.txt"].startswith("Boost Software License - Version 1.0")
    assert "Copyright (c) 2016 Wenzel Jakob" in texts["pybind11.txt"]
    assert all(f"[{name}]" in texts["README.md"] for name in ("Eigen.txt", "Boost.txt", "pybind11.txt"))
