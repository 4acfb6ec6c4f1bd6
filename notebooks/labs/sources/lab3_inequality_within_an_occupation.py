# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] lab="lab3" title="Inequality within an occupation" minutes="90" data=""
# # Lab 3. Inequality within an occupation
#
# Two people with the same job title can be paid very differently. How differently, is that more or less than the
# difference between job titles, and what would a wage floor change? You answer with a published wage distribution, in
# numbers that add up.
#
# **Goals.** At the end you can
#
# 1. compute a Gini coefficient from shares of pay, and draw the Lorenz curve behind it;
# 2. read shares off a Lorenz curve, and explain what grouped data hide;
# 3. split inequality into a part within occupations and a part between them;
# 4. work out what a wage floor costs and whom it reaches, and name the assumptions;
# 5. say which measures a floor moves, and which it cannot.
#
# **Time:** 90 minutes. **You need** Lab 1; percentiles and weighted averages. **You do not need** Lab 2, integrals, or
# any measure of inequality beforehand.

# %%
import matplotlib.pyplot as plt
import numpy as np

import wagefit as wf
from wagefit.labs import variant

# %% student="true"
STUDENT = "your-user-name"

# %%
mine = variant("data/lab3_variants.csv", STUDENT)
row = wf.oews.cell(mine["occupation"], year=2018)
pay = wf.fit(row)  # a curve through the published percentiles and the mean
print(
    f"{row.occupation_title}, {row.release}: {row.employment:,.0f} people, mean ${row.mean:,.0f}"
)
print(", ".join(f"P{100 * p:.0f} ${wage:,.0f}" for p, wage in row.quantiles.items()))

# %% [markdown]
# ## 1. The Lorenz curve and the Gini coefficient
#
# Line people up from the lowest paid to the highest paid. The **Lorenz curve** $L(p)$ is the part of all pay that the
# first $p$ of them receive: $L(0) = 0$, $L(1) = 1$, and equality would be the diagonal. The **Gini coefficient** is the
# area between diagonal and curve over the area below the diagonal, which is 1/2:
#
# $$G = 1 - 2 \int_0^1 L(p)\, dp .$$
#
# With $n$ groups of equal size, the curve is a chain of straight lines through the points $L(k/n)$, and the area below
# it is a sum of trapezoids: each is $1/n$ wide, and as high as the average of its two ends.

# %% [markdown] question="q1" points="2"
# **Question 1** (2 points). Write a function `gini_from_shares(shares)`. It takes the shares of all pay that groups of
# equal size receive, the lowest-paid group first (they add up to 1), and returns the Gini coefficient of the chain of
# straight lines. `np.cumsum` adds up; do not forget the point at which the curve begins.


# %% stub="q1"
def gini_from_shares(shares):
    return ...


# %% solution="q1"
def gini_from_shares(shares):
    curve = np.concatenate([[0.0], np.cumsum(shares)])
    return 1 - np.mean(curve[:-1] + curve[1:])


# %% test="q1" points="0"
assert gini_from_shares([0.25, 0.25, 0.25, 0.25]) is not ..., "Return a number."
assert abs(gini_from_shares([0.5, 0.5])) < 1e-9, "Two groups with equal shares: no inequality."

# %% hidden="q1" points="2"
assert abs(gini_from_shares([0.0, 1.0]) - 0.5) < 1e-9, (
    "If one of two groups has everything, the chain of lines leaves half of the triangle."
)
assert abs(gini_from_shares([0.05, 0.10, 0.15, 0.25, 0.45]) - 0.38) < 1e-9, (
    "Try five groups by hand, trapezoid by trapezoid."
)

# %% [markdown]
# Here is the curve of your occupation, and that of all employees of the country.

# %%
everybody = wf.fit(wf.oews.cell("00-0000", year=2018))
p = np.linspace(0, 1, 201)
figure, axes = plt.subplots(figsize=(4.6, 4.4), layout="constrained")
axes.plot(p, p, color="#9aa5b1", lw=0.8)
axes.plot(p, pay.lorenz(p), color="#3b75af", label="your occupation")
axes.plot(p, everybody.lorenz(p), color="#c4472d", label="all employees")
axes.set(
    xlabel="part of the people, lowest paid first",
    ylabel="part of all pay",
    aspect="equal",
    xlim=(0, 1),
    ylim=(0, 1),
)
axes.legend(frameon=False)
plt.show()
print(
    f"Gini coefficient: {pay.gini():.3f} in your occupation, {everybody.gini():.3f} among all employees"
)

# %% [markdown] question="q2" points="2"
# **Question 2** (2 points). Which part of all pay in your occupation does the lower-paid half receive, `lower_half`?
# Which part does the best-paid tenth receive, `top_tenth`? `pay.lorenz(p)` is the Lorenz curve.

# %% stub="q2"
lower_half = ...
top_tenth = ...

# %% solution="q2"
lower_half = pay.lorenz(0.5)
top_tenth = 1 - pay.lorenz(0.9)

# %% test="q2" points="0"
assert lower_half is not ... and top_tenth is not ..., "Give both shares a value."
assert 0 < lower_half < 1 and 0 < top_tenth < 1, "Shares are fractions between 0 and 1."

# %% hidden="q2" points="1"
curve = wf.fit(
    wf.oews.cell(variant("data/lab3_variants.csv", STUDENT)["occupation"], year=2018)
)
assert lower_half < 0.5, "The lower-paid half cannot receive more than half."
assert abs(lower_half - curve.lorenz(0.5)) < 1e-6, (
    "A share of all pay: where does the curve say how much half of them get?"
)

# %% hidden="q2" points="1"
curve = wf.fit(
    wf.oews.cell(variant("data/lab3_variants.csv", STUDENT)["occupation"], year=2018)
)
assert abs(top_tenth - curve.lorenz(0.9)) > 1e-6, "That is what the other nine tenths receive."
assert abs(top_tenth - curve.top_share(0.1)) < 1e-6, (
    "Everything, less what nine tenths receive."
)

# %% [markdown]
# ## 2. What groups hide
#
# Agencies often print shares of tenths. A chain of straight lines through ten points takes everybody within a tenth as
# equal.

# %% [markdown] question="q3" points="2"
# **Question 3** (2 points). Compute the Gini coefficient of the chain of lines through the Lorenz curve of your
# occupation at 0, 10, 20, ... 100 percent of the people, `gini_of_tenths`.

# %% stub="q3"
gini_of_tenths = ...

# %% solution="q3"
points = pay.lorenz(np.linspace(0, 1, 11))
gini_of_tenths = 1 - np.mean(points[:-1] + points[1:])

# %% test="q3" points="0"
assert gini_of_tenths is not ..., "Give gini_of_tenths a value."
assert 0 < gini_of_tenths < 1, "A Gini coefficient lies between 0 and 1."

# %% hidden="q3" points="2"
curve = wf.fit(
    wf.oews.cell(variant("data/lab3_variants.csv", STUDENT)["occupation"], year=2018)
)
ends = curve.lorenz(np.linspace(0, 1, 11))
assert gini_of_tenths < curve.gini(), (
    "Straight lines lie above the curve. Is their Gini coefficient larger or smaller?"
)
assert abs(gini_of_tenths - (1 - np.mean(ends[:-1] + ends[1:]))) < 1e-6, (
    "Shares of pay of ten groups: differences of the Lorenz curve at eleven points."
)

# %% [markdown]
# Grouped data always understate inequality. With tenths the loss is small; with two groups it is large; and for the
# share of the top one percent, tenths say nothing at all.
#
# ## 3. Within and between
#
# Is inequality a matter of *which* job one has, or of differences between people *in* the same job? The Gini
# coefficient cannot be split cleanly. **Theil's index** can. For groups with payroll shares $s_i$, indices $T_i$ and
# means $\mu_i$,
#
# $$T = \underbrace{\sum_i s_i T_i}_{\text{within}} + \underbrace{\sum_i s_i \log\frac{\mu_i}{\mu}}_{\text{between}} .$$
#
# The weights are shares of **pay**, not of people. Take your occupation and two others of the same major group.

# %%
codes = [mine["occupation"], mine["second"], mine["third"]]
rows = [wf.oews.cell(code, year=2018) for code in codes]
pays = [wf.fit(each) for each in rows]
people = np.array([each.employment for each in rows])
means = np.array([each.mean for each in rows])
theils = np.array([each.theil() for each in pays])
together = wf.mixture(pays, people)
for each, theil in zip(rows, theils, strict=True):
    print(
        f"{each.occupation_title[:45]:45} {each.employment:>10,.0f} people, mean ${each.mean:>7,.0f}, Theil {theil:.4f}"
    )
print(
    f"{'all three together':45} {people.sum():>10,.0f} people, mean ${together.mean():>7,.0f}, "
    f"Theil {together.theil():.4f}"
)

# %% [markdown] question="q4" points="3"
# **Question 4** (3 points). Compute the three payroll shares, `payroll_shares` (an array), and the part of the Theil
# index of all three together that lies **within** the occupations, `within_part`, as a fraction.

# %% stub="q4"
payroll_shares = ...
within_part = ...

# %% solution="q4"
payroll_shares = people * means / np.sum(people * means)
within_part = np.sum(payroll_shares * theils) / together.theil()

# %% test="q4" points="0"
assert payroll_shares is not ... and within_part is not ..., "Give both a value."
assert np.shape(payroll_shares) == (3,), "There are three occupations, hence three shares."
assert 0 < within_part < 1, "A part of the whole is a fraction."

# %% hidden="q4" points="1"
asked = variant("data/lab3_variants.csv", STUDENT)
cells = [wf.oews.cell(asked[name], year=2018) for name in ("occupation", "second", "third")]
payrolls = np.array([each.employment * each.mean for each in cells])
heads = np.array([each.employment for each in cells])
assert np.abs(np.array(payroll_shares) - heads / heads.sum()).max() > 1e-6, (
    "These are shares of people. Of what are they asked?"
)
assert np.abs(np.array(payroll_shares) - payrolls / payrolls.sum()).max() < 1e-6, (
    "Each payroll over the sum of the three."
)

# %% hidden="q4" points="2"
asked = variant("data/lab3_variants.csv", STUDENT)
cells = [wf.oews.cell(asked[name], year=2018) for name in ("occupation", "second", "third")]
payrolls = np.array([each.employment * each.mean for each in cells])
between = np.sum(
    payrolls
    / payrolls.sum()
    * np.log([each.mean * sum(c.employment for c in cells) for each in cells])
)
between -= np.log(payrolls.sum())
inside = np.sum(payrolls / payrolls.sum() * [wf.fit(each).theil() for each in cells])
assert abs(within_part - between / (between + inside)) > 1e-5, (
    "That is the part between the occupations."
)
assert abs(within_part - inside / (between + inside)) < 1e-5, (
    "The first sum of the formula, as a part of the whole."
)

# %%
if within_part is not ...:
    print(f"within {within_part:.1%}, between {1 - within_part:.1%}")

# %% [markdown]
# In every variant of this lab the larger part is within: which of the three occupations people have explains less than
# half of how unequally they are paid.
#
# ## 4. A wage floor of 15 dollars an hour
#
# At 2,080 hours 15 dollars an hour are \$31,200 a year. Suppose that everybody below the floor is raised to the floor,
# and that nothing else happens. `pay.cdf(w)` is the part of people who earn at most `w`; `pay.mean_between(a, b)` is
# the mean pay of those between the parts `a` and `b` of the people.

# %%
floor = 31_200
print(f"the lowest-paid tenth earns ${pay.mean_between(0, 0.1):,.0f} on average")

# %% [markdown] question="q5" points="3"
# **Question 5** (3 points). Which part of your occupation is below the floor, `share_below`? By how many dollars a year
# does the mean pay of **the whole occupation** rise, `mean_rises`?

# %% stub="q5"
share_below = ...
mean_rises = ...

# %% solution="q5"
share_below = pay.cdf(floor)
mean_rises = share_below * (floor - pay.mean_between(0, share_below))

# %% test="q5" points="0"
assert share_below is not ... and mean_rises is not ..., "Give both a value."
assert 0 < share_below < 1, "A part of the people is a fraction."
assert mean_rises > 0, "A floor raises the mean."

# %% hidden="q5" points="1"
curve = wf.fit(
    wf.oews.cell(variant("data/lab3_variants.csv", STUDENT)["occupation"], year=2018)
)
assert abs(share_below - curve.cdf(31_200)) < 1e-6, (
    "Which part of the people earns at most 31,200 dollars?"
)

# %% hidden="q5" points="2"
curve = wf.fit(
    wf.oews.cell(variant("data/lab3_variants.csv", STUDENT)["occupation"], year=2018)
)
part = curve.cdf(31_200)
gap = 31_200 - curve.mean_between(0, part)
assert abs(mean_rises - gap) > 0.01, (
    "That is the raise of those below the floor. The others have none."
)
assert abs(mean_rises - part * 31_200) > 0.01, (
    "People below the floor have been paid something before."
)
assert abs(mean_rises - part * gap) < 0.01, (
    "How many people of a hundred get how much on average? Spread it over all hundred."
)

# %%
if mean_rises is not ...:
    total = row.employment * mean_rises / 1e9
    print(
        f"payroll: {mean_rises / row.mean:+.1%}, or ${total:.2f} billion a year in this occupation"
    )

# %% [markdown] question="q6" points="2"
# **Question 6** (2 points). The ratio P90/P10 is a common measure of inequality. Give it before the floor,
# `ratio_before`, and after it, `ratio_after`. After the floor, every percentile is either what it was or the floor.

# %% stub="q6"
ratio_before = ...
ratio_after = ...

# %% solution="q6"
ratio_before = row.p90 / row.p10
ratio_after = max(row.p90, floor) / max(row.p10, floor)

# %% test="q6" points="0"
assert ratio_before is not ... and ratio_after is not ..., "Give both ratios a value."
assert ratio_after > 1, "P90 is above P10."

# %% hidden="q6" points="1"
asked = wf.oews.cell(variant("data/lab3_variants.csv", STUDENT)["occupation"], year=2018)
assert abs(ratio_before - asked.p90 / asked.p10) < 1e-3, "A ratio of two published percentiles."

# %% hidden="q6" points="1"
asked = wf.oews.cell(variant("data/lab3_variants.csv", STUDENT)["occupation"], year=2018)
assert ratio_after < asked.p90 / asked.p10 - 1e-6, "A floor brings P10 and P90 closer together."
assert abs(ratio_after - asked.p90 / 31_200) < 1e-3, (
    "Which of the two percentiles is below the floor, and what becomes of it?"
)

# %% [markdown]
# The floor does not move P90/P50 at all, as the median is above it. It lowers P90/P10, and it lowers the Gini
# coefficient, but seldom by the same percentage: between 5 and 35 percent each in the occupations of this lab. Which
# measure one reports decides how large the effect looks.

# %%
after = np.maximum(pay.ppf((np.arange(2_000) + 0.5) / 2_000), floor)
order = np.arange(2_000) / 2_000
gini_after = (
    2 * np.cov(after, order)[0, 1] / after.mean()
)  # the Gini coefficient of many people in order
print(f"Gini coefficient: {pay.gini():.3f} before, {gini_after:.3f} after")

# %% [markdown] question="q7" points="3" written="true"
# **Question 7** (3 points, written). The cost of the floor in question 5 rests on the words "and nothing else happens".
# Name **three** things that may happen in fact, and say for each whether it makes the rise of the payroll larger or
# smaller than computed. At least one of the three should be about how the data are made, or about people whom the law
# does not reach.

# %% [markdown] stub="q7"
# *Write your answer here.*

# %% [markdown] solution="q7"
# Any three, one of the last three among them:
#
# 1. **Fewer jobs or hours.** Employers cut jobs or hours of people below the floor: smaller. How much is disputed; most
#    studies of moderate floors find little. Where an employer has power over wages, employment may even rise.
# 2. **Ripples.** People just above the floor get raises as well, to keep distances: larger.
# 3. **Prices and turnover.** Fewer people quit, so that less is spent on hiring and training: smaller (total cost, not
#    pay).
# 4. **Non-compliance and exemptions.** Some are not paid the floor, or the law does not cover them: smaller.
# 5. **Tips.** OEWS wages hold tips that employers report; a floor may count them in part: depends on the law.
# 6. **Hours.** The table takes every job for full-time, all year. Part-time jobs cost less in dollars: smaller. They
#    are more frequent among the low paid, so that the percentage, too, is smaller.
# 7. **Dates.** Wages are those of 2018 and older answers moved forward. By the time of a new floor fewer would be below
#    it: smaller.

# %% [markdown] rubric="q7"
# - 1 point for each thing with the right direction and half a sentence of reason; a direction without a reason gets
#   half.
# - At most 2 points if none of the three is about the data or the reach of the law (hours, tips, dates, exemptions).
# - "Unemployment rises" without a direction for the payroll: half a point. The marker does not decide the dispute on
#   employment effects: both signs count with a mechanism (competitive market: fewer jobs; monopsony: perhaps more).
