"""The answer of a command on the terminal."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

import typer

from wagefit.report.blocks import Section
from wagefit.report.terminal import make_console, print_sections


def show_answer(content: dict[str, Any], sections: Sequence[Section], as_json: bool) -> None:
    """Prints the sections, or the content as JSON."""
    if as_json:
        typer.echo(json.dumps(_plain(content), indent=2))
        return
    print_sections(sections, make_console())


def _plain(content: Any) -> Any:
    """The content with null for what is unknown or unbounded: JSON has neither NaN nor infinity."""
    if isinstance(content, dict):
        return {name: _plain(value) for name, value in content.items()}
    if isinstance(content, (list, tuple)):
        return [_plain(value) for value in content]
    return None if isinstance(content, float) and not math.isfinite(content) else content
