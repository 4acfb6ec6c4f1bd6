"""The report as it is printed."""

from __future__ import annotations

import io

from rich.console import Console

from wagefit.report import Report
from wagefit.report.terminal import print_sections

# A fit meets its facts to 1e-10; sums over its parts keep an order less.
FIT = 1e-9


def printed(report: Report, width: int = 80, encoding: str = "utf-8") -> str:
    """The report as a terminal of `width` columns without color shows it."""
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    console = Console(file=file, width=width, highlight=False)
    print_sections(report.sections(), console)
    file.flush()
    return file.buffer.getvalue().decode(encoding)  # type: ignore[attr-defined]
