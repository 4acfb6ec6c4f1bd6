"""A level from the rows of two embedded tables, that of its ratio and that of its share."""

from __future__ import annotations

from wagefit.factors.level import Level
from wagefit.shared.embedded_tables import Row, optional_number


def embedded_level(row: Row, share: Row) -> Level:
    """The level of a row of ratios, with the share of a row of shares; what else is said of the share is left out."""
    return Level(
        name=row["level"],
        label=row["label"],
        ratio=float(row["ratio"]),
        standard_error=optional_number(row["standard_error"]),
        share=float(share["share"]),
        at=optional_number(row["x"]),
        source=row["source"],
        year=optional_year(row["year"]),
        population=row["population"],
        note=row["note"],
    )


def optional_year(text: str) -> int | None:
    """A year of an embedded table, None where the cell is empty."""
    return int(text) if text else None
