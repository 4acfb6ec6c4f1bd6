"""Section: the answer, before anything else: one picture, what everyone earns, and what one person does."""

from __future__ import annotations

from wagefit.report.blocks import Block, Paragraph, Picture, Section
from wagefit.report.person import Person, certainty
from wagefit.report.subject import Subject
from wagefit.shared.text import dollars, sentence
from wagefit.shared.units import each_period

# By probability the part of the people whose wages its percentile bounds, and the part above where its top code is
# printed; the middle comes first.
BELOW = {0.50: "half", 0.10: "one in ten", 0.25: "one in four"}
ABOVE = {0.75: "one in four", 0.90: "one in ten"}
AT_LEAST = {0.50: "half", 0.10: "nine in ten", 0.25: "three in four", 0.75: "one in four", 0.90: "one in ten"}
ABOUT = "About: not published, by the curve through the published figures."


def show_answer(subject: Subject, person: Person | None) -> Section:
    """The middle, the outer quarters and tenths; then a person, if there is a model of persons."""
    blocks: list[Block] = [Picture(subject.pay), Paragraph(_everyone(subject))]
    if person is not None:
        blocks.append(Paragraph(_one(person)))
    return Section(subject.headline(), tuple(blocks))


def _everyone(subject: Subject) -> str:
    """What the percentiles and the mean say; where one is not published it is the curve's, and said to be."""
    first, *others = [p for p in (*BELOW, *ABOVE) if not _is_said(subject, p)]
    people = subject.facts.get("employment")
    who = " of them" if people is None else f" of the {people:,.0f} people"
    clauses = [_clause(subject, first, who, "earns") + f" {each_period(subject.unit)}"]
    clauses += [", ".join(_clause(subject, p, "", "earns" if i == 0 else "") for i, p in enumerate(others))]
    text = f"{sentence('; '.join(filter(None, clauses)))}. The mean is {_mean(subject)}."
    return f"{text} {ABOUT}" if "about" in text else text


def _is_said(subject: Subject, p: float) -> bool:
    """Whether a lower percentile has the same top code, which says more."""
    bounds = subject.facts.get("at_least", {})
    return p in bounds and any(bounds.get(lower) == bounds[p] for lower in AT_LEAST if lower < p)


def _clause(subject: Subject, p: float, who: str, verb: str) -> str:
    """Such as "one in ten earns less than $26,550"; `who` stands behind the part of the people."""
    bound = subject.facts.get("at_least", {}).get(p)
    if bound is not None:
        return f"{AT_LEAST[p]} or more{who} earn at least {dollars(bound, subject.unit)}"
    published = subject.facts.get("quantiles", {}).get(p)
    part, side = (BELOW[p], "less") if p in BELOW else (ABOVE[p], "more")
    said = "earn" if part == "half" and verb else verb
    wage = _amount(subject, published, float(subject.pay.ppf(p)))
    return " ".join(filter(None, (f"{part}{who}", said, f"{side} than {wage}")))


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
