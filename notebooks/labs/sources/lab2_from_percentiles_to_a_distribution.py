# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] lab="lab2" title="From five percentiles to a distribution" minutes="90" data=""
# # Lab 2. From five percentiles to a distribution
#
# An agency collects reports of a million establishments and prints six numbers: five percentiles and a mean. You want a
# seventh: the 95th percentile, or the share below a living wage. Between knowing nothing and knowing everything there
# is a middle, and this lab is about working there honestly.
#
# **Goals.** At the end you can
#
# 1. fit a lognormal to two percentiles by hand, and test it against the others;
# 2. say what published figures imply **without any model**, as lowest and highest possible values;
# 3. bound the mean of the best-paid tenth by payroll arithmetic;
# 4. estimate what is not printed, with an interval, and say what the interval holds and what it does not;
# 5. explain what the mean adds to the percentiles.
#
# **Time:** 90 minutes. **You need** Lab 1, logarithms, and to have seen the normal distribution. **You do not need**
# calculus, or any theory of fitting.

# %%
import matplotlib.pyplot as plt
import numpy as np

import wagefit as wf
from wagefit.labs import variant

# %% student="true"
STUDENT = "your-user-name"

# %%
mine = variant("data/lab2_variants.csv", STUDENT)
row = wf.oews.cell(mine["occupation"], year=2018)
wage = float(mine["wage"])
print(
    f"{row.occupation_title}, {row.release}: {row.employment:,.0f} people, mean ${row.mean:,.0f}"
)
for p, printed in row.quantiles.items():
    print(f"P{100 * p:.0f}  ${printed:>9,.0f}")

# %% [markdown]
# ## 1. Two numbers make a lognormal
#
# Wages are often close to **lognormal**: their logarithms are normally distributed. A lognormal has two parameters, its
# median $m$ and the standard deviation $\sigma$ of log wages, and its percentiles are
#
# $$Q(p) = m \, e^{\sigma z(p)}, \qquad z(0.10) = -1.2816, \quad z(0.90) = +1.2816,$$
#
# where $z(p)$ is the percentile of the standard normal distribution. Two published percentiles determine both
# parameters.

# %% [markdown] question="q1" points="2"
# **Question 1** (2 points). From P10 and P90 of your occupation alone, compute the standard deviation of log wages,
# `sigma`, and the median that the lognormal has, `m`. Write both equations, divide one by the other, and take
# logarithms.

# %% stub="q1"
sigma = ...
m = ...

# %% solution="q1"
sigma = np.log(row.p90 / row.p10) / (2 * 1.2816)
m = np.sqrt(row.p10 * row.p90)

# %% test="q1" points="0"
assert sigma is not ... and m is not ..., "Give both parameters a value."
assert sigma > 0, "A standard deviation is positive."
assert row.p10 < m < row.p90, "The median lies between P10 and P90."

# %% hidden="q1" points="1"
asked = wf.oews.cell(variant("data/lab2_variants.csv", STUDENT)["occupation"], year=2018)
assert abs(sigma * 2 * 1.2816 - np.log(asked.p90 / asked.p10)) < 1e-3, (
    "How many standard deviations of log wages lie between P10 and P90?"
)

# %% hidden="q1" points="1"
asked = wf.oews.cell(variant("data/lab2_variants.csv", STUDENT)["occupation"], year=2018)
assert abs(m - asked.p50) > 1e-6, "That is the published median. Use P10 and P90 alone."
assert abs(m - (asked.p10 + asked.p90) / 2) > 1e-6, (
    "In the middle of the logarithms, not of the dollars."
)
assert abs(m - np.sqrt(asked.p10 * asked.p90)) < 1, (
    "Multiply the two equations: what happens to sigma?"
)

# %% [markdown]
# ## 2. Six facts against two parameters
#
# The lognormal went through two facts. Four are left to test it: P25, P50, P75 and the mean.

# %% [markdown] question="q2" points="2"
# **Question 2** (2 points). By how many percent is the lognormal's median above the published one? Give `median_miss`:
# positive if it is above, negative if below. Use P10 and P90 again; your `m` may be used if you trust it.

# %% stub="q2"
median_miss = ...

# %% solution="q2"
median_miss = 100 * (np.sqrt(row.p10 * row.p90) / row.p50 - 1)

# %% test="q2" points="0"
assert median_miss is not ..., "Give median_miss a value."
assert abs(median_miss) < 30, "In percent, the miss is smaller than that."

# %% hidden="q2" points="2"
asked = wf.oews.cell(variant("data/lab2_variants.csv", STUDENT)["occupation"], year=2018)
expected = 100 * (np.sqrt(asked.p10 * asked.p90) / asked.p50 - 1)
assert abs(median_miss + expected) > 0.05, "The sign: which of the two is above the other?"
assert abs(100 * median_miss - expected) > 0.05, "The right size, but not in percent."
assert abs(median_miss - expected) < 0.05, (
    "Compare the lognormal's median with the published one, relative to the latter."
)

# %% [markdown]
# A miss of a few percent is a lot: the published mean of such an occupation usually has a standard error of well below
# one percent, and the median's cannot be much larger. With 100,000 people a family of two parameters is always wrong,
# and the question is only where.
#
# ## 3. What is certain
#
# Before choosing a better curve, ask what needs none. Percentiles are statements about shares of people, and some
# questions have answers that hold **whatever the distribution looks like** between the printed figures. Charles Manski
# calls this *partial identification*: the answer is a range, and a range without assumptions is worth more than a point
# with bad ones.

# %%
print(f"Your question: which share of {row.occupation_title} earns at most ${wage:,.0f}?")

# %% [markdown] question="q3" points="2"
# **Question 3** (2 points). Using the five percentiles only, what is the smallest possible share that earns at most
# `wage`, `share_low`, and what is the largest, `share_high`? Give fractions, such as `0.3`.

# %% stub="q3"
share_low = ...
share_high = ...

# %% solution="q3"
share_low = max(p for p, printed in row.quantiles.items() if printed <= wage)
share_high = min(p for p, printed in row.quantiles.items() if printed > wage)

# %% test="q3" points="0"
assert share_low is not ... and share_high is not ..., "Give both shares a value."
assert 0 <= share_low <= share_high <= 1, "Shares are fractions, the smaller one first."

# %% hidden="q3" points="2"
asked = variant("data/lab2_variants.csv", STUDENT)
known = wf.oews.cell(asked["occupation"], year=2018).quantiles
assert share_high - share_low > 1e-6, (
    "One number needs a model. Which shares are possible without one?"
)
assert abs(share_low - max(p for p, w in known.items() if w <= float(asked["wage"]))) < 1e-9, (
    "Which share certainly earns at most this wage?"
)
assert abs(share_high - min(p for p, w in known.items() if w > float(asked["wage"]))) < 1e-9, (
    "Which share certainly does not earn less than the next printed percentile?"
)

# %% [markdown]
# ## 4. What the mean knows
#
# No percentile says anything about the people above P90, except that they earn more than P90. The **mean** does: the
# payroll is the mean times the number of people, and what the lower ninety percent certainly receive cannot go to the
# upper ten.

# %% [markdown] question="q4" points="3"
# **Question 4** (3 points). What is the highest mean pay that the best-paid tenth of your occupation can have,
# `top_high`? Give everybody else as little as the printed percentiles allow: the lowest tenth 0 dollars, people between
# P10 and P25 just P10, and so on. The payroll per hundred people is 100 times `row.mean`.

# %% stub="q4"
top_high = ...

# %% solution="q4"
least_of_others = 10 * 0 + 15 * row.p10 + 25 * row.p25 + 25 * row.p50 + 15 * row.p75
top_high = (100 * row.mean - least_of_others) / 10

# %% test="q4" points="0"
assert top_high is not ..., "Give top_high a value."
assert top_high > row.p90, "The best-paid tenth earns P90 or more."

# %% hidden="q4" points="3"
asked = wf.oews.cell(variant("data/lab2_variants.csv", STUDENT)["occupation"], year=2018)
others = 0.15 * asked.p10 + 0.25 * asked.p25 + 0.25 * asked.p50 + 0.15 * asked.p75
assert abs(top_high - (asked.mean - others - 0.10 * asked.p10) / 0.10) > 1, (
    "The lowest tenth earns at most P10. What is the least that it may earn?"
)
assert abs(top_high - (asked.mean - others) / 0.10) < 1, (
    "Take from the payroll of a hundred people what ninety certainly receive; the rest is for ten."
)

# %% [markdown]
# The range from P90 to `top_high` is wide. It is what is certain. To say more, one has to assume something about how
# wages are spread between the figures, and then to say how much the answer depends on it.
#
# ## 5. An estimate, and how far it may be off
#
# `wf.fit` draws a smooth curve that meets all five percentiles **and** the mean exactly. Between them, and beyond the
# last one, it takes what is most plausible given thousands of published wage distributions. `pay.ppf(p)` is a
# percentile of the curve. `pay.credible("ppf", p)` gives the ends of a 90 percent interval: among distributions that
# meet the same facts and look like real ones, nine of ten have their percentile inside.

# %%
pay = wf.fit(row)
x = np.linspace(0.4 * row.p10, 1.5 * row.p90, 400)
figure, axes = plt.subplots(figsize=(8, 3.2), layout="constrained")
axes.plot(x, pay.pdf(x), color="#3b75af", label="curve through all six facts")
lognormal = wf.fit(quantiles={0.10: row.p10, 0.90: row.p90}, family="lognormal")
axes.plot(x, lognormal.pdf(x), "--", color="#c4472d", label="lognormal")
for printed in row.quantiles.values():
    axes.axvline(printed, color="#9aa5b1", lw=0.8)
axes.set(yticks=[], xlabel="dollars a year")
axes.set_title(
    f"{row.occupation_title}: density of pay, published percentiles in gray",
    loc="left",
    fontsize=10,
)
axes.xaxis.set_major_formatter("${x:,.0f}")
axes.legend(frameon=False)
plt.show()

# %% [markdown] question="q5" points="2"
# **Question 5** (2 points). Estimate the 95th percentile of pay in your occupation, `p95`, and give the ends of its 90
# percent interval, `p95_low` and `p95_high`.

# %% stub="q5"
p95 = ...
p95_low = ...
p95_high = ...

# %% solution="q5"
p95 = pay.ppf(0.95)
p95_low, p95_high = pay.credible("ppf", 0.95)

# %% test="q5" points="0"
assert p95 is not ... and p95_low is not ... and p95_high is not ..., "Give all three a value."
assert p95_low < p95 < p95_high, "The estimate lies inside its interval."

# %% hidden="q5" points="1"
estimated = wf.fit(
    wf.oews.cell(variant("data/lab2_variants.csv", STUDENT)["occupation"], year=2018)
)
assert p95 > estimated.ppf(0.9), "P95 is above the published P90."
assert abs(p95 / estimated.ppf(0.95) - 1) < 1e-6, (
    "Ask the curve, at a probability between 0 and 1."
)

# %% hidden="q5" points="1"
estimated = wf.fit(
    wf.oews.cell(variant("data/lab2_variants.csv", STUDENT)["occupation"], year=2018)
)
lower, upper = estimated.credible("ppf", 0.95)
assert abs(p95_low / lower - 1) < 1e-6 and abs(p95_high / upper - 1) < 1e-6, (
    "Ask for the interval of this percentile: which name and which probability does credible need?"
)

# %% [markdown]
# How would anybody know whether such estimates are any good? By hiding figures and estimating them. The British *Annual
# Survey of Hours and Earnings* prints eleven percentiles. Here the curve sees five of them, and the mean, of the hourly
# pay of programmers (full-time, April 2021, in pounds), and guesses the others.

# %%
seen = {0.10: 13.76, 0.25: 17.10, 0.50: 22.43, 0.75: 28.13, 0.90: 35.46}
hidden = {0.20: 16.08, 0.30: 18.33, 0.40: 20.18, 0.60: 24.20, 0.70: 26.76, 0.80: 30.10}
british = wf.fit(mean=23.84, quantiles=seen, unit="GBP/hour")
lows, highs = british.credible("ppf", list(hidden))
for (p, truth), lower, upper in zip(hidden.items(), lows, highs, strict=True):
    print(
        f"P{100 * p:.0f}: guessed {british.ppf(p):.2f} ({lower:.2f} to {upper:.2f}), printed {truth:.2f}"
    )

# %% [markdown]
# ## 6. What the mean adds
#
# You can take a fact away and see what it was worth.

# %%
without_mean = wf.fit(quantiles=row.quantiles, employment=row.employment)

# %% [markdown] question="q6" points="3"
# **Question 6** (3 points). Write a function `relative_width(curve, p)`: the length of the 90 percent interval of the
# percentile at `p`, divided by the estimate. Then compute `mean_is_worth`: how many times as wide the interval of the
# 99th percentile is without the mean (`without_mean`) as with it (`pay`).


# %% stub="q6"
def relative_width(curve, p):
    return ...


mean_is_worth = ...


# %% solution="q6"
def relative_width(curve, p):
    lower, upper = curve.credible("ppf", p)
    return (upper - lower) / curve.ppf(p)


mean_is_worth = relative_width(without_mean, 0.99) / relative_width(pay, 0.99)

# %% test="q6" points="1"
trial = wf.fit(mean=44_010, quantiles={0.25: 32_070, 0.5: 40_350, 0.75: 52_730})
lower, upper = trial.credible("ppf", 0.9)
assert abs(relative_width(trial, 0.9) - (upper - lower) / trial.ppf(0.9)) < 1e-9, (
    "The length of the interval, as a part of the estimate."
)

# %% hidden="q6" points="2"
asked = wf.oews.cell(variant("data/lab2_variants.csv", STUDENT)["occupation"], year=2018)
curves = wf.fit(quantiles=asked.quantiles, employment=asked.employment), wf.fit(asked)
widths = [np.diff(each.credible("ppf", 0.99))[0] / each.ppf(0.99) for each in curves]
assert abs(mean_is_worth - widths[1] / widths[0]) > 1e-6, (
    "Which of the two intervals should be the wider one?"
)
assert abs(mean_is_worth / (widths[0] / widths[1]) - 1) < 1e-6, (
    "Compare the relative widths at the 99th percentile."
)

# %%
for p in (0.30, 0.60, 0.95, 0.99):
    widths = [relative_width(curve, p) for curve in (pay, without_mean)]
    if widths[0] is not ...:
        print(f"P{100 * p:.0f}: width {widths[0]:.1%} with the mean, {widths[1]:.1%} without")

# %% [markdown]
# Between printed percentiles the figures leave little room, with or without the mean. Beyond the last one the mean is
# nearly all that is known.

# %% [markdown] question="q7" points="3" written="true"
# **Question 7** (3 points, written). A colleague wants to write in a report: "The best-paid one percent of the
# occupation earn more than \$X", with X from `pay.ppf(0.99)`, and nothing else. Rewrite the sentence, or two, so that
# they are true. Then name one thing that your interval does **not** cover.

# %% [markdown] stub="q7"
# *Write your answer here.*

# %% [markdown] solution="q7"
# "We estimate that the best-paid one percent earn more than about \$X a year (90 percent interval: \$A to \$B). BLS
# publishes no percentile above the 90th; the estimate rests on the published mean and percentiles of May 2018 and on
# how the tails of wage distributions usually look."
#
# The interval does not cover, for instance: errors of the answers themselves (employers report wage ranges);
# establishments that did not answer; an occupation whose tail is unlike those the curve has learned from, such as one
# with a few stars; pay that the survey does not count, such as overtime, bonuses and stock; that a part-time job's
# annual wage is hourly pay times 2,080.

# %% [markdown] rubric="q7"
# - 1 point: the sentence calls the figure an estimate and gives its interval, rounded sensibly.
# - 1 point: it says what is published (up to P90, and the mean) or that the rest is assumed.
# - 1 point: one thing outside the interval: answers or their absence, unusual tails, pay that is not counted, another
#   year. "The sample is small" does not count: at these numbers of people the luck of the draw is the least of the
#   worries.
