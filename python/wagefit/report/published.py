"""Section: what an agency published on an occupation in a release."""

from __future__ import annotations

from dataclasses import dataclass

from wagefit.report.blocks import Block, Column, Paragraph, Section, Table, figures
from wagefit.report.subject import TECHNICIANS, Subject
from wagefit.shared.text import dollars, sentence
from wagefit.shared.units import in_words

MODELED = TECHNICIANS[1:]  # the factors of health information work are measured under these codes
USUAL = ("p10", "p25", "p50", "p75", "p90")
SUCCESSION = (
    "The code of these technicians is 32911 to 1998, 29-2071 to May 2018, the wider 29-2098 in 2019 and 2020, 29-2072 "
    "(medical records specialists, most of them) from May 2021."
)


@dataclass(frozen=True)
class Published:
    """Figures as printed: wages in `unit`, people, relative standard errors in percent; None where none is printed.

    `percentiles` has all of them by name, also those that are not among p10 to p90; `at_least` what is printed as at or
    above a top code.
    """

    year: int | None
    release: str
    occupation: str
    title: str
    place: str
    unit: str
    employment: float | None
    employment_rse: float | None
    mean: float | None
    mean_rse: float | None
    p10: float | None
    p25: float | None
    p50: float | None
    p75: float | None
    p90: float | None
    percentiles: dict[str, float]
    at_least: dict[str, float]
    source: str
    note: str


def read_published(subject: Subject) -> Published:
    """The figures of a row."""
    facts = subject.facts
    percentiles = {figure_name(p): wage for p, wage in sorted(facts.get("quantiles", {}).items())}
    return Published(
        year=subject.year,
        release=subject.release,
        occupation=subject.occupation,
        title=subject.title,
        place=subject.place,
        unit=subject.unit,
        employment=facts.get("employment"),
        employment_rse=subject.employment_rse,
        mean=facts.get("mean"),
        mean_rse=facts.get("mean_rse"),
        **{name: percentiles.get(name) for name in USUAL},
        percentiles=percentiles,
        at_least={figure_name(p): wage for p, wage in facts.get("at_least", {}).items()},
        source=subject.source,
        note=subject.note,
    )


def figure_name(p: float | str) -> str:
    """The name of a figure, such as ``"p90"`` of the 0.9 quantile."""
    return p if isinstance(p, str) else f"p{100 * p:g}"


def show_published(content: Published) -> Section:
    """The figures in one table, with their precision and source."""
    name = ", ".join(filter(None, (" ".join(filter(None, (content.occupation, content.title))), content.place)))
    title = "What BLS published" if content.source.startswith("BLS") else "What was published"
    blocks = (_figures(content), Paragraph(_notes(content), "quiet"))
    return Section(
        ", ".join(filter(None, (title, content.release))), (*((Paragraph(name, "strong"),) if name else ()), *blocks)
    )


def _figures(content: Published) -> Block:
    """One row of figures, or one line a figure where there are more percentiles than a line has room for."""
    known = [name for name in _names(content) if _is_published(content, name)]
    cells = [(name if name == "mean" else name.upper(), _figure(content, name)) for name in known]
    people = [] if content.employment is None else [("people", f"{content.employment:,.0f}")]
    if len(known) <= len(USUAL) + 1:
        return figures(*people, *cells)
    return Table((Column("", "left"), Column(in_words(content.unit))), (*people, *cells))


def _names(content: Published) -> list[str]:
    """The mean and the percentiles that are usual or published, ascending."""
    percentiles = {*USUAL, *content.percentiles, *(name for name in content.at_least if name != "mean")}
    return ["mean", *sorted(percentiles, key=lambda name: float(name[1:]))]


def _is_published(content: Published, name: str) -> bool:
    return name in content.percentiles or name in content.at_least or (name == "mean" and content.mean is not None)


def _figure(content: Published, name: str) -> str:
    wage = content.mean if name == "mean" else content.percentiles.get(name)
    if wage is not None:
        return dollars(wage, content.unit)
    return f"{dollars(content.at_least[name], content.unit)}+"


def _notes(content: Published) -> str:
    absent = [name if name == "mean" else name.upper() for name in _names(content) if not _is_published(content, name)]
    return " ".join(
        filter(
            None,
            (
                f"{sentence(in_words(content.unit))}; P10: one in ten earns less.",
                f"Not published: {', '.join(absent)}." if absent else "",
                "+: that wage or more, the top code, above which no wages are printed." if content.at_least else "",
                f"Source: {content.source}." if content.source else "",
                _precision(content),
                f"{sentence(content.note)}." if content.note else "",
                SUCCESSION if content.occupation in TECHNICIANS and content.source.startswith("BLS") else "",
            ),
        )
    )


def _precision(content: Published) -> str:
    if content.mean_rse is None:
        return "No standard errors came with these figures."
    of_mean = "" if content.mean is None else f" ({dollars(content.mean * content.mean_rse / 100, content.unit)})"
    people = "" if content.employment_rse is None else f", of employment {content.employment_rse:g} %"
    return f"Relative standard error of the mean {content.mean_rse:g} %{of_mean}{people}."
