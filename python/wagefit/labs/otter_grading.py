"""otter-grader: from the master notebook to the student's version, and from a submission to points."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from wagefit.labs.build import write_otter
from wagefit.labs.lab import Lab

IS_INSTALLED = importlib.util.find_spec("otter") is not None


@dataclass(frozen=True)
class OtterAssignment:
    """What ``otter assign`` has made of a lab.

    Attributes
    ----------
    student : Path
        The notebook that students get.
    autograder : Path
        The archive with all tests; Gradescope takes it as it is.
    """

    lab: Lab
    student: Path
    autograder: Path

    def grade(self, submission: Path) -> dict[str, float]:
        """Points of each question that tests mark."""
        import otter.api

        with _quietly():
            results = otter.api.grade_submission(str(submission), str(self.autograder), quiet=True)
        scored = {name: float(found.score) for name, found in results.results.items()}
        return {each.name: scored.get(each.name, 0.0) for each in self.lab.automatic}


def assign(lab: Lab, folder: Path, target: Path) -> OtterAssignment:
    """Runs ``otter assign``, which also runs the solution against all tests."""
    import otter.assign

    master = write_otter(lab, folder, target)
    with _quietly():
        otter.assign.main(str(master), str(target / "dist"), no_pdfs=True)
    archive = next((target / "dist" / "autograder").glob("*.zip"))
    return OtterAssignment(lab, target / "dist" / "student" / f"{lab.name}.ipynb", archive)


@contextmanager
def _quietly() -> Iterator[None]:
    """Nothing on the terminal."""
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        yield
