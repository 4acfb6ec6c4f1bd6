"""The next roles of a health information technician, each with its pay relative to coders'; written by factors.py."""

from __future__ import annotations

import math
from collections.abc import Iterator

import health_information as oews
from tables import Row

ROLE_COLUMNS = ("role", "label", "occupation", "year", "part", "ratio", "standard_error", "source", "note")
ROLES = (
    (
        "technician",
        "Health information technician",
        "29-2071",
        "Published to May 2018; from May 2021 most of it is 29-2072, which the ratios refer to",
    ),
    ("coder", "Coder (medical records specialist)", "29-2072", "29-2072 includes medical coders"),
    (
        "cancer registrar",
        "Cancer registrar (health information technologist or medical registrar)",
        "29-9021",
        "From May 2021; registrars are not published apart from technologists",
    ),
    (
        "health information manager",
        "Health information manager",
        "11-9111",
        "11-9111 holds all medical and health services managers",
    ),
    (
        "director",
        "Director of health information",
        "11-9111",
        "No occupation code of its own: the part of 11-9111 above its 75th percentile, an assumption",
    ),
)
ROLE_CHANGES: dict[str, Row] = {
    "technician": {"year": 2018, "source": "BLS OEWS May 2018 national"},
    "director": {"part": "upper", "ratio": None, "standard_error": None},
}


def role_rows(cells: list[Row]) -> Iterator[Row]:
    """The next roles: each is another occupation's cell, not a level of a factor."""
    newest = 2024  # the newest release with relative standard errors
    found = {c["occupation"]: c for c in cells if c["year"] == newest and c["industry"] == "000000"}
    coder = found["29-2072"]
    source = f"BLS OEWS {oews.release_name(newest)} national"
    for name, label, code, note in ROLES:
        cell = found.get(code, coder)
        published: Row = {"role": name, "label": label, "occupation": code, "year": newest, "part": "all"}
        yield published | pay_ratio(cell, coder) | {"source": source, "note": note} | ROLE_CHANGES.get(name, {})


def pay_ratio(cell: Row, reference: Row) -> Row:
    """A cell's mean over a reference's, both means taken as independent."""
    ratio = cell["mean"] / reference["mean"]
    error = 0.0 if cell is reference else ratio * math.hypot(cell["mean_rse"], reference["mean_rse"]) / 100
    return {"ratio": ratio, "standard_error": error}
