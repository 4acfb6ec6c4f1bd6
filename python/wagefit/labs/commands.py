"""The command line of the labs: ``python -m wagefit.labs``."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import typer

from wagefit.errors import FactError
from wagefit.labs import nbgrader_grading, otter_grading
from wagefit.labs.build import build_all
from wagefit.labs.check import check
from wagefit.labs.lab import DEFAULT_STUDENT, Lab, read_labs
from wagefit.labs.notebook import read_notebook
from wagefit.labs.points import read_roster, write_points
from wagefit.labs.submission import student_of

WRONG_INPUT, FAILED = 2, 1
HERE = Path("notebooks/labs")

app = typer.Typer(
    help="Builds, checks and grades the teaching labs, whose sources are in notebooks/labs of wagefit's source code.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Folder = Annotated[Path, typer.Argument(help="Folder of the labs: sources, data, wrong_answers.", metavar="FOLDER")]
Labs = Annotated[Path, typer.Option("--labs", help="Folder of the labs.", metavar="FOLDER")]
Output = Annotated[Path, typer.Option("-o", "--output", help="Folder to write.", metavar="FOLDER")]


def main() -> None:
    """Runs the command line; a wrong value is one sentence on stderr and exit status 2."""
    try:
        app()
    except FactError as error:
        typer.echo(f"wagefit.labs: {error}", err=True)
        sys.exit(WRONG_INPUT)
    except (ImportError, OSError) as error:
        typer.echo(f"wagefit.labs: {error}", err=True)
        sys.exit(FAILED)


@app.command("check")
def check_labs(
    folder: Folder = HERE,
    lab: Annotated[str | None, typer.Option(help="Only this one, such as lab1.", metavar="NAME")] = None,
) -> None:
    """Runs made-up submissions: full points for the solution, none for nothing, wrong answers lose what they should."""
    where = folder.resolve()
    labs = read_labs(where) if lab is None else [_lab_named(lab, where)]
    found = []
    for finding in check(labs, where):
        typer.echo(str(finding))
        found.append(finding)
    if any(each.problems for each in found):
        raise typer.Exit(FAILED)


@app.command("build")
def build_labs(folder: Folder = HERE, output: Output = Path("build/labs")) -> None:
    """Writes student's version, solution, marker's version, both graders' sources, and a folder to try grading with."""
    where = folder.resolve()
    labs = read_labs(where)
    build_all(labs, where, output.resolve())
    typer.echo(f"{len(labs)} labs in {output}: student, solution, marker, otter, nbgrader, trial")


@app.command("grade")
def grade_submissions(
    name: Annotated[str, typer.Argument(help="The lab, such as lab1.", metavar="LAB")],
    submissions: Annotated[Path, typer.Argument(help="Folder with <student>/<lab>.ipynb.", metavar="SUBMISSIONS")],
    grader: Annotated[Literal["otter", "nbgrader"], typer.Option("--with", help="The grader.")] = "otter",
    roster: Annotated[Path | None, typer.Option(help="CSV of student, name, email, id, section.")] = None,
    folder: Labs = HERE,
    output: Output = Path("points"),
) -> None:
    """Grades a folder of submissions; the points of each question go to files for Canvas, Moodle and Gradescope."""
    where = folder.resolve()
    lab = _lab_named(name, where)
    paths = {path.parent.name: path for path in sorted(submissions.resolve().glob(f"*/{name}.ipynb"))}
    if not paths:
        raise FactError(f"there is no {name}.ipynb in {submissions}; expected a folder for each student that holds one")
    points: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as target:
        grade = _grader(grader, lab, where, Path(target).resolve())
        for student, path in paths.items():
            points[student] = grade(student, path)
            typer.echo(f"{student:20} {sum(points[student].values()):g}{_doubt(student, path)}")
    people = {} if roster is None else read_roster(roster)
    for path in write_points(lab, points, people, output):
        typer.echo(f"{path} written")


def _lab_named(name: str, where: Path) -> Lab:
    labs = {lab.name: lab for lab in read_labs(where)}
    if name not in labs:
        raise FactError(f"lab is {name!r}; expected one of {', '.join(labs)}")
    return labs[name]


def _grader(grader: str, lab: Lab, where: Path, target: Path) -> Callable[[str, Path], dict[str, float]]:
    if grader == "otter":
        made = otter_grading.assign(lab, where, target)
        return lambda _, path: made.grade(path)
    course = nbgrader_grading.release([lab], where, target)
    return lambda student, path: course.grade(lab, student, path)


def _doubt(student: str, path: Path) -> str:
    """A remark where the name inside a submission, which chooses the variant, is not that of its folder."""
    named = student_of(read_notebook(path))
    if named == DEFAULT_STUDENT:
        return "   (no user name filled in: the variant is nobody's)"
    return "" if named.strip().lower() == student.strip().lower() else f"   (variant of {named!r})"
