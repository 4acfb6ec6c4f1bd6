"""Section: the answer, before anything else: one picture, what everyone earns, and what one person does."""

from __future__ import annotations

from wagefit.report.blocks import Block, Paragraph, Picture, Section
from wagefit.report.person import Person, certainty
from wagefit.report.subject import Subject
from wagefit.shared.text import dollars, sentence
from wagefit.shared.units import each_period

# By probability what its percentile says of the people, and what it says where only its top code is printed.
CLAUSES = {
    0.50: ("half of {people} earn less than {wage} {period}", "half of {people} or more earn at least {wage} {period}"),
    0.10: ("one in ten earns less than {wage}", "nine in ten or more earn at least {wage}"),
    0.25: ("one in four less than {wage}", "three in four or more earn at least {wage}"),
    0.75: ("one in four more than {wage}", "one in four or more earn at least {wage}"),
    0.90: ("one in ten more than {wage}", "one in ten or more earn at least {wage}"),
}
ABOUT = "About: not published, by the curve through the published figures."


def show_answer(subject: Subject, person: Person | None) -> Section:
    """The middle, the outer quarters and tenths; then a person, if there is a model of persons."""
    blocks: list[Block] = [Picture(subject.pay), Paragraph(_everyone(subject))]
    if person is not None:
        blocks.append(Paragraph(_one(person)))
    return Section(subject.headline(), tuple(blocks))


def _everyone(subject: Subject) -> str:
    """What the percentiles and the mean say; where one is not published it is the curve's, and said to be."""
    clauses = [_clause(subject, p) for p in CLAUSES if not _is_said(subject, p)]
    first, *others = clauses
    text = f"{sentence(first)}" + (f"; {', '.join(others)}" if others else "") + f". The mean is {_mean(subject)}."
    return f"{text} {ABOUT}" if "about" in text else text


def _is_said(subject: Subject, p: float) -> bool:
    """Whether a lower percentile has the same top code, which says more."""
    bounds = subject.facts.get("at_least", {})
    return p in bounds and any(bounds.get(lower) == bounds[p] for lower in CLAUSES if lower < p)


def _clause(subject: Subject, p: float) -> str:
    people = subject.facts.get("employment")
    words = {
        "people": "them" if people is None else f"the {people:,.0f} people",
        "period": each_period(subject.unit),
    }
    bound = subject.facts.get("at_least", {}).get(p)
    if bound is not None:
        return CLAUSES[p][1].format(wage=dollars(bound, subject.unit), **words)
    published = subject.facts.get("quantiles", {}).get(p)
    return CLAUSES[p][0].format(wage=_amount(subject, published, float(subject.pay.ppf(p))), **words)


def _mean(subject: Subject) -> str:
    bound = subject.facts.get("at_least", {}).get("mean")
    if bound is not None:
        return f"{dollars(bound, subject.unit)} or more"
    return _amount(subject, subject.facts.get("mean"), subject.pay.mean())


def _amount(subject: Subject, published: float | None, estimate: float) -> str:
    if published is not None:
        return dollars(published, subject.unit)
    return f"about {dollars(estimate, subject.unit)}"


def _one(person: Person) -> str:
    """A person's pay by the salary model, and how far it may be off."""
    low, middle, high = (dollars(person.percentiles[name], person.unit) for name in ("p10", "p50", "p90"))
    text = (
        f"One person, by the salary model ({person.explanation.person}): half of such people earn less than {middle}, "
        f"eight in ten between {low} and {high}; their mean is {dollars(person.mean, person.unit)}."
    )
    return " ".join((text, *certainty(person)))
