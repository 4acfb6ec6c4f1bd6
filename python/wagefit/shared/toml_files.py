"""Files in TOML."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from wagefit.errors import FactError


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file; FactError where it is none, FileNotFoundError where there is no such file."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FactError(f"{path.name} is no TOML file: {error}; expected one in UTF-8") from error
