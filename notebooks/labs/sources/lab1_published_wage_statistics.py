# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] lab="lab1" title="Reading published wage statistics" minutes="75" data="printed_rows_2018"
# # Lab 1. Reading published wage statistics
#
# A news story says that an occupation "averages \$44,010, and the top ten percent earn more than \$63,820". Who counted
# these people? How sure is anybody of the average? Is it this year's? In this lab you read one row of the largest wage
# survey of the United States as its authors meant it.
#
# **Goals.** At the end you can
#
# 1. say in people what a percentile says in dollars;
# 2. turn a relative standard error into an interval, and say what the interval is about;
# 3. read the marks `#` and `*` as what they are, statements about a figure that is not printed;
# 4. say whose annual pay an "annual wage" is;
# 5. find the release that a quoted figure comes from, and compare it with another in constant dollars.
#
# **Time:** 75 minutes. **You need** percentages, and Python as far as variables, functions and `if`. **You do not
# need** statistics beyond the word "average", or any knowledge of the survey.
#
# **The survey.** Twice a year the Bureau of Labor Statistics (BLS) asks 180,000 to 200,000 establishments how many
# people of each occupation they employ in each of twelve wage ranges. Three years of answers make one release of the
# *Occupational Employment and Wage Statistics* (OEWS), with a row for each occupation. It counts jobs of employees, not
# people: the self-employed are not in it, and who holds two jobs is in it twice. Below, "people" means such jobs.

# %%
import csv
from itertools import pairwise

import matplotlib.pyplot as plt

import wagefit as wf
from wagefit.labs import variant

# %% [markdown]
# Type your user name between the quotation marks. It chooses your occupation; your neighbor's is probably
# another one, with other answers.

# %% student="true"
STUDENT = "your-user-name"

# %%
mine = variant("data/lab1_variants.csv", STUDENT)
row = wf.oews.cell(mine["occupation"], year=2018)
print(f"{row.occupation} {row.occupation_title}, {row.area_title}, {row.release}")
print(f"people employed   {row.employment:>12,.0f}")
print(f"mean              {row.mean:>12,.0f}   relative standard error {row.mean_rse} percent")
for p, wage in row.quantiles.items():
    print(f"percentile {100 * p:>3.0f}    {wage:>12,.0f}")

# %% [markdown]
# ## 1. Percentiles are about people
#
# The 25th percentile, P25, is the wage that a quarter of the people do not exceed. The picture has one dot for each
# hundredth of the people of your occupation, from the lowest paid to the highest paid, and the five percentiles that
# are printed. Nothing in the table says where exactly the dots between two printed percentiles lie: they are drawn at
# equal distances.

# %%
inside = list(row.quantiles.items())
figure, axes = plt.subplots(figsize=(8, 2.2), layout="constrained")
for (p, low), (q, high) in pairwise(inside):
    n = round(100 * (q - p))
    axes.scatter(
        [low + (high - low) * (k + 0.5) / n for k in range(n)],
        [0] * n,
        s=14,
        color="#3b75af",
        alpha=0.6,
    )
for p, wage in inside:
    axes.axvline(wage, color="#1f2d3d", lw=0.8)
    axes.annotate(f"P{100 * p:.0f}", (wage, 0.6), ha="center", backgroundcolor="white")
axes.set(ylim=(-1, 1), yticks=[], xlabel="dollars a year")
axes.set_title(
    f"{row.occupation_title}: the middle eighty of a hundred people", loc="left", fontsize=10
)
axes.xaxis.set_major_formatter("${x:,.0f}")
plt.show()

# %% [markdown] question="q1" points="2"
# **Question 1** (2 points). How many people of your occupation are paid more than P90, `above_p90`? How many are paid
# between P25 and P90, `between`? Use `row.employment`.

# %% stub="q1"
above_p90 = ...
between = ...

# %% solution="q1"
above_p90 = 0.10 * row.employment
between = (0.90 - 0.25) * row.employment

# %% test="q1" points="0"
assert above_p90 is not ... and between is not ..., "Give both numbers a value."
assert 0 < above_p90 < row.employment, "above_p90 is a number of people, less than all of them."
assert 0 < between < row.employment, "between is a number of people, less than all of them."

# %% hidden="q1" points="1"
people = wf.oews.cell(
    variant("data/lab1_variants.csv", STUDENT)["occupation"], year=2018
).employment
assert abs(above_p90 - 0.10 * people) < 1, (
    "Which part of the people is paid more than the 90th percentile?"
)

# %% hidden="q1" points="1"
people = wf.oews.cell(
    variant("data/lab1_variants.csv", STUDENT)["occupation"], year=2018
).employment
assert abs(between - 0.65 * people) < 1, (
    "Count the people below P90, then take away those below P25."
)

# %% [markdown]
# ## 2. How sure is the average?
#
# BLS asked a sample. Another sample would have given another mean. The *relative standard error* (RSE) says how far
# apart such means would typically lie: it is the standard error of the estimate **in percent of the estimate**. In
# about 95 of 100 samples the mean of everybody lies within 1.96 standard errors of the estimated one.

# %% [markdown] question="q2" points="2"
# **Question 2** (2 points). Compute the 95 percent confidence interval for the mean wage of your occupation, from
# `row.mean` and `row.mean_rse`: its ends are `low` and `high`, in dollars.

# %% stub="q2"
low = ...
high = ...

# %% solution="q2"
standard_error = row.mean * row.mean_rse / 100
low = row.mean - 1.96 * standard_error
high = row.mean + 1.96 * standard_error

# %% test="q2" points="0"
assert low is not ... and high is not ..., "Give both ends a value."
assert low < row.mean < high, "The interval should have the estimated mean inside."

# %% hidden="q2" points="2"
asked = wf.oews.cell(variant("data/lab1_variants.csv", STUDENT)["occupation"], year=2018)
assert low > 0, (
    "An end of your interval is negative. In which unit is the relative standard error?"
)
assert high - low < 0.2 * asked.mean, (
    "That interval is about the wages of people. The question is about their mean."
)
assert high - low > 0.001 * asked.mean, (
    "The interval is too narrow by far. In which unit is the standard error?"
)
assert abs((high - low) / asked.mean - 2 * 1.96 * asked.mean_rse / 100) < 1e-5, (
    "The length of the interval is not right."
)
assert abs((low + high) / 2 - asked.mean) < 1, (
    "The interval should lie evenly around the estimate."
)

# %% [markdown]
# The interval is short because hundreds of thousands of jobs were reported. It is **not** the range in which people's
# wages lie, which goes from below P10 to above P90. And it only holds the luck of the draw: not answers that are wrong,
# not establishments that did not answer.
#
# ## 3. Marks are information
#
# Not every figure is printed. BLS explains its marks at the foot of the table:
#
# | printed | means |
# |---|---|
# | `#` | this wage is equal to or greater than \$100.00 an hour or \$208,000 a year (the *top code* of May 2018) |
# | `*` | a wage estimate is not available |
#
# Here are some rows as they were printed.

# %%
with open("data/printed_rows_2018.csv", encoding="utf-8", newline="") as file:
    printed = list(csv.DictReader(file))
columns = {
    "P10": "A_PCT10",
    "P25": "A_PCT25",
    "median": "A_MEDIAN",
    "P75": "A_PCT75",
    "P90": "A_PCT90",
}
print(f"{'':30}" + "".join(f"{name:>10}" for name in columns))
for each in printed:
    if each["OCC_CODE"] in ("11-1011", "19-2031", "23-1011", "27-2031", "29-1067"):
        print(
            f"{each['OCC_TITLE']:30}"
            + "".join(f"{each[name]:>10}" for name in columns.values())
        )

# %% [markdown] question="q3" points="3"
# **Question 3** (3 points). Write a function `known(text)` that says between which two numbers a printed annual wage of
# May 2018 lies. It returns the lowest and the highest value that the wage can have:
#
# - of a number such as `"44,010"` both are that number, as a float;
# - of `"#"` and of `"*"` you decide. `float("inf")` is a number above every other.


# %% stub="q3"
def known(text):
    return ...


# %% solution="q3"
def known(text):
    if text == "#":
        return 208_000.0, float("inf")
    if text == "*":
        return 0.0, float("inf")
    wage = float(text.replace(",", ""))
    return wage, wage


# %% test="q3" points="1"
assert tuple(known("44,010")) == (44010.0, 44010.0), (
    "A printed number is known exactly. Mind the comma."
)
assert tuple(known("950")) == (950.0, 950.0), "There are numbers without a comma, too."

# %% hidden="q3" points="1"
assert known("#")[0] == 208000, (
    "The mark # says something about the wage. What is the least that it can be?"
)
assert known("#")[1] == float("inf"), "The mark # does not say how high the wage is."

# %% hidden="q3" points="1"
assert known("*")[0] <= 0, (
    "Nothing is known of a wage that is not available: it may be lower than any other."
)
assert known("*")[1] == float("inf"), (
    "Nothing is known of a wage that is not available: it may be higher than any other."
)

# %% [markdown]
# Replacing `#` by 208,000, or leaving such rows out, makes every average of well-paid occupations too low. Software
# does both without being asked. Of surgeons, whose mean of \$255,110 is printed, three of five percentiles are marks.
#
# ## 4. Whose annual wage?
#
# For most occupations employers report hourly pay, or annual pay, whatever the hours of the job. BLS prints both, and
# makes one from the other with 2,080 hours: 52 weeks of 40 hours. So the annual wage is what a job *would* pay
# full-time, all year round. A part-time job is in the table as if it were full-time.

# %%
print(f"{row.occupation_title}: median ${row.hourly_p50} an hour, ${row.p50:,.0f} a year")
print(f"2,080 hours at the hourly median: ${2080 * row.hourly_p50:,.0f}")

# %% [markdown] question="q4" points="2"
# **Question 4** (2 points). Somebody in your occupation is paid the median wage, works 24 hours a week and is paid for
# 50 weeks of the year. What does this job pay in a year, `part_time_pay`, in dollars?

# %% stub="q4"
part_time_pay = ...

# %% solution="q4"
part_time_pay = row.hourly_p50 * 24 * 50

# %% test="q4" points="0"
assert part_time_pay is not ..., "Give part_time_pay a value."
assert 0 < part_time_pay < row.p50, (
    "A part-time job pays less in a year than the table's annual wage."
)

# %% hidden="q4" points="2"
asked = wf.oews.cell(variant("data/lab1_variants.csv", STUDENT)["occupation"], year=2018)
assert abs(part_time_pay / (asked.p50 * 24 / 40) - 1) > 1e-3, (
    "Mind the weeks: this job is paid for 50 of them."
)
assert abs(part_time_pay - asked.hourly_p50 * 1200) < 2, (
    "How many hours are paid in the year, and at which wage?"
)

# %% [markdown]
# ## 5. Which release?
#
# A web page says of your occupation:

# %%
mean_quoted, p90_quoted = float(mine["quoted_mean"]), float(mine["quoted_p90"])
print(f'"{row.occupation_title} earn ${mean_quoted:,.0f} on average,')
print(f' and the best-paid ten percent more than ${p90_quoted:,.0f}."')

# %% [markdown]
# The page gives no date. But figures leave fingerprints: `wf.oews.identify` looks among 26,465 national rows that BLS
# has printed since 1997, and some others. This is how it answers for another occupation:

# %%
found = wf.oews.identify(mean=44_010, occupation="29-2071")
print(found)
print("year:", found[0].cell.year)

# %% [markdown] question="q5" points="2"
# **Question 5** (2 points). From which year's release is the quoted average, `mean_year`? From which is the quoted P90,
# `p90_year`? Ask for one figure at a time. The code of your occupation is `mine["occupation"]`.

# %% stub="q5"
mean_year = ...
p90_year = ...

# %% solution="q5"
mean_year = wf.oews.identify(mean=mean_quoted, occupation=mine["occupation"])[0].cell.year
p90_year = wf.oews.identify(p90=p90_quoted, occupation=mine["occupation"])[0].cell.year

# %% test="q5" points="0"
assert mean_year is not ... and p90_year is not ..., "Give both years a value."
assert 1997 <= int(mean_year) <= 2025 and 1997 <= int(p90_year) <= 2025, (
    "A year is a number such as 2018."
)

# %% hidden="q5" points="1"
asked = variant("data/lab1_variants.csv", STUDENT)
assert wf.oews.cell(asked["occupation"], year=int(mean_year)).mean == float(
    asked["quoted_mean"]
), "In that year another mean was printed for your occupation."

# %% hidden="q5" points="1"
asked = variant("data/lab1_variants.csv", STUDENT)
assert wf.oews.cell(asked["occupation"], year=int(p90_year)).p90 == float(
    asked["quoted_p90"]
), "In that year another P90 was printed for your occupation."

# %% [markdown]
# The sentence mixes two releases. That is common: pages are updated one figure at a time.
#
# ## 6. Dollars of different years
#
# A wage of 2014 was paid in dollars of 2014. `wf.prices.adjust(wage, start, end)` says what it would take in May of
# year `end` to buy as much as `wage` did in May of year `start`, by the consumer price index CPI-U.

# %%
print(
    f"$10,000 of May 2000 bought what ${wf.prices.adjust(10_000, 2000, 2018):,.0f} bought in May 2018"
)

# %% [markdown] question="q6" points="2"
# **Question 6** (2 points). From the release of the quoted average to May 2018, by how many percent did the mean wage
# of your occupation change **in real terms**, that is, in dollars of equal purchasing power? Give `real_change`, for
# example `2.5` for a rise of 2.5 percent.

# %% stub="q6"
real_change = ...

# %% solution="q6"
then = wf.oews.identify(mean=mean_quoted, occupation=mine["occupation"])[0].cell.year
mean_then = wf.prices.adjust(mean_quoted, then, 2018)
real_change = 100 * (row.mean / mean_then - 1)

# %% test="q6" points="0"
assert real_change is not ..., "Give real_change a value."
assert -50 < real_change < 50, "That would be a very large change. Percent, not dollars?"

# %% hidden="q6" points="2"
asked = variant("data/lab1_variants.csv", STUDENT)
now, then = wf.oews.cell(asked["occupation"], year=2018).mean, float(asked["quoted_mean"])
when = next(
    year
    for year in range(2012, 2018)
    if year in wf.oews.years(asked["occupation"])
    and wf.oews.cell(asked["occupation"], year=year).mean == then
)
assert abs(real_change - 100 * (now / then - 1)) > 1e-6, (
    "This is the change in printed dollars. Prices rose as well."
)
assert (
    abs(real_change - (now / wf.prices.adjust(then, when, 2018) - 1)) > 1e-6
    or abs(real_change) < 0.01
), "The right size, but not in percent."
assert abs(real_change - 100 * (now / wf.prices.adjust(then, when, 2018) - 1)) < 0.01, (
    "Bring the earlier mean into dollars of May 2018, then compare."
)

# %% [markdown]
# ## 7. What a change may be
#
# In May 2021 BLS began to estimate wages by a model in place of plain averages of the answers. Between May 2019 and May
# 2021 it also changed over to a new classification of occupations. Here is your occupation across the break.

# %%
later = [year for year in (2018, 2021) if year in wf.oews.years(row.occupation)]
for year in later:
    each = wf.oews.cell(row.occupation, year=year)
    print(
        f"{each.release}: {each.employment:>10,.0f} people, P25 {each.p25:>8,.0f}, median {each.p50:>8,.0f}"
    )
if len(later) == 1:
    print(f"May 2021 has no code {row.occupation}: the classification changed.")

# %% [markdown] question="q7" points="3" written="true"
# **Question 7** (3 points, written). A student of journalism wants to write: "Between May 2018 and May 2021, pay in
# this occupation changed by ..., says BLS." Name **three different** reasons, other than anybody's pay having changed,
# for which figures of two releases may differ. One sentence each, and for each one thing that the journalist could do
# about it.

# %% [markdown] stub="q7"
# *Write your answer here.*

# %% [markdown] solution="q7"
# Any three of these.
#
# 1. **Prices.** Dollars of 2021 buy less than dollars of 2018. Compare in constant dollars.
# 2. **Who is counted.** The classification changed in between: a code may hold other jobs than before, even under the
#    same title. Look up the crosswalk of the classifications, and compare only codes that hold the same jobs.
# 3. **How it is estimated.** Wages have come from a new, model-based method since May 2021. Use the figures that BLS
#    published for earlier years by the new method for research, or do not compare across the break.
# 4. **Sampling.** Both figures are estimates. Compare the change with its standard error, from both RSEs.
# 5. **Three years in one.** A release averages answers of three years, so that neighboring releases share most of their
#    sample and a change comes late. BLS itself does not encourage the use of OEWS as a time series. Take releases three
#    or more years apart, or another survey.
# 6. **Composition.** Other people hold the jobs: if the lowest-paid jobs disappeared, as in 2020, the average rises
#    though nobody got a raise. Look at employment beside pay, or follow the same people or jobs.

# %% [markdown] rubric="q7"
# - 3 points: three reasons that differ in kind, each with a remedy that fits.
# - 2 points: three reasons without remedies, or two with them.
# - 1 point: one reason with a remedy, or two without.
# - 0 points: only reasons for which pay did change (inflation raised wages, a shortage of workers), or one reason in
#   three wordings. "Inflation" counts when it is about what dollars buy, not about employers paying more.
