"""Section: two persons of one model side by side, and a wage's rank."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from wagefit.decisions import Standing
from wagefit.factors.explanation import TRANSPORT
from wagefit.factors.profile import Comparison
from wagefit.factors.ranking import Rank
from wagefit.report.blocks import Block, Column, Paragraph, Section, Table
from wagefit.report.person import TRANSPORT_NOTE
from wagefit.shared.text import decimals_of, dollars, sentence, signed
from wagefit.shared.units import each_period

PERCENTILES = (10, 25, 50, 75, 90)


@dataclass(frozen=True)
class Compared:
    """Two persons, in `unit`.

    Attributes
    ----------
    person, other : str
        As people say them.
    mean, other_mean : float
    difference, ratio, median_ratio : float
        Of the person's mean (median) to the other's.
    percentiles, other_percentiles : dict
    rows : tuple of dict
        The factors in which they differ: factor, level, baseline level, ratio, its error, dollars, their error.
    transport : float
        What the rank-preserving transport adds.
    """

    person: str
    other: str
    mean: float
    other_mean: float
    difference: float
    ratio: float
    median_ratio: float
    percentiles: dict[str, float]
    other_percentiles: dict[str, float]
    rows: tuple[dict[str, str | float | None], ...]
    transport: float
    unit: str
    notes: tuple[str, ...]


def read_compared(comparison: Comparison) -> Compared:
    """The figures of a comparison."""
    p = np.array(PERCENTILES) / 100
    names = [f"p{each}" for each in PERCENTILES]
    rows = tuple(
        {
            "factor": row.factor,
            "level": row.level,
            "baseline_level": row.baseline_level,
            "ratio": row.ratio,
            "ratio_error": row.ratio_error,
            "amount": row.amount,
            "amount_error": row.amount_error,
        }
        for row in comparison.rows
    )
    return Compared(
        person=comparison.person.describe(),
        other=comparison.other.describe(),
        mean=comparison.explanation.total,
        other_mean=comparison.explanation.baseline,
        difference=comparison.difference,
        ratio=comparison.ratio,
        median_ratio=comparison.median_ratio,
        percentiles=dict(zip(names, comparison.person.pay.ppf(p).tolist(), strict=True)),
        other_percentiles=dict(zip(names, comparison.other.pay.ppf(p).tolist(), strict=True)),
        rows=rows,
        transport=comparison.explanation.transport,
        unit=comparison.explanation.unit,
        notes=_notes(comparison),
    )


def _notes(comparison: Comparison) -> tuple[str, ...]:
    """Those of the explanation, and what is published for everyone in the other's place."""
    notes, other = comparison.explanation.notes, comparison.other.published
    said = () if other is None or str(other) in notes else (str(other),)
    return (*notes, *said)


def show_compared(content: Compared) -> Section:
    """Percentiles of both, then what separates them."""
    shown = partial(dollars, unit=content.unit)
    wages = Table(
        (Column("", "left"), Column("mean"), *(Column(name.upper()) for name in content.percentiles)),
        (
            ("person", *map(shown, (content.mean, *content.percentiles.values()))),
            ("other", *map(shown, (content.other_mean, *content.other_percentiles.values()))),
        ),
    )
    notes = (*content.notes, *((TRANSPORT_NOTE,) if content.rows else ()))
    return Section(
        "Two persons",
        (
            Paragraph(f"person: {content.person}"),
            Paragraph(f"other: {content.other}"),
            wages,
            *_difference(content),
            Paragraph(" ".join(notes).replace("±", "+-"), "quiet"),
        ),
    )


def _difference(content: Compared) -> tuple[Block, ...]:
    """How far apart the means are, and why."""
    if not content.rows:
        return (Paragraph("The two do not differ in anything."),)
    more = "more" if content.difference >= 0 else "less"
    amount = f"{dollars(abs(content.difference), content.unit)} {each_period(content.unit)}"
    apart = f"{amount} ({100 * abs(content.ratio - 1):.1f} %) {more}"
    return Paragraph(f"In the mean the person is paid {apart} than the other:"), _parts(content)


def _parts(content: Compared) -> Table:
    decimals = decimals_of(content.unit)
    rows = [
        (
            f"{row['factor']}: {row['level']} (other: {row['baseline_level']})",
            f"{row['ratio']:.3f}",
            signed(float(row["amount"] or 0.0), decimals),
            "unknown" if row["amount_error"] is None else f"{row['amount_error']:,.{decimals}f}",
        )
        for row in content.rows
    ]
    rows.append((TRANSPORT, "", signed(content.transport, decimals), ""))
    return Table((Column("", "left"), *map(Column, ("ratio", "adds", "+-"))), tuple(rows))


def show_rank(rank: Rank | Standing) -> Section:
    """A wage's rank in a sentence."""
    notes = (Paragraph(f"{sentence(note).rstrip('.')}.", "quiet") for note in rank.notes)
    return Section("Where a wage stands", (Paragraph(f"{rank}."), *notes))
