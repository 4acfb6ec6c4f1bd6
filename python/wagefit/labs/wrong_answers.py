"""Common wrong answers, the points that each loses, and what the student reads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wagefit.errors import FactError

FIELDS = ("question", "loses", "reads", "why")


@dataclass(frozen=True)
class WrongAnswer:
    """An answer that many students give: to which question, what it loses, which hint it meets, and what is wrong."""

    name: str
    question: str
    loses: float
    reads: str
    why: str
    text: str


def read_wrong_answers(folder: Path, lab: str) -> tuple[WrongAnswer, ...]:
    """The wrong answers to a lab, from ``wrong_answers/<lab>/*.py``."""
    return tuple(_read(path) for path in sorted((folder / "wrong_answers" / lab).glob("*.py")))


def _read(path: Path) -> WrongAnswer:
    """One wrong answer: a head of comments ``# field: value``, an empty line, the code."""
    head, _, text = path.read_text(encoding="utf-8").partition("\n\n")
    lines = [line.removeprefix("# ").partition(": ") for line in head.splitlines()]
    fields = {name: value for name, _, value in lines}
    if tuple(fields) != FIELDS:
        raise FactError(f"{path} begins with {', '.join(fields)}; expected comments on {', '.join(FIELDS)}")
    return WrongAnswer(
        path.stem, fields["question"], float(fields["loses"]), fields["reads"], fields["why"], text.strip()
    )
