"""The report as a whole: every section's content, and the report as text, HTML and plain data."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from wagefit._core import __version__
from wagefit.distributions.distribution import Distribution
from wagefit.factors.salary_model import SalaryModel
from wagefit.fitting.fit import fit
from wagefit.oews import Cell
from wagefit.oews.embedded import health_codes
from wagefit.plots.figures import save_picture
from wagefit.report import person, published, quoted, recovered, roles, why
from wagefit.report.blocks import Section
from wagefit.report.html import make_page
from wagefit.report.picture import draw_report
from wagefit.report.terminal import make_console, print_sections


@dataclass(frozen=True)
class Report:
    """The content of the report, and `pay`, the distribution it is about; made by `make_report`.

    `why` and `person` are None where the factors do not apply: they are measured on health information technicians.
    `roles`, those that experience leads to, are empty outside health information work.

    Examples
    --------
    >>> from wagefit.report import make_report
    >>> report = make_report(2018)
    >>> report.pay
    <curve: mean $44,010, P10 $26,550, median $40,350, P90 $66,260, USD/year>
    """

    pay: Distribution
    published: published.Published
    recovered: recovered.Recovered
    quoted: quoted.Quoted
    why: why.Why | None
    person: person.Person | None
    roles: tuple[roles.Role, ...]

    @property
    def title(self) -> str:
        """One line that says what the report is about."""
        return f"Pay in the United States: {self.published.title}, {self.published.release}"

    def sections(self) -> list[Section]:
        """The report, section by section."""
        return [
            published.show_published(self.published),
            recovered.show_recovered(self.recovered, self.pay),
            *self._technician_sections(),
            *([roles.show_roles(self.roles)] if self.roles else []),
        ]

    def _technician_sections(self) -> list[Section]:
        if self.why is None or self.person is None:
            return [why.show_absence(self.published.occupation)]
        return [
            quoted.show_quoted(self.quoted),
            why.show_why(self.why, self.person.levels),
            person.show_person(self.person),
        ]

    def to_dict(self) -> dict[str, Any]:
        """Every figure of the report as plain data; the keys are stable, figures unrounded, wages in dollars a year."""
        content = {name: value for name, value in vars(self).items() if name != "pay"}
        return {"wagefit": __version__} | {name: _plain(value) for name, value in content.items()}

    def to_html(self) -> str:
        """The report as one page that needs nothing beside it."""
        return make_page(self.title, self.sections())

    def save_picture(self, path: Path) -> None:
        """Writes the picture of the report; the ending names the format. FactError for an unknown one."""
        save_picture(draw_report(self.pay, self.published, self.quoted, self.person), path)

    def print(self, width: int | None = None) -> None:
        """Prints the report, at most 80 columns wide unless `width` says otherwise."""
        print_sections(self.sections(), make_console(width))


def make_report(year: int | None = None, occupation: str | None = None) -> Report:
    """The report on an occupation in a release.

    Parameters
    ----------
    year : int, optional
        Year of the release; 2018 when neither is given, the occupation's newest when only `occupation` is.
    occupation : str, optional
        Code, such as ``"29-2072"``; health information technicians under the year's code when None.

    Returns
    -------
    Report

    Raises
    ------
    FactError
        If there is no such row, naming what there is.

    Examples
    --------
    >>> from wagefit.report import make_report
    >>> report = make_report(2018)
    >>> round(report.pay.mean())
    44010
    """
    cell = published.choose_cell(year, occupation)
    pay = fit(**cell.facts())
    reasons, worked = _explain(cell)
    return Report(
        pay=pay,
        published=published.read_published(cell),
        recovered=recovered.measure(pay, thresholds=(quoted.P90,)),
        quoted=quoted.read_quoted(),
        why=reasons,
        person=worked,
        roles=roles.read_roles() if cell.occupation in health_codes() else (),
    )


def _explain(cell: Cell) -> tuple[why.Why | None, person.Person | None]:
    """The factors and the worked profile, where the factors apply."""
    if cell.occupation not in published.MODELED:
        return None, None
    model = SalaryModel.health_information(cell.year)
    known = {factor.name for factor in model.factors}
    profile = model.profile(**{name: level for name, level in person.WORKED.items() if name in known})
    return why.read_why(model, profile), person.read_person(model, profile)


def _plain(content: Any) -> Any:
    if isinstance(content, tuple):
        return [asdict(part) for part in content]
    return None if content is None else asdict(content)
