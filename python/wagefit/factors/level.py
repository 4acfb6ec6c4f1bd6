"""One level of a factor: its ratio, its share of the workforce, and where both come from."""

from __future__ import annotations

from dataclasses import dataclass, replace

MEAN = "mean"


@dataclass(frozen=True)
class Level:
    """One level of a factor, or one knot of a continuous factor.

    Attributes
    ----------
    name, label : str
        What a profile calls the level, and what people do; an empty label is the name.
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
    error_is_assumed : bool
        Whether `standard_error` is an assumption: see `SalaryModel.with_assumed_errors`.

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
    error_is_assumed: bool = False

    def __post_init__(self) -> None:
        if not self.label:
            object.__setattr__(self, "label", self.name)

    def with_assumed_error(self, relative_error: float) -> Level:
        """The level with an error of `relative_error` times the ratio where the source gives none."""
        if self.standard_error is not None:
            return self
        return replace(self, standard_error=relative_error * self.ratio, error_is_assumed=True)
