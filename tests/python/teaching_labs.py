"""The teaching labs of the repository."""

from __future__ import annotations

from pathlib import Path

from wagefit.labs.lab import Lab, read_labs

FOLDER = Path(__file__).resolve().parents[2] / "notebooks" / "labs"


def labs() -> dict[str, Lab]:
    """Every lab by its name."""
    return {lab.name: lab for lab in read_labs(FOLDER)}
