"""Section: the next roles and what they pay, in the newest release of each."""

from __future__ import annotations

from dataclasses import dataclass

from wagefit.distributions.distribution import Distribution
from wagefit.fitting.fit import fit
from wagefit.oews import Cell, national
from wagefit.report.blocks import Column, Paragraph, Section, Table
from wagefit.shared.embedded_tables import Row, read_table
from wagefit.shared.text import dollars

UPPER = "upper"  # the part of an occupation above its 75th percentile


@dataclass(frozen=True)
class Role:
    """Pay of a role: dollars a year; `part` is "all" of the occupation or the "upper" quarter of it.

    Percentiles and mean of an upper part are the fitted curve's and its people are not counted; all others are printed.
    """

    role: str
    label: str
    occupation: str
    release: str
    part: str
    employment: float | None
    p10: float
    median: float
    p90: float
    mean: float
    note: str


def read_roles() -> tuple[Role, ...]:
    """Every role but the technician's own, in the order of the embedded table."""
    return tuple(_role(row) for row in read_table("roles") if row["role"] != "technician")


def _role(row: Row) -> Role:
    cell = national(row["occupation"])
    pay = _part(fit(**cell.facts()), row["part"])
    p10, median, p90 = map(float, pay.ppf([0.1, 0.5, 0.9]))
    return Role(
        row["role"],
        row["label"],
        cell.occupation,
        cell.release,
        row["part"],
        _people(cell, row["part"]),
        p10,
        median,
        p90,
        pay.mean(),
        row["note"],
    )


def _part(pay: Distribution, part: str) -> Distribution:
    return pay.truncate(lower=float(pay.ppf(0.75))) if part == UPPER else pay


def _people(cell: Cell, part: str) -> float | None:
    return None if part == UPPER else cell.employment


def show_roles(roles: tuple[Role, ...]) -> Section:
    """One row a role, and what the codes really hold."""
    columns = (Column("role", "left"), Column("code", "left"), *map(Column, ("P10", "median", "mean", "P90")))
    rows = tuple(
        (role.role, role.occupation, *map(dollars, (role.p10, role.median, role.mean, role.p90))) for role in roles
    )
    notes = " ".join(f"{role.role.capitalize()}: {_sentence(role.note)}" for role in roles if role.note)
    releases = ", ".join(sorted({role.release for role in roles}))
    return Section(f"The next roles, {releases}", (Table(columns, rows), Paragraph(notes, "quiet")))


def _sentence(note: str) -> str:
    return note if note.endswith(".") else f"{note}."
