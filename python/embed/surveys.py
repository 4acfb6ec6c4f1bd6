"""Published survey figures behind the salary factors: averages in dollars a year, each with where it is printed.

`use` says what a reading is for: "pooled" readings make the ratio, "spread" readings only enter its standard error,
"recorded" ones do neither and are kept because they disagree or compare unlike people.
"""

from __future__ import annotations

from typing import NamedTuple


class Reading(NamedTuple):
    """One comparison of two published averages (or, without dollars, a published ratio)."""

    factor: str
    level: str
    baseline: str
    level_mean: float | None
    baseline_mean: float | None
    ratio: float
    year: int
    population: str
    use: str
    source: str
    note: str


def _compared(
    factor: str,
    level: str,
    baseline: str,
    means: tuple[float, float],
    year: int,
    population: str,
    use: str,
    source: str,
    note: str = "",
) -> Reading:
    return Reading(factor, level, baseline, *means, means[0] / means[1], year, population, use, source, note)


CODERS = "AAPC members, United States"
SURVEY_2006 = "AAPC 2006 salary survey (aapc.com/blog/1467-2006-medical-coding-salary-survey)"
SURVEY_2009 = "AAPC 2009 salary survey, reported in For The Record (fortherecordmag.com/news/100109_news.shtml)"
OWN_2009 = "AAPC 2009 salary survey, AAPC's own article (aapc.com/blog/2802-2009-salary-survey-results)"
SURVEY_2010 = "AAPC 2010 salary survey, reported in Becker's ASC Review (6 Factors That Affect ... Salary)"
SURVEY_2012 = "AAPC 2012 salary survey, reported in Becker's ASC Review (How Much Do Professional Coders Make?)"
SURVEY_2019 = "AAPC 2019 salary survey (aapc.com/resources/research/medical-coding-salary-survey)"
SURVEY_2021 = "AAPC 2021 salary survey (aapc.com/business/resources/medical-coding-and-billing-salary-report)"
ALL_MEMBERS = "All members on average, not at equal experience"

READINGS = (
    _compared(
        "experience",
        "25",
        "0",
        (53_669, 34_551),
        2010,
        "Certified coders",
        "pooled",
        SURVEY_2010,
        "More than 25 years against the first year",
    ),
    _compared(
        "experience",
        "25",
        "0",
        (47_805, 30_175),
        2010,
        "Coders without certification",
        "pooled",
        SURVEY_2010,
        "More than 25 years against the first year",
    ),
    _compared("education", "bachelor", "high school", (51_820, 40_746), 2009, CODERS, "pooled", SURVEY_2009),
    Reading(
        "education",
        "certificate",
        "high school",
        None,
        None,
        1.09,
        2012,
        CODERS,
        "spread",
        SURVEY_2012,
        "Printed as 9 percent, for associate degree or some college together, against no college",
    ),
    Reading(
        "education",
        "associate",
        "high school",
        None,
        None,
        1.09,
        2012,
        CODERS,
        "spread",
        SURVEY_2012,
        "Printed as 9 percent, for associate degree or some college together, against no college",
    ),
    _compared("credential", "CPC", "none", (34_551, 30_175), 2010, "Coders in their first year", "pooled", SURVEY_2010),
    _compared(
        "credential", "CPC", "none", (53_669, 47_805), 2010, "Coders of more than 25 years", "pooled", SURVEY_2010
    ),
    _compared("credential", "CPC", "none", (44_750, 38_290), 2009, CODERS, "pooled", SURVEY_2009, ALL_MEMBERS),
    Reading(
        "credential",
        "CPC",
        "none",
        None,
        None,
        1.21,
        2006,
        CODERS,
        "recorded",
        SURVEY_2006,
        f"Printed as 21 percent. {ALL_MEMBERS}",
    ),
    _compared(
        "credential",
        "CPC",
        "none",
        (44_750, 37_290),
        2009,
        CODERS,
        "recorded",
        OWN_2009,
        "The same survey: AAPC prints 37,290 (and a gap of more than 7,000) where For The Record prints 38,290",
    ),
    _compared("credential", "CPC", "none", (55_923, 42_015), 2019, CODERS, "recorded", SURVEY_2019, ALL_MEMBERS),
    _compared("credential", "CPC", "none", (60_097, 47_200), 2021, CODERS, "recorded", SURVEY_2021, ALL_MEMBERS),
    _compared(
        "location", "urban", "rural", (45_631, 38_930), 2009, CODERS, "pooled", SURVEY_2009, "Suburban members: 44,551"
    ),
)

# AAPC 2021: everybody's average 54,797 lies this far on the way from the average without certification to that with it.
CERTIFIED_SHARE = (54_797 - 47_200) / (60_097 - 47_200)
# AAPC 2009 (its own article): 73.5 percent of the respondents had been to college.
NO_COLLEGE_SHARE = 1 - 0.735
# AAPC 2008: 18 percent of the coders held a four-year degree.
FOUR_YEAR_DEGREE_SHARE = 0.18
SURVEY_2008 = "AAPC 2008 survey, reported by medicalbillingcodingworld.com (How Much Does a Medical Coder Make?)"
