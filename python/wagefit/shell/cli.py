"""The command line: ``wagefit`` alone runs the main job."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from wagefit._core import __version__
from wagefit.errors import ConvergenceError, FactError
from wagefit.shell.career import simulate_career
from wagefit.shell.compare import compare_persons
from wagefit.shell.fit import fit_figures
from wagefit.shell.growth import show_wage_growth
from wagefit.shell.identify import identify_figures
from wagefit.shell.person import explain_person
from wagefit.shell.rank import rank_wage
from wagefit.shell.report import Full, Html, Plot, Short, Someone, write_report
from wagefit.shell.row_options import Factors, Facts, Json, Layout, Occupation, State, Title, Unit, Year
from wagefit.shell.table import fit_file

WRONG_INPUT, FAILED, INTERRUPTED = 2, 1, 130
OCCUPATION_HINT = ', or an occupation by --occupation 29-1141 or --title "registered nurses", with the quotes'
UsageError: type[Exception] = typer.BadParameter.__mro__[1]  # click's, which typer does not export

app = typer.Typer(
    help="Wage distributions from published wage statistics. Without a command: pay of health information technicians.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Runs the command line; a wrong value is one sentence on stderr and exit status 2.

    Examples
    --------
    >>> import sys
    >>> from wagefit.shell import main
    >>> sys.argv = ["wagefit", "--help"]  # doctest: +SKIP
    >>> main()  # doctest: +SKIP
    """
    status = _run()
    # Where an interrupt meets text that is being executed, as that of named tuples is, Python remembers it as one that
    # nobody caught, and ends by the signal whatever the status. Executing other text makes it forget.
    exec("")
    sys.exit(status)


def _run() -> int:
    """Runs the command and returns the exit status."""
    try:
        status = app(standalone_mode=False)
    except (FactError, UsageError) as error:
        return _complain(error, WRONG_INPUT)
    except (ConvergenceError, ImportError, OSError) as error:
        return _complain(error, FAILED)
    except (typer.Abort, KeyboardInterrupt):  # as some versions of typer leave an interrupt; others return the status
        return INTERRUPTED
    return status if isinstance(status, int) else 0


def _complain(error: Exception, status: int) -> int:
    typer.echo(f"wagefit: {_usage(error) if isinstance(error, UsageError) else error}", err=True)
    return status


def _usage(error: Any) -> str:
    """A mistake in the words of a command line, and where to look; an occupation belongs to an option."""
    command = error.ctx.command_path if error.ctx else "wagefit"
    hint = "" if "No such command" not in error.format_message() else OCCUPATION_HINT
    return f"{error.format_message().rstrip('.')}; expected what {command} --help lists{hint}"


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"wagefit {__version__}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")]


@app.callback(invoke_without_command=True)
def run_main_job(
    context: typer.Context,
    occupation: Occupation = None,
    title: Title = None,
    year: Year = None,
    state: State = None,
    facts: Facts = None,
    layout: Layout = None,
    unit: Unit = None,
    factors: Factors = None,
    person: Someone = None,
    short: Short = False,
    full: Full = False,
    html: Html = None,
    plot: Plot = None,
    as_json: Json = False,
    version: Version = False,  # noqa: ARG001 - acted on by its callback
) -> None:
    """The report: the answer, what is behind it, and the sources. Without options: health information technicians.

    Example: wagefit --title "registered nurses" --state NJ --short.
    """
    if context.invoked_subcommand is None:
        write_report(
            occupation, title, year, state, facts, layout, unit, factors, person, short, full, html, plot, as_json
        )
        return
    _refuse_options(context)


def _refuse_options(context: typer.Context) -> None:
    """FactError for an option that stands before the command that it is meant for."""
    for name, value in context.params.items():
        if value not in (None, False):
            option = "--json" if name == "as_json" else f"--{name}"
            shown, command = option if value is True else f"{option} {value}", context.invoked_subcommand
            raise FactError(f"{shown} stands before the command; expected it after it: wagefit {command} {shown}")


app.command("report")(write_report)
app.command("fit")(fit_figures)
app.command("identify")(identify_figures)
app.command("person")(explain_person)
app.command("compare")(compare_persons)
app.command("career")(simulate_career)
app.command("table")(fit_file)
app.command("rank")(rank_wage)
app.command("growth")(show_wage_growth)


if __name__ == "__main__":
    main()
