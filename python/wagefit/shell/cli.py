"""The command line: ``wagefit`` alone runs the main job."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from wagefit._core import __version__
from wagefit.careers.career import Career, HealthInformationRole
from wagefit.ensemble.table_files import write_fits
from wagefit.errors import ConvergenceError, FactError
from wagefit.factors.salary_model import SalaryModel
from wagefit.fitting.fit import fit
from wagefit.oews import identify
from wagefit.plots.figures import save_picture
from wagefit.report import Report, make_report
from wagefit.report.career import read_career, show_career
from wagefit.report.compared import read_compared, show_compared, show_rank
from wagefit.report.found import read_found, show_found
from wagefit.report.person import read_person, show_person
from wagefit.report.recovered import measure, show_recovered
from wagefit.shared.files import replacing
from wagefit.shared.types import Family, Figure
from wagefit.shell.answer import show_answer
from wagefit.shell.growth import show_wage_growth
from wagefit.shell.options import parse_bounds, parse_count, parse_levels, parse_number, parse_quantiles, parse_year
from wagefit.shell.rank import rank_wage

WRONG_INPUT, FAILED, INTERRUPTED = 2, 1, 130
UsageError: type[Exception] = typer.BadParameter.__mro__[1]  # click's, which typer does not export

app = typer.Typer(
    help="Wage distributions from published wage statistics. Without a command: pay of health information technicians.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Year = Annotated[str | None, typer.Option(help="Year of the release, such as 2018.", metavar="YEAR")]
Occupation = Annotated[str | None, typer.Option(help="Occupation code, such as 29-2072.", metavar="CODE")]
Json = Annotated[bool, typer.Option("--json", help="Print everything as JSON instead.")]


def main() -> None:
    """Runs the command line; a wrong value is one sentence on stderr and exit status 2.

    Examples
    --------
    >>> import sys
    >>> from wagefit.shell import main
    >>> sys.argv = ["wagefit", "--help"]  # doctest: +SKIP
    >>> main()  # doctest: +SKIP
    """
    try:
        status = app(standalone_mode=False)
    except (FactError, UsageError) as error:
        sys.exit(_complain(error, WRONG_INPUT))
    except (ConvergenceError, ImportError, OSError) as error:
        sys.exit(_complain(error, FAILED))
    except (typer.Abort, KeyboardInterrupt):  # typer turns most interrupts into the first
        # Where the interrupt met text that was being executed, as that of named tuples is, Python remembers it as one
        # that nobody caught, and ends by the signal whatever the status. Executing other text makes it forget.
        exec("")
        sys.exit(INTERRUPTED)
    sys.exit(status if isinstance(status, int) else 0)


def _complain(error: Exception, status: int) -> int:
    typer.echo(f"wagefit: {_usage(error) if isinstance(error, UsageError) else error}", err=True)
    return status


def _usage(error: Any) -> str:
    command = error.ctx.command_path if error.ctx else "wagefit"
    return f"{error.format_message().rstrip('.')}; expected what {command} --help lists"


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"wagefit {__version__}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")]


@app.callback(invoke_without_command=True)
def run_main_job(
    context: typer.Context,
    year: Year = None,
    occupation: Occupation = None,
    as_json: Json = False,
    plot: Annotated[Path | None, typer.Option(help="Write a picture (png, svg, pdf).", metavar="FILE")] = None,
    version: Version = False,  # noqa: ARG001 - acted on by its callback
) -> None:
    """The report: published figures, the distribution behind them, what explains pay, the next roles."""
    if context.invoked_subcommand is not None:
        return
    report = _report(year, occupation)
    if plot is not None:
        report.save_picture(plot)
    show_answer(report.to_dict(), report.sections(), as_json)


@app.command("report")
def write_report(
    html: Annotated[Path, typer.Option(help="Write one self-contained page.", metavar="FILE")],
    year: Year = None,
    occupation: Occupation = None,
) -> None:
    """The report as a page for the browser."""
    page = _report(year, occupation).to_html()
    with replacing(html) as partial:
        partial.write_text(page, encoding="utf-8")
    typer.echo(f"{html} written")


Pairs = Annotated[list[str] | None, typer.Option(help="May be repeated.", metavar="P=DOLLARS")]


@app.command("fit")
def fit_figures(
    mean: Annotated[str | None, typer.Option(help="Mean wage.", metavar="DOLLARS")] = None,
    quantile: Pairs = None,
    at_least: Pairs = None,
    family: Annotated[
        str,
        typer.Option(
            help="curve, lognormal, weibull, gamma, loglogistic, singh-maddala, dagum or gb2.", metavar="NAME"
        ),
    ] = "curve",
    lower: Annotated[str | None, typer.Option(help="Lowest possible wage.", metavar="DOLLARS")] = None,
    upper: Annotated[str | None, typer.Option(help="Highest possible wage.", metavar="DOLLARS")] = None,
    as_json: Json = False,
) -> None:
    """The distribution behind a few figures.

    Example: wagefit fit --mean 44010 --quantile .9=63820 --family lognormal. The P of --at-least may be "mean".
    """
    pay = fit(
        mean=parse_number("--mean", mean),
        quantiles=parse_quantiles("--quantile", quantile or ()) or None,
        at_least=parse_bounds("--at-least", at_least or ()) or None,
        family=cast(Family, family),  # another text is answered with the known families
        lower=parse_number("--lower", lower),
        upper=parse_number("--upper", upper),
    )
    content = measure(pay)
    show_answer(asdict(content), [show_recovered(content, pay)], as_json)


@app.command("identify")
def identify_figures(
    mean: Annotated[str | None, typer.Option(help="Quoted mean.", metavar="DOLLARS")] = None,
    p10: Annotated[str | None, typer.Option(metavar="DOLLARS")] = None,
    p25: Annotated[str | None, typer.Option(metavar="DOLLARS")] = None,
    median: Annotated[str | None, typer.Option(metavar="DOLLARS")] = None,
    p75: Annotated[str | None, typer.Option(metavar="DOLLARS")] = None,
    p90: Annotated[str | None, typer.Option(metavar="DOLLARS")] = None,
    employment: Annotated[str | None, typer.Option(help="Quoted number of people.", metavar="PEOPLE")] = None,
    tolerance: Annotated[str, typer.Option(help="Largest relative difference.")] = "0.0001",
    as_json: Json = False,
) -> None:
    """The release and occupation that quoted figures come from.

    Example: wagefit identify --mean 44010.
    """
    texts = {
        "mean": mean,
        "p10": p10,
        "p25": p25,
        "median": median,
        "p75": p75,
        "p90": p90,
        "employment": employment,
        "tolerance": tolerance,
    }
    figures: dict[str, Any] = {name: parse_number(f"--{name}", text) for name, text in texts.items()}
    found = identify(**figures)
    show_answer(asdict(read_found(found)), [show_found(found)], as_json)


Level = Annotated[str | None, typer.Option(metavar="LEVEL")]


app.command("rank")(rank_wage)
app.command("growth")(show_wage_growth)


AssumedError = Annotated[
    str | None,
    typer.Option(help="Standard error assumed where none is published, as a part of the ratio.", metavar="PART"),
]


@app.command("person")
def explain_person(
    experience: Annotated[str | None, typer.Option(help="Years in the occupation.", metavar="YEARS")] = None,
    education: Level = None,
    credential: Level = None,
    state: Level = None,
    setting: Level = None,
    location: Level = None,
    wage: Annotated[str | None, typer.Option(help="Also say where this yearly wage stands.", metavar="DOLLARS")] = None,
    assumed_error: AssumedError = None,
    year: Year = None,
    as_json: Json = False,
) -> None:
    """One person's pay and what it goes with; what is left out is averaged over the workforce.

    Example: wagefit person --experience 8 --education associate --credential RHIT --state NJ --setting "all other". A
    wrong level is answered with the known ones.
    """
    model = _model(year, assumed_error)
    profile = model.profile(
        experience=parse_number("--experience", experience),
        education=education,
        credential=credential,
        state=state,
        setting=setting,
        location=location,
    )
    content, paid = read_person(model, profile), parse_number("--wage", wage)
    if paid is None:
        show_answer(asdict(content), [show_person(content)], as_json)
        return
    stands = model.rank(profile, paid)
    show_answer(asdict(content) | {"rank": asdict(stands)}, [show_person(content), show_rank(stands)], as_json)


@app.command("compare")
def compare_persons(
    person: Annotated[list[str], typer.Option(help="May be repeated.", metavar="FACTOR=LEVEL")],
    other: Annotated[
        list[str], typer.Option(help="What is different in the other; may be repeated.", metavar="FACTOR=LEVEL")
    ],
    assumed_error: AssumedError = None,
    year: Year = None,
    as_json: Json = False,
) -> None:
    """Two persons' pay and what separates them, factor by factor; the other differs only where --other says so.

    Example: wagefit compare --person experience=8 --person credential=RHIT --other credential=none.
    """
    model = _model(year, assumed_error)
    first = model.profile(**parse_levels("--person", person))
    content = read_compared(model.compare(first, first.replace(**parse_levels("--other", other))))
    show_answer(asdict(content), [show_compared(content)], as_json)


@app.command("career")
def simulate_career(
    start: Annotated[str, typer.Option(help="Role of the first year.", metavar="ROLE")] = "technician",
    experience: Annotated[str, typer.Option(help="Years in the field at the start.", metavar="YEARS")] = "0",
    education: Level = None,
    credential: Annotated[str | None, typer.Option(help="Held from the role of coder on.", metavar="LEVEL")] = "CCS",
    state: Level = None,
    years: Annotated[str, typer.Option(help="Length of the careers.", metavar="YEARS")] = "30",
    people: Annotated[str, typer.Option(help="Careers simulated.", metavar="PEOPLE")] = "100000",
    seed: Annotated[str, typer.Option(help="The same seed, the same people.", metavar="NUMBER")] = "0",
    discount: Annotated[str, typer.Option(help="Real rate a year.", metavar="RATE")] = "0.03",
    year: Year = None,
    plot: Annotated[Path | None, typer.Option(help="Write a picture (png, svg, pdf).", metavar="FILE")] = None,
    as_json: Json = False,
) -> None:
    """Simulated careers: technician, coder, cancer registrar, health information manager, director.

    Example: wagefit career --state NJ --years 25. Every chance of moving is an assumption; the output lists them.
    """
    career = Career.health_information(
        start=cast(HealthInformationRole, start),  # another text is answered with the known roles
        experience=parse_count("--experience", experience),
        education=education,
        credential=credential,
        state=state,
        year=parse_year(year),
    )
    length, number = parse_count("--years", years), parse_count("--seed", seed)
    rate = parse_number("--discount", discount) or 0.0
    outcome = career.simulate(length, parse_count("--people", people), rng=number, discount=rate)
    if plot is not None:
        save_picture(cast(Figure, outcome.plot()[0].figure), plot)
    changes = career.sensitivity(length, min(outcome.n, 50_000), rng=number, discount=rate)
    content = read_career(outcome, changes)
    show_answer(asdict(content), show_career(content), as_json)


@app.command("table")
def fit_file(
    file: Annotated[Path, typer.Argument(help="An OEWS workbook, CSV file or zip archive.", metavar="FILE")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Write the fits (.parquet or .csv).", metavar="FILE")],
    release: Annotated[
        str | None, typer.Option(help="Year of the release, if its name does not say.", metavar="YEAR")
    ] = None,
) -> None:
    """Every row of a published wage table as a distribution.

    Example: wagefit table national_M2018_dl.xlsx -o fits.parquet. Prints how many rows each status has.
    """
    counts = write_fits(file, output, parse_year(release))
    for status, count in counts.items():
        typer.echo(f"{count:>9,} {status}")
    typer.echo(f"{output} written")


def _model(year: str | None, assumed_error: str | None) -> SalaryModel:
    model, error = SalaryModel.health_information(parse_year(year)), parse_number("--assumed-error", assumed_error)
    return model if error is None else model.with_assumed_errors(error)


def _report(year: str | None, occupation: str | None) -> Report:
    return make_report(parse_year(year), occupation)


if __name__ == "__main__":
    main()
