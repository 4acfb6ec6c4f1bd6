"""Files in TOML."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from wagefit.errors import FactError


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file; FactError where it is none, FileNotFoundError where there is no such file."""
    content = path.read_bytes()
    try:
        return parse_toml(content.decode())
    except (ValueError, RecursionError) as error:  # bytes that are no UTF-8, text that is no TOML, numbers too long
        raise FactError(f"{path.name} is no TOML file: {_first_line(error)}; expected one in UTF-8") from error


def parse_toml(text: str) -> dict[str, Any]:
    """The content of a TOML document; ValueError where it is none."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    return tomllib.loads(text)


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
