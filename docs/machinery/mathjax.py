"""MathJax for a site without a network: one file out of a package of the extra docs."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

FILE = "tex-svg.js"  # draws formulas by itself; the builds with web fonts need twenty files more
PATH = f"mathjax/{FILE}"
PACKAGE = "sphinx-mathjax-offline"


def static_paths(folder: Path) -> list[str]:
    """Copies MathJax into a folder and gives the folder."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise SystemExit(f"Formulas need the package {PACKAGE}, which is not installed: pip install '.[docs]'.")
    target = folder / PATH
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(Path(found.origin).parent / "static" / "mathjax" / FILE, target)
    return [str(folder)]
