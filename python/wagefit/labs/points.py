"""Points of each question as tables that Canvas, Moodle and Gradescope import."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from wagefit.errors import FactError
from wagefit.labs.lab import Lab, Question

ROSTER_COLUMNS = ("student", "name", "email", "id", "section")
CANVAS_COLUMNS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
MOODLE_COLUMNS = ("Username", "ID number", "Email address", "Full name")
GRADESCOPE_COLUMNS = ("Name", "SID", "Email", "Section")


@dataclass(frozen=True)
class Person:
    """A student as a course's roster has it; the user name is that of the folder of submissions."""

    student: str
    name: str = ""
    email: str = ""
    id: str = ""
    section: str = ""


def read_roster(path: Path) -> dict[str, Person]:
    """The students of a CSV file with the columns student, name, email, id and section, by user name."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in ROSTER_COLUMNS if name not in (reader.fieldnames or [])]
        if missing:
            raise FactError(f"{path} has no column {missing[0]!r}; expected {', '.join(ROSTER_COLUMNS)}")
        return {row["student"]: Person(**{name: row[name] for name in ROSTER_COLUMNS}) for row in reader}


def write_points(
    lab: Lab, points: Mapping[str, Mapping[str, float]], roster: Mapping[str, Person], target: Path
) -> list[Path]:
    """Writes one table for each of the three systems.

    Parameters
    ----------
    lab : Lab
    points : mapping of str to mapping of str to float
        By user name and question. A written question has no points until somebody has marked it: its cell stays
        empty, which the three systems take for "not graded".
    roster : mapping of str to Person
        Names, addresses and identifiers; who is not in it is known by the user name alone.
    target : Path
        A folder.

    Returns
    -------
    list of Path
    """
    people = [(roster.get(student, Person(student, student)), found) for student, found in sorted(points.items())]
    tables = {"canvas": _canvas(lab, people), "moodle": _moodle(lab, people), "gradescope": _gradescope(lab, people)}
    target.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, rows in tables.items():
        paths.append(target / f"{lab.name}_{name}.csv")
        with paths[-1].open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
    return paths


def _canvas(lab: Lab, people: Sequence[tuple[Person, Mapping[str, float]]]) -> Iterator[list[str]]:
    """Each question is an assignment; the second row has what it is worth, as Canvas's own export."""
    yield [*CANVAS_COLUMNS, *_headings(lab)]
    yield ["    Points Possible", "", "", "", "", *(f"{each.points:g}" for each in lab.questions)]
    for person, found in people:
        yield [person.name, "", person.id, person.student, person.section, *_cells(lab.questions, found)]


def _moodle(lab: Lab, people: Sequence[tuple[Person, Mapping[str, float]]]) -> Iterator[list[str]]:
    """Each question is a grade item; the columns are mapped when the file is imported."""
    yield [*MOODLE_COLUMNS, *_headings(lab)]
    for person, found in people:
        yield [person.student, person.id, person.email, person.name, *_cells(lab.questions, found)]


def _gradescope(lab: Lab, people: Sequence[tuple[Person, Mapping[str, float]]]) -> Iterator[list[str]]:
    yield [*GRADESCOPE_COLUMNS, *_headings(lab), f"{lab.name} points by tests"]
    for person, found in people:
        total = sum(found.get(each.name, 0.0) for each in lab.automatic)
        yield [person.name, person.id, person.email, person.section, *_cells(lab.questions, found), f"{total:g}"]


def _headings(lab: Lab) -> Iterator[str]:
    return (f"{lab.name} {each.name}" for each in lab.questions)


def _cells(questions: Iterable[Question], found: Mapping[str, float]) -> Iterator[str]:
    return ("" if each.is_written or each.name not in found else f"{found[each.name]:g}" for each in questions)
