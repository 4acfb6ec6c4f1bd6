"""What a release prints for everyone in a profile's place, beside what the model says of them."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

from wagefit import oews
from wagefit.distributions.distribution import Distribution
from wagefit.factors.state_places import PLACES, fit_place
from wagefit.shared.text import aligned, dollars, percent

CONFLICT = 0.01  # a relative difference that a reader would call one


@dataclass(frozen=True)
class PublishedFigure:
    """One published figure of a place and the model's own.

    Attributes
    ----------
    name : str
        ``"mean"``, or a percentile such as ``"P50"``.
    published, modeled : float
        In the model's unit.
    """

    name: str
    published: float
    modeled: float

    @property
    def difference(self) -> float:
        """The model's figure over the published one, minus one."""
        return self.modeled / self.published - 1.0


@dataclass(frozen=True, repr=False)
class PublishedPay:
    """What is published for everyone in a place, beside the model's pay of everyone there.

    Attributes
    ----------
    cell : wagefit.oews.Cell
        The published row of the place.
    pay : Distribution or None
        The curve through it, with the nation's shape as its parent; None where the row has a mean alone.
    modeled : Distribution
        The model's pay of everyone in the place: of a profile with no other known level.

    Examples
    --------
    >>> nurses = wf.SalaryModel.for_occupation("registered nurses", 2025)
    >>> published = nurses.profile(state="NJ").published
    >>> published.cell.p50, round(published.modeled.mean() - published.pay.mean(), 4)
    (106500.0, 0.0)
    """

    cell: oews.Cell
    pay: Distribution | None
    modeled: Distribution

    @property
    def figures(self) -> tuple[PublishedFigure, ...]:
        """The published mean and percentiles, each with the model's."""
        quantiles = self.cell.quantiles
        figures = [
            PublishedFigure(f"P{100 * p:g}", wage, float(self.modeled.ppf(p))) for p, wage in sorted(quantiles.items())
        ]
        mean = self.cell.facts().get("mean")
        return tuple([] if mean is None else [PublishedFigure("mean", mean, self.modeled.mean())]) + tuple(figures)

    @property
    def conflicts(self) -> tuple[PublishedFigure, ...]:
        """The figures in which the model is at least one percent off."""
        return tuple(figure for figure in self.figures if abs(figure.difference) >= CONFLICT)

    def lines(self) -> list[tuple[str, str, str, str]]:
        """What a reader sees of each figure: name, published, the model's, difference in percent."""
        unit = self.modeled.unit
        return [
            (each.name, dollars(each.published, unit), dollars(each.modeled, unit), percent(each.difference))
            for each in self.figures
        ]

    def __str__(self) -> str:
        """What is printed, and where the model says something else, in sentences."""
        unit = self.modeled.unit
        printed = ", ".join(f"{each.name} {dollars(each.published, unit)}" for each in self.figures)
        found = f"Published for everyone in {self._where}: {printed}."
        if not self.conflicts:
            return f"{found} The model agrees within 1 %."
        different = ", ".join(
            f"{each.name} {dollars(each.modeled, unit)} ({percent(each.difference)})" for each in self.conflicts
        )
        return f"{found} The model says of them: {different}. For everyone there, go by the published figures."

    @property
    def _where(self) -> str:
        listed = "" if self.cell.kind == "published" else f" ({self.cell.source})"
        return f"{self.cell.area_title}, {self.cell.release}{listed}"

    def __repr__(self) -> str:
        header = ("", "published", "model", "")
        return "\n".join([f"everyone in {self._where}", *aligned([header, *self.lines()])])

    def __rich__(self) -> Any:
        from rich.markup import escape as escape_markup
        from rich.table import Table
        from rich.text import Text

        table = Table(title=escape_markup(f"everyone in {self._where}, {self.modeled.unit}"))
        table.add_column("")
        for header in ("published", "model", "difference"):
            table.add_column(header, justify="right")
        for line in self.lines():
            table.add_row(*map(Text, line))
        return table

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{name}</th>" for name in ("", "published", "model", "difference"))
        body = "".join("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in line) + "</tr>" for line in self.lines())
        caption = escape(f"everyone in {self._where}, {self.modeled.unit}")
        return f"<table><caption>{caption}</caption><tr>{head}</tr>{body}</table>"


def published_pay(nation: oews.Cell, anchor: Distribution, area: str, modeled: Distribution) -> PublishedPay | None:
    """What the nation's own release, or a list of its year, prints for an area; None where there is nothing."""
    rows = oews.cells(occupation=nation.occupation, year=nation.year, area=area)
    for row in rows:
        if row.area_type in PLACES and row.industry == nation.industry and (row.quantiles or row.mean is not None):
            return PublishedPay(row, fit_place(row, anchor), modeled)
    return None
