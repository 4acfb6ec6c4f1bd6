"""Writes factors.csv, shares.csv, readings.csv and roles.csv: why health information technicians' pay differs.

Usage: python factors.py <data folder> [<output folder>]

Ratios are multiplicative. State and setting ratios refer to the published May 2018 mean, the others to a level of
their own. Figures without a source are marked as assumptions; figures measured on other people, as proxies.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from statistics import stdev

import health_information as oews
from roles import ROLE_COLUMNS, role_rows
from shares import located, share_rows
from surveys import READINGS, Reading
from tables import Row, run, write_table

COLUMNS = (
    "factor",
    "level",
    "label",
    "kind",
    "x",
    "ratio",
    "standard_error",
    "baseline",
    "source",
    "year",
    "population",
    "proxy",
    "note",
)
SHARE_COLUMNS = ("factor", "level", "share", "source", "year", "assumption", "proxy", "note")

ANCHOR = (2018, "29-2071")
CODERS = "Medical coders, United States"
EXPERIENCE_KNOTS = (0, 1, 2, 3, 5, 8, 10, 15, 20, 25)
# Weighted Mincer equation of men, CPS 1983-85: log wage on experience and its square.
MINCER = (0.049007, -0.000765)
YEARS_OF_SCHOOL = {"high school": 0, "certificate": 1, "associate": 2, "bachelor": 4, "master": 6}
EDUCATION_LABELS = {
    "high school": "High school diploma",
    "certificate": "Postsecondary certificate or some college",
    "associate": "Associate degree",
    "bachelor": "Bachelor's degree",
    "master": "Master's degree",
}
CREDENTIALS = {
    "none": "No credential",
    "CCA": "Certified Coding Associate",
    "CCS": "Certified Coding Specialist",
    "CPC": "Certified Professional Coder",
    "RHIT": "Registered Health Information Technician",
    "RHIA": "Registered Health Information Administrator",
}
SETTINGS = (
    ("general hospital", "Private general hospitals", "622100", "Private"),
    ("state general hospital", "State government general hospitals", "622100", "State government"),
    ("local general hospital", "Local government general hospitals", "622100", "Local government"),
    ("psychiatric hospital", "Private psychiatric and substance abuse hospitals", "622200", "Private"),
    (
        "state psychiatric hospital",
        "State government psychiatric and substance abuse hospitals",
        "622200",
        "State government",
    ),
    ("specialty hospital", "Private specialty hospitals, not psychiatric", "622300", "Private"),
    ("state specialty hospital", "State government specialty hospitals, not psychiatric", "622300", "State government"),
    ("university", "Private colleges and universities", "611300", "Private"),
    ("state university", "State colleges and universities", "611300", "State government"),
    ("school", "Private elementary and secondary schools", "611100", "Private"),
    ("local school", "Local government elementary and secondary schools", "611100", "Local government"),
    (
        "all other",
        "All other employers: physicians' offices, outpatient and nursing care, insurers and so on",
        "",
        "All other",
    ),
)


def spread(ratios: list[float]) -> float | None:
    """Standard deviation of the log ratios; None for a single reading."""
    return stdev(map(math.log, ratios)) if len(ratios) > 1 else None


def geometric_mean(ratios: list[float]) -> float:
    """The exponential of the mean log ratio."""
    return math.exp(math.fsum(map(math.log, ratios)) / len(ratios))


def ratios_of(factor: str, level: str, *uses: str) -> list[float]:
    """The ratios that the surveys give for a level and that are of one of these uses."""
    return [r.ratio for r in READINGS if (r.factor, r.level) == (factor, level) and r.use in uses]


def row(factor: str, level: str, label: str, ratio: float, log_error: float | None, **rest: object) -> Row:
    """A level of a categorical factor; `log_error` is the standard error of the log ratio."""
    error = None if log_error is None else ratio * log_error
    values: Row = {"factor": factor, "level": level, "label": label, "kind": "categorical", "proxy": False}
    return values | {"ratio": ratio, "standard_error": error} | rest


def baseline_row(factor: str, level: str, label: str, year: int) -> Row:
    """The level that the other ratios of its factor refer to."""
    where = {"source": "Baseline of this factor", "year": year, "population": CODERS}
    return row(factor, level, label, 1.0, 0.0, baseline=level, **where)


def experience_rows() -> Iterator[Row]:
    """AAPC's total over 25 years, spread over the knots in proportion to the Mincer equation's growth."""
    pooled = ratios_of("experience", "25", "pooled")
    total, error = math.log(geometric_mean(pooled)), spread(pooled) or 0.0
    slope, curvature = MINCER
    end = slope * 25 + curvature * 25**2
    yield baseline_row("experience", "0", "First year", 2010) | {"kind": "continuous", "x": 0}
    for years in EXPERIENCE_KNOTS[1:]:
        part = (slope * years + curvature * years**2) / end
        label = "1 year" if years == 1 else f"{years} years"
        yield row(
            "experience",
            str(years),
            label,
            math.exp(total * part),
            error * part,
            kind="continuous",
            x=years,
            baseline="0",
            year=2010,
            population=CODERS,
            source="AAPC 2010 salary survey: more than 25 years against the first; certified and other coders pooled",
            proxy=years < 25,
            note="" if years == 25 else "Shape between 0 and 25 years: Mincer equation of men, CPS 1983-85",
        )


def education_rows() -> Iterator[Row]:
    """Bachelor's from the survey; the others log-linear in years of school through it."""
    bachelor = geometric_mean(ratios_of("education", "bachelor", "pooled"))
    yield baseline_row("education", "high school", EDUCATION_LABELS["high school"], 2009)
    for level, years in list(YEARS_OF_SCHOOL.items())[1:]:
        ratio = bachelor ** (years / YEARS_OF_SCHOOL["bachelor"])
        derived = level != "bachelor"
        yield row(
            "education",
            level,
            EDUCATION_LABELS[level],
            ratio,
            spread([ratio, *ratios_of("education", level, "spread")]),
            baseline="high school",
            year=2009,
            population=CODERS,
            proxy=derived,
            source="AAPC 2009 salary survey, bachelor's degree against high school diploma",
            note=education_note(level),
        )


def education_note(level: str) -> str:
    """How the ratio of a level that no survey prints was found."""
    if level == "bachelor":
        return ""
    years = f"Interpolated: years of school {YEARS_OF_SCHOOL[level]} against 4, an assumed constant log ratio a year"
    if level == "master":
        return years
    return f"{years}; AAPC 2012 prints 9 percent for some college and associate degree together"


def credential_rows() -> Iterator[Row]:
    """One premium of certification for every credential: only AAPC's own coders were asked."""
    pooled = ratios_of("credential", "CPC", "pooled")
    yield baseline_row("credential", "none", CREDENTIALS["none"], 2010)
    for level in list(CREDENTIALS)[1:]:
        note = "Later averages over all members are higher (1.20 to 1.33), not at equal experience: see readings.csv"
        yield row(
            "credential",
            level,
            CREDENTIALS[level],
            geometric_mean(pooled),
            spread(pooled),
            baseline="none",
            year=2010,
            population="Medical coders certified by AAPC, United States",
            source="AAPC salary surveys of 2009 and 2010, pooled",
            proxy=level != "CPC",
            note=note if level == "CPC" else f"Proxy: the premium of AAPC-certified coders. {note}",
        )


def state_rows(cells: list[Row], anchor: Row) -> Iterator[Row]:
    """Each state's May 2018 mean over the nation's."""
    states = [cell for cell in cells if cell["kind"] == "secondary"]
    for cell in sorted(states, key=lambda cell: str(cell["area"])):
        yield row(
            "state",
            cell["area"],
            cell["area_title"],
            cell["mean"] / anchor["mean"],
            None,
            baseline="mean",
            year=2018,
            population=f"29-2071, {cell['area_title']}",
            source=cell["source"],
        )


def setting_rows(cells: list[Row], anchor: Row) -> Iterator[Row]:
    """Each kind of employer's mean over the nation's, errors from the published relative standard errors."""
    for level, label, industry, ownership in SETTINGS:
        cell = setting_cell(cells, industry, ownership)
        yield row(
            "setting",
            level,
            label,
            cell["mean"] / anchor["mean"],
            log_error(cell, anchor),
            baseline="mean",
            year=2018,
            population=f"29-2071, {cell['industry_title']}, {cell['ownership']}",
            source=cell["source"],
        )


def setting_cell(cells: list[Row], industry: str, ownership: str) -> Row:
    """The May 2018 cell of a kind of employer."""
    key = (*ANCHOR, "national", industry, ownership)
    return next(c for c in cells if (c["year"], c["occupation"], c["area_type"], c["industry"], c["ownership"]) == key)


def log_error(part: Row, whole: Row) -> float:
    """Standard error of log(mean of the part / mean of the whole), when the parts are independent.

    var = r_p^2 + r_w^2 - 2 s r_p^2 with the relative standard errors r and the part's share s of the payroll.
    """
    share = part["employment"] * part["mean"] / (whole["employment"] * whole["mean"])
    r_part, r_whole = part["mean_rse"] / 100, whole["mean_rse"] / 100
    return float(math.sqrt(r_part**2 + r_whole**2 - 2 * share * r_part**2))


def area_reading(cells: list[Row]) -> Reading:
    """Metropolitan against nonmetropolitan areas: their medians of 29-2072, averaged by employment."""
    averages = {}
    for name in ("urban", "rural"):
        areas = [cell for cell in located(cells) if cell["location"] == name]
        people = sum(cell["employment"] for cell in areas)
        averages[name] = round(sum(cell["employment"] * cell["p50"] for cell in areas) / people)
    return Reading(
        "location",
        "urban",
        "rural",
        averages["urban"],
        averages["rural"],
        averages["urban"] / averages["rural"],
        2025,
        "29-2072, areas of the United States",
        "spread",
        "BLS OEWS May 2025",
        "Area medians averaged by employment, metropolitan against nonmetropolitan",
    )


def location_rows(areas: Reading) -> Iterator[Row]:
    """AAPC's urban to rural, its error from the distance to the May 2025 areas."""
    pooled = ratios_of("location", "urban", "pooled")
    yield row(
        "location",
        "urban",
        "Urban",
        geometric_mean(pooled),
        spread([*pooled, areas.ratio]),
        baseline="rural",
        year=2009,
        population=CODERS,
        source="AAPC 2009 salary survey, urban against rural members",
        note=f"May 2025 medians of 29-2072, metropolitan against nonmetropolitan areas: {areas.ratio:.3f}",
    )
    yield baseline_row("location", "rural", "Rural", 2009)


def factor_rows(cells: list[Row]) -> list[Row]:
    """Every level of every factor."""
    anchor = setting_cell(cells, "000000", "All")
    surveyed = (*experience_rows(), *education_rows(), *credential_rows())
    published = (*state_rows(cells, anchor), *setting_rows(cells, anchor))
    return [*surveyed, *published, *location_rows(area_reading(cells))]


def write(data: Path, output: Path) -> None:
    """Writes the four tables."""
    cells = oews.all_cells(data)
    factors = factor_rows(cells)
    write_table(output / "factors.csv", COLUMNS, factors)
    write_table(output / "shares.csv", SHARE_COLUMNS, share_rows(cells, data, factors))
    found = (*READINGS, area_reading(cells))
    write_table(output / "readings.csv", Reading._fields, [reading._asdict() for reading in found])
    write_table(output / "roles.csv", ROLE_COLUMNS, role_rows(cells))


if __name__ == "__main__":
    run(write)
