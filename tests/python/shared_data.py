"""The folder of real files that some tests read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def shared_folder(name: str) -> Path:
    """Folder `name` of the shared data; skips where it is absent."""
    root = Path(__file__).resolve().parents[2]
    folder = Path(os.environ.get("WAGEFIT_DATA", root.parent / "shared" / "data")) / name
    if not folder.is_dir():
        pytest.skip(f"the real files of {name} are not here; set WAGEFIT_DATA to the folder that holds them")
    return folder
