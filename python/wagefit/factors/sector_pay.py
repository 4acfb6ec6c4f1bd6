"""Kind of employer: a factor from what a release publishes of an occupation by sector of the economy."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from wagefit import oews
from wagefit.distributions.distribution import Distribution
from wagefit.factors.cell_totals import error_over_whole
from wagefit.factors.factor import Factor
from wagefit.factors.level import MEAN, Level
from wagefit.factors.level_feasibility import is_feasible
from wagefit.oews.titles import names_of, title_key
from wagefit.shared.embedded_tables import Row, optional_number, read_table

SETTING, REST = "setting", "other sectors"
YEAR, RELEASE = 2022, "May 2022"
ROUNDING = 1e-9  # of a sum of shares
CLASSIFIED_SINCE = 2021  # releases from then on have the codes of the table of sectors


def sector_factor(cell: oews.Cell, pay: Distribution) -> tuple[tuple[Factor, ...], tuple[str, ...]]:
    """The sectors that employ an occupation, and what a reader should know of them.

    Parameters
    ----------
    cell : Cell
        The nation's row of the occupation.
    pay : Distribution
        The curve through it.

    Returns
    -------
    tuple of Factor, tuple of str
        No factor where the table of sectors has not the occupation under this code and title, or wages of fewer than
        two sectors, as the notes then say. Ratios refer to the mean of the sectors, weighted by their employment.
    """
    rows = [row for row in read_table("sector_pay") if row["occupation"] == cell.occupation]
    if not rows or not _is_known(cell):
        return (), (_absence(f"no {cell.occupation} {cell.occupation_title}"),)
    paid = [row for row in rows if row["mean"]]
    if _count(paid) < 2:
        return (), (_absence(f"wages of {cell.occupation_title} in fewer than two sectors"),)
    levels, without = _levels(paid, rows, pay)
    notes = _notes(cell, without)
    return (Factor(SETTING, levels, MEAN, errors="independent").checked(),), tuple(notes)


def _notes(cell: oews.Cell, without: Sequence[str]) -> Iterator[str]:
    carried = "" if cell.year == YEAR else f", carried over to {cell.release}"
    yield f"{SETTING}: {cell.occupation_title} by sector of the economy, {RELEASE}{carried}."
    if without:
        yield (
            f"{SETTING}: the people of these sectors are counted under {REST!r}, as the nation's row leaves no room "
            f"for so many with such wages: {'; '.join(without)}."
        )


def _count(rows: Sequence[Row]) -> int:
    """Number of sectors whose employment is published."""
    return sum(1 for row in rows if row["employment"])


def _absence(found: str) -> str:
    return f"{SETTING}: there is no factor of employers, as the package's table of sectors ({RELEASE}) has {found}."


def _is_known(cell: oews.Cell) -> bool:
    """Whether the code has the cell's title in the releases with the table's classification as well."""
    known = {title_key(each.title) for each in names_of(cell.occupation) if each.year >= CLASSIFIED_SINCE}
    return title_key(cell.occupation_title) in known


def _levels(paid: Sequence[Row], rows: Sequence[Row], pay: Distribution) -> tuple[tuple[Level, ...], tuple[str, ...]]:
    """The sectors with wages, then all other people; and the labels of sectors whose people are among these."""
    people, means = [_people(row) for row in paid], [float(row["mean"]) for row in paid]
    payroll = [n * mean for n, mean in zip(people, means, strict=True)]
    average, everyone = sum(payroll) / sum(people), sum(map(_people, rows))
    parts, errors = [each / sum(payroll) for each in payroll], [float(row["mean_rse"]) / 100 for row in paid]
    shares = [
        n / everyone if is_feasible(pay, mean / average, n / everyone) else 0.0
        for n, mean in zip(people, means, strict=True)
    ]
    levels = [
        _level(row, mean / average, relative_error(i, parts, errors), shares[i])
        for i, (row, mean) in enumerate(zip(paid, means, strict=True))
    ]
    rest = 1.0 - sum(shares)
    without = [level.label for level, n in zip(levels, people, strict=True) if n > 0 and level.share == 0]
    return (*levels, *([_rest(paid[0], rest)] if rest > ROUNDING else [])), tuple(without)


def relative_error(i: int, parts: Sequence[float], errors: Sequence[float]) -> float:
    """Relative standard error of the mean of part `i` over that of all parts, which are independent.

    Parameters
    ----------
    i : int
    parts, errors : sequence of float
        Shares of the payroll, and relative standard errors of the means, of all parts.

    Notes
    -----
    That of `error_over_whole`, with R^2 the sum of s_j^2 r_j^2 for the shares s and the relative errors r.
    """
    whole = math.hypot(*(part * error for part, error in zip(parts, errors, strict=True)))
    return error_over_whole(errors[i], whole, parts[i])


def _people(row: Row) -> float:
    """Employment; none where it is not published, so that the level has a mean but no weight."""
    return optional_number(row["employment"]) or 0.0


def _sector(row: Row) -> Row:
    """Name, label and source of a row's sector."""
    return next(each for each in read_table("sectors") if each["sector"] == row["sector"])


def _level(row: Row, ratio: float, relative_error: float, share: float) -> Level:
    sector = _sector(row)
    return Level(
        name=sector["name"],
        label=sector["label"],
        ratio=ratio,
        standard_error=ratio * relative_error,
        share=share,
        source=sector["source"],
        year=YEAR,
        population=f"{row['occupation']}, {sector['label']}, {sector['ownership']}",
        share_source=f"{sector['source']}, employment",
        share_year=YEAR,
    )


def _rest(row: Row, share: float) -> Level:
    source = read_table("sectors")[0]["source"]
    return Level(
        name=REST,
        label="Sectors without published wages",
        ratio=1.0,
        standard_error=None,
        share=share,
        source=f"Assumption: the mean of the sectors with wages, {source}",
        year=YEAR,
        population=f"{row['occupation']}, all other sectors",
        is_proxy=True,
        share_source=f"{source}, employment",
        share_year=YEAR,
    )
