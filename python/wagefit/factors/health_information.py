"""The salary model of health information technicians, its factors that come with the package, and an interaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from wagefit import oews
from wagefit.distributions.distribution import Distribution
from wagefit.errors import FactError
from wagefit.factors.calibrated_model import CalibratedModel
from wagefit.factors.embedded_level import embedded_level, optional_year
from wagefit.factors.factor import Factor
from wagefit.factors.interactions import Interaction
from wagefit.factors.level import MEAN, Level
from wagefit.factors.model_notes import anchor_note, factor_notes
from wagefit.factors.state_places import STATE, state_factor
from wagefit.fitting.fit import fit
from wagefit.oews.embedded import health_codes
from wagefit.shared.embedded_tables import Row, read_table

FACTOR_YEAR = 2018
TECHNICIANS = ("29-2071", "29-2098", "29-2072")

AnyModel = TypeVar("AnyModel", bound="HealthInformationModel")


class HealthInformationModel(CalibratedModel):
    """Adds `health_information`."""

    __slots__ = ()

    @classmethod
    def health_information(cls: type[AnyModel], year: int | None = None, occupation: str | None = None) -> AnyModel:
        """The model of health information technicians, United States, from figures that come with the package.

        Parameters
        ----------
        year : int, optional
            Release of the anchor (29-2071 to 2018, 29-2098 in 2019 and 2020, 29-2072 from 2021). None: 2018, the year
            of the published factors; other years carry them over, as `notes` say, but for the places: each year has
            those of its own release, and none where that has no rows of states.
        occupation : str, optional
            Code of another anchor, such as ``"11-9111"``, medical and health services managers, with the newest release
            when `year` is None. The factors remain those of technicians, as `notes` say.

        Raises
        ------
        FactError
            If there is no release of that year, or `occupation` is none of health information work; it names those that
            there are.

        Examples
        --------
        >>> model = wf.SalaryModel.health_information(2025)
        >>> model.profile(state="NJ").published.cell.p50
        50240.0
        """
        if occupation is not None and occupation not in health_codes():
            known = ", ".join(sorted(health_codes()))
            raise FactError(
                f"occupation is {occupation!r}; expected a code of health information work, {known}; "
                "SalaryModel.for_occupation() makes the model of any occupation"
            )
        wanted = FACTOR_YEAR if year is None else year
        cell = oews.national(technicians(wanted), wanted) if occupation is None else oews.national(occupation, year)
        pay = fit(cell)
        factors, notes = factors_of(cell, pay)
        return cls(pay, factors, [*_anchor_notes(cell), *factor_notes(factors), *notes], cell=cell)


def factors_of(cell: oews.Cell, pay: Distribution) -> tuple[tuple[Factor, ...], tuple[str, ...]]:
    """The embedded factors, with the places of the cell's own release, and notes on these; `pay` is the cell's curve.

    The embedded places are a list of means of 2018 and serve no other year.
    """
    factors = embedded_factors()
    if cell.year == FACTOR_YEAR:
        return factors, ()
    places, notes = state_factor(cell, pay)
    at = next(i for i, factor in enumerate(factors) if factor.name == STATE)
    return (*factors[:at], *places, *factors[at + 1 :]), notes


def _anchor_notes(cell: oews.Cell) -> Iterator[str]:
    yield anchor_note(cell)
    if cell.year != FACTOR_YEAR:
        yield (
            f"The factors but for the places are those of {FACTOR_YEAR}, or of the year each names, carried over to "
            f"{cell.release}."
        )
    if cell.occupation not in TECHNICIANS:
        yield f"The factors are technicians', carried over to {cell.occupation_title}: an assumption."


def embedded_factors() -> tuple[Factor, ...]:
    """The factors of health information work that come with the package, each figure with its source."""
    shares = {(row["factor"], row["level"]): row for row in read_table("shares")}
    rows: dict[str, list[Row]] = {}
    for row in read_table("factors"):
        rows.setdefault(row["factor"], []).append(row)
    return tuple(_factor(name, levels, shares) for name, levels in rows.items())


def _factor(name: str, rows: Sequence[Row], shares: Mapping[tuple[str, str], Row]) -> Factor:
    """Ratios to one of the levels derive from one estimate: a degree's, that of holding any credential, a curve's."""
    levels = tuple(_level(row, shares[name, row["level"]]) for row in rows)
    unit = "years" if rows[0]["kind"] == "continuous" else ""
    return Factor(name, levels, rows[0]["baseline"], unit, errors=None if rows[0]["baseline"] == MEAN else "common")


def _level(row: Row, share: Row) -> Level:
    return replace(
        embedded_level(row, share),
        is_proxy=row["proxy"] == "true",
        share_source=share["source"],
        share_year=optional_year(share["year"]),
        share_is_assumed=share["assumption"] == "true",
    )


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
