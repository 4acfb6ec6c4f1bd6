"""The one version, in CMakeLists.txt, reaches C++, Python and the wheel's metadata."""

from __future__ import annotations

import re
from importlib.metadata import version

import wagefit
from wagefit import _core

from ..source_tree import ROOT


def test_versions_agree() -> None:
    """CMake's project version is that of the compiled core, the package and the installed distribution."""
    match = re.search(r"project\(wagefit VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text())
    assert match is not None
    assert match.group(1) == _core.__version__ == wagefit.__version__ == version("wagefit")
