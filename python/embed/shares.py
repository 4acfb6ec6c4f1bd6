"""The workforce shares of the factor levels: published where they are, otherwise marked as assumptions."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

from surveys import CERTIFIED_SHARE, FOUR_YEAR_DEGREE_SHARE, NO_COLLEGE_SHARE, OWN_2009, SURVEY_2008, SURVEY_2021
from tables import Row, number

NEWEST = 2025
SPECIALISTS = "29-2072"
EXPERIENCE = {
    "0": 0.05,
    "1": 0.06,
    "2": 0.07,
    "3": 0.10,
    "5": 0.14,
    "8": 0.13,
    "10": 0.15,
    "15": 0.13,
    "20": 0.09,
    "25": 0.08,
}
MASTER_SHARE = 0.03  # of the 18 percent with a four-year degree
CREDENTIALS = {"CCA": 0.08, "CCS": 0.17, "CPC": 0.38, "RHIT": 0.27, "RHIA": 0.10}  # among the certified
AREAS = "BLS OEWS May 2025, employment of 29-2072"
ASSUMED = {"source": "Assumption", "assumption": True, "proxy": False}
MEASURED_ELSEWHERE = {"assumption": False, "proxy": True}


def share_rows(cells: list[Row], data: Path, factors: list[Row]) -> Iterator[Row]:
    """One share for each row of the factor table, in its order; within a factor they sum to one."""
    makers: dict[str, Callable[[], dict[str, Row]]] = {
        "experience": experience,
        "education": education,
        "credential": credential,
        "state": lambda: state(cells, data),
        "setting": lambda: setting(cells, factors),
        "location": lambda: location(cells),
    }
    shares = {factor: make() for factor, make in makers.items()}
    for row in factors:
        yield {"factor": row["factor"], "level": row["level"]} | shares[row["factor"]][row["level"]]


def experience() -> dict[str, Row]:
    """No source for the years of experience of the workforce."""
    return {level: {"share": share, **ASSUMED} for level, share in EXPERIENCE.items()}


def education() -> dict[str, Row]:
    """No college and four-year degree from surveys of coders; the middle and the top are split by assumption."""
    middle = (1 - NO_COLLEGE_SHARE - FOUR_YEAR_DEGREE_SHARE) / 2
    split = "The 55.5 percent between high school and a four-year degree, split in half"
    degree = f"18 percent held a four-year degree ({SURVEY_2008}); the split from master's is assumed"
    return {
        "high school": {"share": NO_COLLEGE_SHARE, "source": OWN_2009, "year": 2009, **MEASURED_ELSEWHERE},
        "certificate": {"share": middle, **ASSUMED, "note": split},
        "associate": {"share": middle, **ASSUMED, "note": split},
        "bachelor": {"share": FOUR_YEAR_DEGREE_SHARE - MASTER_SHARE, **ASSUMED, "note": degree},
        "master": {"share": MASTER_SHARE, **ASSUMED, "note": degree},
    }


def credential() -> dict[str, Row]:
    """The certified among AAPC's respondents follow from its three averages; which credential they hold is assumed."""
    note = "Implied by three averages: (54,797 - 47,200) / (60,097 - 47,200) of the members are certified"
    rows: dict[str, Row] = {
        "none": {"share": 1 - CERTIFIED_SHARE, "source": SURVEY_2021, "year": 2021, **MEASURED_ELSEWHERE, "note": note}
    }
    for level, part in CREDENTIALS.items():
        rows[level] = {"share": CERTIFIED_SHARE * part, **ASSUMED, "note": "Split of the certified among credentials"}
    return rows


def setting(cells: list[Row], factors: list[Row]) -> dict[str, Row]:
    """Published employment of May 2018, the residual for all other employers."""
    year, occupation = 2018, "29-2071"
    groups = [c for c in cells if (c["year"], c["occupation"], c["area_type"]) == (year, occupation, "national")]
    people = {f"{occupation}, {c['industry_title']}, {c['ownership']}": c["employment"] for c in groups}
    source = {"source": "BLS OEWS May 2018, employment of 29-2071", "year": year, "assumption": False, "proxy": False}
    levels = {row["level"]: people[row["population"]] for row in factors if row["factor"] == "setting"}
    return {level: {"share": part, **source} for level, part in normalized(levels).items()}


def state(cells: list[Row], data: Path) -> dict[str, Row]:
    """Employment of 29-2072 in the fifty states, Vermont's (not published) at a location quotient of one."""
    note = "Proxy: 2018 had other codes; the District of Columbia is not in the list of 2018 means"
    listed = {c["area"] for c in cells if c["kind"] == "secondary"}
    people = {c["area"]: c["employment"] for c in specialists(cells) if c["area"] in listed}
    vermont = jobs_share("VT", data) * sum(filter(None, people.values()))
    rows = {}
    for area, part in normalized({area: count or vermont for area, count in people.items()}).items():
        rows[area] = {"share": part, "source": AREAS, "year": NEWEST, **MEASURED_ELSEWHERE, "note": note}
    rows["VT"] |= ASSUMED | {"note": "Employment not published: a location quotient of one is assumed"}
    return rows


def location(cells: list[Row]) -> dict[str, Row]:
    """Metropolitan against nonmetropolitan employment of 29-2072."""
    note = "Proxy: metropolitan areas for urban, nonmetropolitan ones for rural; Puerto Rico and Guam left out"
    people = {"urban": 0.0, "rural": 0.0}
    for cell in located(cells):
        people[cell["location"]] += cell["employment"]
    shares = normalized(people)
    source = {"source": AREAS, "year": NEWEST, **MEASURED_ELSEWHERE, "note": note}
    return {level: {"share": share, **source} for level, share in shares.items()}


def specialists(cells: list[Row]) -> list[Row]:
    """The rows of 29-2072 in the newest release."""
    return [cell for cell in cells if (cell["year"], cell["occupation"]) == (NEWEST, SPECIALISTS)]


def located(cells: list[Row]) -> Iterator[Row]:
    """The areas of the newest release with employment and a median, called urban or rural; no territories."""
    names = {"metropolitan": "urban", "nonmetropolitan": "rural"}
    for cell in specialists(cells):
        name = names.get(cell["area_type"])
        in_states = not cell["area_title"].endswith(", PR") and "Puerto Rico" not in cell["area_title"]
        if name and in_states and cell["employment"] and cell["p50"]:
            yield cell | {"location": name}


def jobs_share(area: str, data: Path) -> float:
    """The part of all published jobs of the newest release that is in a state."""
    with gzip.open(data / "oews" / "may2025" / "oews_m2025_states.csv.gz", "rt", encoding="utf-8", newline="") as file:
        jobs = [(row["AREA"], number(row["TOT_EMP"]) or 0.0) for row in csv.DictReader(file)]
    return sum(count for place, count in jobs if place == area) / sum(count for _, count in jobs)


def normalized(people: dict[str, float]) -> dict[str, float]:
    """Counts as parts of their sum, rounded to what the table prints, the largest taking up the rounding."""
    total = sum(people.values())
    parts = {level: round(count / total, 6) for level, count in people.items()}
    largest = max(parts, key=lambda level: parts[level])
    parts[largest] = round(parts[largest] + 1 - sum(parts.values()), 6)
    return parts
