"""One level of a factor: its ratio, its share of the workforce, and where both come from."""

from __future__ import annotations

from dataclasses import dataclass

MEAN = "mean"


@dataclass(frozen=True)
class Level:
    """One level of a factor, or one knot of a continuous factor.

    Attributes
    ----------
    name, label : str
        What a profile calls it; the same for people.
    ratio : float
        Mean pay relative to the factor's baseline.
    standard_error : float or None
        Of `ratio`; None where the source gives none.
    share : float
        Part of the workforce, in [0, 1].
    at : float or None
        Amount of a knot, in the factor's unit.
    source, year, population : str, int or None, str
        Where the ratio comes from, of which year it is, who was measured.
    is_proxy : bool
        Measured on other people, or on another level, than the name says.
    note : str
    share_source, share_year : str, int or None
        Where the share comes from.
    share_is_assumed : bool
        Without a source: see `SalaryModel.sensitivity`.
    """

    name: str
    label: str
    ratio: float
    standard_error: float | None
    share: float
    at: float | None = None
    source: str = ""
    year: int | None = None
    population: str = ""
    is_proxy: bool = False
    note: str = ""
    share_source: str = ""
    share_year: int | None = None
    share_is_assumed: bool = False
