"""nbgrader: from the source to the student's version, and from submissions to points of each question."""

from __future__ import annotations

import importlib.util
import shutil
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wagefit.errors import FactError
from wagefit.labs.build import write_nbgrader
from wagefit.labs.lab import Lab
from wagefit.labs.nbgrader_source import CONFIG_FILE

IS_INSTALLED = importlib.util.find_spec("nbgrader") is not None
LONGEST_REASON = 3_000  # characters


@dataclass(frozen=True)
class NbgraderCourse:
    """A course of nbgrader in a folder: its labs have been released."""

    folder: Path
    api: Any

    def student(self, lab: Lab) -> Path:
        """The notebook that students get."""
        return self.folder / "release" / lab.name / f"{lab.name}.ipynb"

    def grade(self, lab: Lab, student: str, submission: Path) -> dict[str, float]:
        """Points of each question that tests mark."""
        target = self.folder / "submitted" / student / lab.name
        target.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(submission, target / f"{lab.name}.ipynb")
        result = self._autograde(lab, student)
        if not result["success"]:  # kernels that start at the same time can pick the same TCP port
            result = self._autograde(lab, student)
        if not result["success"]:
            raise FactError(f"nbgrader could not grade {submission}: {_reason(result)}")
        points = {each.name: 0.0 for each in lab.automatic}
        with self.api.gradebook as book:
            for grade in book.find_submission_notebook(lab.name, lab.name, student).grades:
                question = grade.name.partition("-")[0]
                if question in points:
                    points[question] += grade.auto_score or 0.0
        return points

    def _autograde(self, lab: Lab, student: str) -> dict[str, Any]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # nbgrader's own, about its database
            result: dict[str, Any] = self.api.autograde(lab.name, student, force=True, create=True)
        return result


def release(labs: Sequence[Lab], folder: Path, target: Path) -> NbgraderCourse:
    """Makes a course of the labs, and the student's version of each by ``nbgrader generate_assignment``."""
    from nbgrader.apps import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory

    write_nbgrader(labs, folder, target)
    api = NbGraderAPI(CourseDirectory(config=_settings(target)), config=_settings(target))
    for lab in labs:
        result = api.generate_assignment(lab.name, force=True, create=True)
        if not result["success"]:
            raise FactError(f"nbgrader could not release {lab.name}: {_reason(result)}")
    return NbgraderCourse(target, api)


def _settings(folder: Path) -> Any:
    """Those of the course's own file, which `nbgrader` reads as well, and where the course is."""
    from traitlets.config.loader import PyFileConfigLoader

    settings = PyFileConfigLoader(CONFIG_FILE, path=str(folder)).load_config()
    settings.CourseDirectory.root = str(folder)
    return settings


def _reason(result: dict[str, Any]) -> str:
    """The end of what nbgrader has logged, which names the cell that failed."""
    return f"{result.get('log', '')}\n{result.get('error', '')}"[-LONGEST_REASON:]
