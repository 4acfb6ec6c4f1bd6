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
        What a profile calls the level, and what people do.
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

    Examples
    --------
    >>> certified = wf.Level("RHIT", "certified", ratio=1.08, standard_error=0.02, share=0.3, source="a survey")
    >>> uncertified = wf.Level("none", "without a credential", ratio=1.0, standard_error=None, share=0.7)
    >>> factor = wf.Factor("credential", (certified, uncertified))
    >>> round(factor.level("RHIT").ratio, 2)
    1.08
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
