"""The report as a whole: every section's content, and the report as text, HTML and plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

from wagefit._core import __version__
from wagefit.distributions.distribution import Distribution
from wagefit.errors import ConvergenceError, FactError
from wagefit.factors.factor_set import FactorSet
from wagefit.oews import PublishedRow
from wagefit.oews.embedded import health_codes
from wagefit.page.explorer import make_page
from wagefit.plots.figures import save_picture
from wagefit.report import answer, person, published, quoted, recovered, roles, why
from wagefit.report.blocks import Section
from wagefit.report.explained import model_of, worked_profile
from wagefit.report.html import show_sections
from wagefit.report.picture import draw_report
from wagefit.report.sources import Sources
from wagefit.report.subject import Subject, choose_cell, subject_of_cell, subject_of_row
from wagefit.report.terminal import make_console, print_sections
from wagefit.shared.arguments import as_choice
from wagefit.shared.types import Number

Detail = Literal["short", "usual", "full"]
Levels: TypeAlias = Mapping[str, "str | Number | None"]
"""Levels by factor; factors left out, or None, are averaged over the workforce."""


@dataclass(frozen=True)
class Report:
    """The content of the report; made by `make_report`.

    `why` and `person` are None where there is no salary model. `quoted`, the figures of a news article, and `roles`,
    those that experience leads to, belong to health information work and are None and empty elsewhere.

    Examples
    --------
    >>> from wagefit.report import make_report
    >>> report = make_report(2018)
    >>> report.pay
    <curve: mean $44,010, P10 $26,550, median $40,350, P90 $66,260, USD/year>
    >>> report.title
    'Pay in the United States: Medical Records and Health Information Technicians, May 2018'
    """

    subject: Subject
    published: published.Published
    recovered: recovered.Recovered
    quoted: quoted.Quoted | None
    why: why.Why | None
    person: person.Person | None
    roles: tuple[roles.Role, ...]

    @property
    def pay(self) -> Distribution:
        """The distribution that the report is about."""
        return self.subject.pay

    @property
    def title(self) -> str:
        """One line that says what the report is about."""
        return self.subject.headline()

    def sections(self, detail: Detail = "usual") -> list[Section]:
        """The answer first, then why, then the sources.

        Parameters
        ----------
        detail : {"short", "usual", "full"}
            The answer alone; with what is behind it; with every level of every factor and how much the assumptions
            matter.

        Raises
        ------
        FactError
            `detail` is none of these.
        """
        as_choice("detail", detail, get_args(Detail))
        first = answer.show_answer(self.subject, self.person)
        if detail == "short":
            return [first]
        sources = Sources()
        return [
            first,
            *self._reasons(detail, sources),
            recovered.show_estimates(self.recovered),
            *([] if self.quoted is None else [quoted.show_quoted(self.quoted)]),
            *([roles.show_roles(self.roles)] if self.roles else []),
            published.show_published(self.published),
            *([] if self.why is None else [sources.section(self.why.readings())]),
        ]

    def _reasons(self, detail: Detail, sources: Sources) -> list[Section]:
        """The person, and what pay goes with."""
        if self.why is None or self.person is None:
            return [why.show_absence(self.subject.title or "the row")]
        levels = (
            why.show_all_levels(self.why, sources)
            if detail == "full"
            else why.show_why(self.why, self.person.levels, sources)
        )
        return [person.show_person(self.person), levels]

    def to_dict(self) -> dict[str, Any]:
        """Every figure of the report as plain data; the keys are stable, figures unrounded, wages in the row's unit."""
        return {
            "wagefit": __version__,
            "published": asdict(self.published),
            "recovered": asdict(self.recovered),
            "quoted": None if self.quoted is None else asdict(self.quoted),
            "why": None if self.why is None else self.why.to_dict(),
            "person": None if self.person is None else asdict(self.person),
            "roles": [asdict(role) for role in self.roles],
        }

    def to_html(self, detail: Detail = "usual") -> str:
        """The report as one page that needs nothing beside it, and that answers for other people and wages."""
        return make_page(
            self.title,
            self.pay,
            show_sections(self.sections(detail), self.title),
            self.published.source,
            model=None if self.why is None else self.why.model,
            person=None if self.person is None else self.person.levels,
        )

    def save_picture(self, path: Path) -> None:
        """Writes the picture of the report; the ending names the format. FactError for an unknown one."""
        save_picture(draw_report(self.pay, self.published, self.quoted, self.person), path)

    def print(self, width: int | None = None, detail: Detail = "usual") -> None:
        """Prints the report, at most 80 columns wide unless `width` says otherwise."""
        print_sections(self.sections(detail), make_console(width))


def make_report(
    year: int | None = None,
    occupation: str | None = None,
    *,
    state: str | None = None,
    row: PublishedRow | None = None,
    person: Levels | None = None,
    factors: FactorSet | None = None,
) -> Report:
    """The report on an occupation in a release.

    Parameters
    ----------
    year : int, optional
        Year of the release; 2018 when nothing is given, the newest that has the row when only `occupation` or `state`
        is.
    occupation : str, optional
        Code or title, such as ``"29-2072"`` or ``"registered nurses"``; health information technicians under the year's
        code when None.
    state : str, optional
        Two letters or name; the nation when None.
    row : mapping, pandas.Series, named tuple or wagefit.oews.Cell, optional
        A published row of any table instead, such as one of `wagefit.tables.read`; amounts are in the unit that it
        states.
    person : mapping {factor: level}, optional
        Whose pay is explained, such as ``{"experience": 3, "state": "TX"}``; someone with common levels when None.
    factors : FactorSet, optional
        Factors of one's own, as `wagefit.factors.read` gives them: in place of the package's of the same name.

    Returns
    -------
    Report

    Raises
    ------
    FactError
        If there is no such row, naming what there is; or `row` has no wages.

    Examples
    --------
    >>> from wagefit.report import make_report
    >>> report = make_report(2018)
    >>> round(report.pay.mean())
    44010
    >>> nurses = {"title": "Nurses", "unit": "GBP/year", "p25": 27_719, "p50": 33_603, "p75": 39_177}
    >>> make_report(row=nurses).pay
    <curve: mean £33,781, P10 £23,306, median £33,603, P90 £45,023, GBP/year>
    """
    subject = subject_of_cell(choose_cell(year, occupation, state)) if row is None else subject_of_row(row)
    return report_on(subject, person, factors)


def report_on(subject: Subject, person: Levels | None = None, factors: FactorSet | None = None) -> Report:
    """The report on a published row, and on `person`, or someone with common levels; see `make_report`.

    Examples
    --------
    >>> from wagefit.report import report_on
    >>> from wagefit.report.subject import choose_cell, subject_of_cell
    >>> report_on(subject_of_cell(choose_cell(2018, "registered nurses"))).title
    'Pay in the United States: Registered Nurses, May 2018'
    """
    code = "" if subject.cell is None else subject.cell.occupation
    reasons, worked = _explain(subject, person, factors)
    is_quoted = code in published.MODELED
    return Report(
        subject=subject,
        published=published.read_published(subject),
        recovered=recovered.measure(subject.pay, thresholds=(quoted.P90,) if is_quoted else ()),
        quoted=quoted.read_quoted() if is_quoted else None,
        why=reasons,
        person=worked,
        roles=roles.read_roles() if code in health_codes() else (),
    )


def _explain(
    subject: Subject, levels: Levels | None, factors: FactorSet | None
) -> tuple[why.Why | None, person.Person | None]:
    """The factors and the worked profile; neither where there is no model and nobody asked for one."""
    try:
        model = model_of(subject, factors)
    except (FactError, ConvergenceError):
        if levels is not None or factors is not None:
            raise
        return None, None
    profile = worked_profile(model, subject, levels)
    return why.Why(model, profile), person.read_person(model, profile)
