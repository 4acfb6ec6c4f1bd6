"""The factors of health information work that come with the package, and an interaction of two of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wagefit import oews
from wagefit.errors import FactError
from wagefit.factors.factor import Factor
from wagefit.factors.interactions import Interaction
from wagefit.factors.level import Level
from wagefit.shared.embedded_tables import Row, optional_number, read_table

FACTOR_YEAR = 2018
TECHNICIANS = ("29-2071", "29-2098", "29-2072")


def embedded_factors() -> tuple[Factor, ...]:
    """The factors of health information work that come with the package, each figure with its source."""
    shares = {(row["factor"], row["level"]): row for row in read_table("shares")}
    rows: dict[str, list[Row]] = {}
    for row in read_table("factors"):
        rows.setdefault(row["factor"], []).append(row)
    return tuple(_factor(name, levels, shares) for name, levels in rows.items())


def _factor(name: str, rows: Sequence[Row], shares: Mapping[tuple[str, str], Row]) -> Factor:
    levels = tuple(_level(row, shares[name, row["level"]]) for row in rows)
    return Factor(name, levels, rows[0]["baseline"], "years" if rows[0]["kind"] == "continuous" else "")


def _level(row: Row, share: Row) -> Level:
    return Level(
        name=row["level"],
        label=row["label"],
        ratio=float(row["ratio"]),
        standard_error=optional_number(row["standard_error"]),
        share=float(share["share"]),
        at=optional_number(row["x"]),
        source=row["source"],
        year=_optional_year(row["year"]),
        population=row["population"],
        is_proxy=row["proxy"] == "true",
        note=row["note"],
        share_source=share["source"],
        share_year=_optional_year(share["year"]),
        share_is_assumed=share["assumption"] == "true",
    )


def _optional_year(text: str) -> int | None:
    return int(text) if text else None


def certification_by_experience(factors: Mapping[str, Factor] | None = None) -> Interaction:
    """Certification is worth less to the experienced: AAPC 2010, x1.145 in the first year, x1.123 after 25.

    Parameters
    ----------
    factors : mapping {name: Factor}, optional
        Holding ``"credential"`` and ``"experience"``; the embedded ones when None.

    Returns
    -------
    Interaction
        Of every credential with experience; a proxy for all but the CPC. No standard error is published.

    Examples
    --------
    >>> interaction = wf.factors.certification_by_experience()
    >>> interaction.first, interaction.second
    ('credential', 'experience')
    """
    if factors is None:
        factors = {factor.name: factor for factor in embedded_factors()}
    credential, experience = factors["credential"], factors["experience"]
    by_years = {
        25.0 if "25 years" in row["population"] else 0.0: float(row["ratio"])
        for row in read_table("readings")
        if row["factor"] == "credential" and row["year"] == "2010" and row["use"] == "pooled"
    }
    held = [level.name for level in credential.levels if level.name != credential.baseline]
    return Interaction.along(
        credential,
        experience,
        dict.fromkeys(held, by_years),
        source="AAPC 2010 salary survey, reported in Becker's ASC Review",
        year=2010,
        population="Medical coders, United States",
        is_proxy=True,
        note="Premium of certified coders at their first year and at more than 25; log-linear in between",
    )


def technicians(year: int) -> str:
    """The occupation code under which health information technicians are published in a year."""
    by_year = {each: code for code in TECHNICIANS for each in oews.years(code)}
    if year not in by_year:
        raise FactError(f"year is {year!r}; expected one of {', '.join(map(str, sorted(by_year)))}")
    return by_year[year]
