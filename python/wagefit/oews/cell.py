"""One published row: an occupation in an area and an industry, in one release."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wagefit.oews.row_facts import facts_in, unit_of

ALL_INDUSTRIES = "000000"
DETAILED = "detailed"


@dataclass(frozen=True)
class Cell:
    """One row of the embedded tables: an occupation in an area and an industry, in one release. None: not published.

    Examples
    --------
    >>> cell = wf.oews.cell("29-2071", year=2018)
    >>> cell.occupation_title, cell.employment, cell.mean, cell.p90
    ('Medical Records and Health Information Technicians', 208650.0, 44010.0, 66260.0)
    """

    year: int
    release: str
    area: str
    area_title: str
    area_type: str
    industry: str
    industry_title: str
    ownership: str
    occupation: str
    occupation_title: str
    employment: float | None
    employment_rse: float | None
    mean: float | None
    mean_rse: float | None
    p10: float | None
    p25: float | None
    p50: float | None
    p75: float | None
    p90: float | None
    hourly_mean: float | None
    hourly_p10: float | None
    hourly_p25: float | None
    hourly_p50: float | None
    hourly_p75: float | None
    hourly_p90: float | None
    location_quotient: float | None
    top_code: float | None
    top_coded: str
    kind: str
    source: str
    occupation_group: str = DETAILED
    hourly_top_coded: str = ""
    annual_only: bool = False
    hourly_only: bool = False
    note: str = ""

    @property
    def is_national(self) -> bool:
        """Whether the row is the nation's, all industries together."""
        return self.area_type == "national" and self.industry == ALL_INDUSTRIES

    @property
    def unit(self) -> str:
        """Unit of the facts: "USD/year", or "USD/hour" of an occupation that is published by the hour only."""
        return unit_of(vars(self))

    @property
    def quantiles(self) -> dict[float, float]:
        """The percentiles that are published: {p: wage in `unit`}."""
        published: dict[float, float] = self.facts().get("quantiles", {})
        return published

    @property
    def at_least(self) -> dict[float | str, float]:
        """The figures printed as `#`: {p or "mean": top code of the release, in `unit`}."""
        bounds: dict[float | str, float] = self.facts().get("at_least", {})
        return bounds

    def facts(self) -> dict[str, Any]:
        """What `wagefit.fit` takes: only the facts that are published, in `unit` and percent.

        Returns
        -------
        dict
            With some of the keys ``mean``, ``quantiles``, ``at_least``, ``mean_rse`` and ``employment``, and ``unit``
            where it is not dollars a year.
        """
        return facts_in(vars(self))
