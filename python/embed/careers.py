"""Writes career_moves.csv: yearly chances of moving between health information roles.

Usage: python careers.py <data folder> [<output folder>]

No public source at hand follows people from one of these roles to the next. Every chance is an assumption, chosen so
that about one person in three who stays in the field for thirty years reaches management; the package names them as
such wherever they are used. Nothing is read from the data folder.
"""

from __future__ import annotations

from pathlib import Path

from tables import run, write_table

COLUMNS = ("origin", "destination", "chance", "after_years", "source", "note")
GONE = "left the field"
MOVES = (
    ("technician", "coder", 0.10, 1),
    ("technician", "cancer registrar", 0.02, 2),
    ("technician", "health information manager", 0.01, 5),
    ("coder", "cancer registrar", 0.02, 2),
    ("coder", "health information manager", 0.02, 4),
    ("cancer registrar", "health information manager", 0.02, 4),
    ("health information manager", "director", 0.04, 5),
    ("technician", GONE, 0.06, 0),
    ("coder", GONE, 0.05, 0),
    ("cancer registrar", GONE, 0.04, 0),
    ("health information manager", GONE, 0.04, 0),
    ("director", GONE, 0.04, 0),
)


def write(data: Path, output: Path) -> None:  # noqa: ARG001 - every script takes the data folder
    """Writes the table."""
    rows = [dict(zip(COLUMNS, (*move, "", ""), strict=True)) for move in MOVES]
    write_table(output / "career_moves.csv", COLUMNS, rows)


if __name__ == "__main__":
    run(write)
