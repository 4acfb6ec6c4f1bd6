# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] lab="lab4" title="Human capital: schooling and experience" minutes="100" data="cps1988_cells"
# # Lab 4. Human capital: schooling and experience
#
# "Another year of school raises pay by nine percent." Behind such sentences stands the equation of Jacob Mincer's
# *Schooling, Experience, and Earnings* (1974), one of the most often estimated in economics. You estimate it from
# published means, read it, and find out what it does not say, in a world in which you know the truth.
#
# **Goals.** At the end you can
#
# 1. turn differences of log wages into percent and back;
# 2. estimate a Mincer equation from a table of group means, with the right weights;
# 3. read its coefficients: the value of a year of school, and when pay stops rising;
# 4. look for a premium on degrees beside that on years;
# 5. work out the bias that an omitted variable causes, and tell a coefficient from a rate of return.
#
# **Time:** 100 minutes. **You need** logarithms, least squares with more than one variable, and matrices as far as
# columns side by side. **You do not need** to have heard of Mincer, or a statistics package.
#
# **The data.** The Current Population Survey of March 1988: men who worked full-time, by region, inside or outside of a
# metropolitan area, years of school, and five years of *potential experience* (age less school less six). Each row has
# the number of men and their mean log weekly pay. Rows of fewer than five men are left out, as agencies do to protect
# the people in them.

# %%
import csv

import matplotlib.pyplot as plt
import numpy as np

import wagefit as wf
from wagefit.labs import variant

# %% student="true"
STUDENT = "your-user-name"

# %%
mine = variant("data/lab4_variants.csv", STUDENT)
with open("data/cps1988_cells.csv", encoding="utf-8", newline="") as file:
    cells = [
        each
        for each in csv.DictReader(file)
        if (each["region"], each["metro"]) == (mine["region"], mine["metro"])
    ]
school, experience, people, log_wage = (
    np.array([float(each[name]) for each in cells])
    for name in ("education", "experience", "people", "log_wage")
)
where = "inside" if mine["metro"] == "yes" else "outside"
print(
    f"{mine['region']}, {where} metropolitan areas: {people.sum():,.0f} men in {len(people)} groups"
)

# %%
figure, axes = plt.subplots(figsize=(7, 3.6), layout="constrained")
for years, color in ((12, "#3b75af"), (16, "#c4472d")):
    these = school == years
    axes.scatter(
        experience[these],
        log_wage[these],
        s=people[these] / 2,
        color=color,
        label=f"{years} years of school",
    )
axes.set(xlabel="potential experience, years", ylabel="mean log weekly pay")
axes.set_title("Each dot is a group of men; its area is their number", loc="left", fontsize=10)
axes.legend(frameon=False, loc="lower right")
plt.show()

# %% [markdown]
# ## 1. Logarithms and percent
#
# Differences of logarithms are ratios: if mean log pay is higher by $d$, pay is higher by the factor $e^d$ (of
# geometric means). For small $d$ that is about $100\,d$ percent; for the gap between school leavers and graduates it is
# not.

# %%
ten = (experience >= 10) & (experience < 15)
high_school = np.average(log_wage[ten & (school == 12)], weights=people[ten & (school == 12)])
college = np.average(log_wage[ten & (school == 16)], weights=people[ten & (school == 16)])
print(
    f"mean log pay with 10 to 14 years of experience: {high_school:.4f} with 12 years of school, {college:.4f} with 16"
)

# %% [markdown] question="q1" points="2"
# **Question 1** (2 points). By how many percent is the pay of men with 16 years of school above that of men with 12, at
# 10 to 14 years of experience? Give `college_premium`.

# %% stub="q1"
college_premium = ...

# %% solution="q1"
college_premium = 100 * (np.exp(college - high_school) - 1)

# %% test="q1" points="0"
assert college_premium is not ..., "Give college_premium a value."
assert 1 < college_premium < 200, "In percent, such as 12.5."

# %% hidden="q1" points="2"
band = (experience >= 10) & (experience < 15)
gap = np.average(log_wage[band & (school == 16)], weights=people[band & (school == 16)])
gap -= np.average(log_wage[band & (school == 12)], weights=people[band & (school == 12)])
assert abs(college_premium - 100 * gap) > 0.05, (
    "Those are log points. Here the difference is too large to take them for percent."
)
assert abs(college_premium - 100 * (np.exp(gap) - 1)) < 0.05, (
    "By which factor does pay differ when its logarithm differs so?"
)

# %% [markdown]
# ## 2. The equation
#
# Mincer's equation says that log pay is a straight line in years of school $S$ and a parabola in experience $X$:
#
# $$\log w = a + b\,S + c\,X + d\,X^2 + e .$$
#
# With group means in place of people, least squares gives nearly the same coefficients, if every group counts as often
# as it has people. To weigh a row by $n$, multiply both sides of it by $\sqrt n$: its squared error is then counted $n$
# times.

# %% [markdown] question="q2" points="3"
# **Question 2** (3 points). Estimate $a, b, c, d$ by least squares, weighted with `people`. Put them in this order into
# an array `coefficients`. `np.column_stack` puts columns side by side; `np.linalg.lstsq(x, y, rcond=None)[0]` solves.

# %% stub="q2"
coefficients = ...

# %% solution="q2"
columns = np.column_stack([np.ones(len(people)), school, experience, experience**2])
weight = np.sqrt(people)
coefficients = np.linalg.lstsq(columns * weight[:, None], log_wage * weight, rcond=None)[0]

# %% test="q2" points="0"
assert coefficients is not ..., "Give coefficients a value."
assert np.shape(coefficients) == (4,), "Four coefficients, in the order a, b, c, d."

# %% hidden="q2" points="3"
matrix = np.column_stack([np.ones(len(people)), school, experience, experience**2])
unweighted = np.linalg.lstsq(matrix, log_wage, rcond=None)[0]
twice = np.linalg.lstsq(matrix * people[:, None], log_wage * people, rcond=None)[0]
once = np.linalg.solve(matrix.T @ (matrix * people[:, None]), matrix.T @ (log_wage * people))
assert np.abs(coefficients - unweighted).max() > 1e-6, (
    "Small groups count as much as large ones here."
)
assert np.abs(coefficients - twice).max() > 1e-6, (
    "Here the squares are counted as often as the square of the number of men."
)
assert np.allclose(coefficients, once, rtol=1e-5, atol=1e-8), (
    "Look at the columns: one for each coefficient, in that order."
)

# %% [markdown] question="q3" points="2"
# **Question 3** (2 points). Read the equation: by how many percent does pay rise with one more year of school,
# `school_return`, and after how many years of experience is pay highest, `peak`? You may use `a, b, c, d =
# coefficients`, if you trust them.

# %% stub="q3"
school_return = ...
peak = ...

# %% solution="q3"
weighted = (
    np.column_stack([np.ones(len(people)), school, experience, experience**2])
    * np.sqrt(people)[:, None]
)
a, b, c, d = np.linalg.lstsq(weighted, log_wage * np.sqrt(people), rcond=None)[0]
school_return = 100 * (np.exp(b) - 1)
peak = -c / (2 * d)

# %% test="q3" points="0"
assert school_return is not ... and peak is not ..., "Give both a value."
assert peak > 0, "The parabola has its top at a positive number of years."

# %% hidden="q3" points="1"
matrix = np.column_stack([np.ones(len(people)), school, experience, experience**2])
fitted = np.linalg.solve(matrix.T @ (matrix * people[:, None]), matrix.T @ (log_wage * people))
assert abs(school_return - fitted[1]) > 1e-4, "That is the coefficient. In percent?"
assert abs(school_return - 100 * (np.exp(fitted[1]) - 1)) < 0.01, (
    "From log points to percent, exactly."
)

# %% hidden="q3" points="1"
matrix = np.column_stack([np.ones(len(people)), school, experience, experience**2])
fitted = np.linalg.solve(matrix.T @ (matrix * people[:, None]), matrix.T @ (log_wage * people))
assert abs(peak + fitted[2] / fitted[3]) > 0.01, (
    "There the parabola is back where it began. Where is its top?"
)
assert abs(peak + fitted[2] / (2 * fitted[3])) < 0.01, (
    "Where is the slope of the parabola zero?"
)

# %% [markdown]
# The same shape stands behind other tools. The salary model of health information technicians in `wagefit` takes its
# experience curve from a survey's two ends, and what lies between from a Mincer equation of men of the 1980s, for want
# of anything better; it says so, as a *proxy*.

# %%
model = wf.SalaryModel.health_information()
curve = next(factor for factor in model.factors if factor.name == "experience")
for level in curve.levels:
    proxy = ", a proxy" if level.is_proxy else ""
    print(
        f"{level.name:>2} years of experience: {level.ratio:.2f} times the first year's pay{proxy}"
    )

# %% [markdown]
# ## 3. Years or degrees?
#
# If school teaches, every year should count. If employers read the **degree** as a signal, pay should jump at 16 years
# by more than the line says. A column that is 1 from 16 years on and 0 before lets the line jump.

# %% [markdown] question="q4" points="2"
# **Question 4** (2 points). Add such a column to the weighted equation of question 2. Its coefficient is `degree_jump`,
# in log points.

# %% stub="q4"
degree_jump = ...

# %% solution="q4"
columns = np.column_stack(
    [np.ones(len(people)), school, experience, experience**2, school >= 16]
)
weight = np.sqrt(people)
degree_jump = np.linalg.lstsq(columns * weight[:, None], log_wage * weight, rcond=None)[0][4]

# %% test="q4" points="0"
assert degree_jump is not ..., "Give degree_jump a value."
assert abs(degree_jump) < 1, "In log points, the jump is smaller than that."

# %% hidden="q4" points="2"
base = [np.ones(len(people)), school, experience, experience**2]
jumps = []
for dummy, kept in (
    (school >= 16, base),
    (school == 16, base),
    (school >= 16, base[:1] + base[2:]),
):
    matrix = np.column_stack([*kept, dummy])
    jumps.append(
        np.linalg.solve(matrix.T @ (matrix * people[:, None]), matrix.T @ (log_wage * people))[
            -1
        ]
    )
assert abs(degree_jump - jumps[1]) > 1e-6, "Those with 17 or 18 years have the degree as well."
assert abs(degree_jump - jumps[2]) > 1e-6, (
    "Keep the line in years of school: the jump is what comes on top of it."
)
assert abs(degree_jump - jumps[0]) < 1e-6, (
    "One more column, from 16 years on, and the same weights."
)

# %% [markdown]
# A jump speaks for signals, but not alone: those who finish differ from those who leave after 15 years. A missing jump
# does not speak against signals either, as years may be the signal.
#
# ## 4. A world in which we know the truth
#
# The great worry about the equation is **ability**: people who learn easily stay in school longer, and would be paid
# more anyway. In real data nobody sees ability. So let us make a world: in it, a year of school *causes* a rise of log
# pay that you can look up, and ability raises both pay and schooling. Yours differs from your neighbor's.


# %%
def make_world(number, true_return):
    """Years of school, ability and log pay of 4,000 people; ability raises school and pay."""
    rng = np.random.default_rng(int(number))
    ability = rng.normal(size=4_000)
    years = np.clip(np.round(13 + 1.4 * ability + 2.2 * rng.normal(size=4_000)), 8, 20)
    log_pay = 1.6 + float(true_return) * years + 0.12 * ability + 0.45 * rng.normal(size=4_000)
    return years, ability, log_pay


years, ability, log_pay = make_world(mine["world"], mine["true_return"])
print(f"in your world, a year of school raises log pay by {mine['true_return']}")


def slopes(y, *x):
    """Coefficients of least squares of y on a constant and the variables x; without the constant."""
    return np.linalg.lstsq(np.column_stack([np.ones(len(y)), *x]), y, rcond=None)[0][1:]


# %% [markdown] question="q5" points="3"
# **Question 5** (3 points). An econometrician of your world does not see ability, and regresses `log_pay` on `years`
# alone: her coefficient is `short`. The *omitted-variable formula* says by how much it is off: the bias is the
# coefficient of ability in the full equation, times the slope of **ability on school**. Compute `short` and `bias`.
# `slopes(y, x1, x2)` returns the coefficients.

# %% stub="q5"
short = ...
bias = ...

# %% solution="q5"
short = slopes(log_pay, years)[0]
effect_of_ability = slopes(log_pay, years, ability)[1]
bias = effect_of_ability * slopes(ability, years)[0]

# %% test="q5" points="0"
assert short is not ... and bias is not ..., "Give both a value."
assert -1 < short < 1 and -1 < bias < 1, "Both are coefficients on one year of school."

# %% hidden="q5" points="1"
seen = make_world(
    *(variant("data/lab4_variants.csv", STUDENT)[name] for name in ("world", "true_return"))
)
assert abs(short - np.cov(seen[0], seen[2])[0, 1] / np.var(seen[0], ddof=1)) < 1e-8, (
    "She sees years of school and nothing else."
)

# %% hidden="q5" points="2"
seen = make_world(
    *(variant("data/lab4_variants.csv", STUDENT)[name] for name in ("world", "true_return"))
)
full = np.linalg.lstsq(
    np.column_stack([np.ones(4_000), seen[0], seen[1]]), seen[2], rcond=None
)[0]
reverse = np.cov(seen[0], seen[1])[0, 1] / np.var(seen[1], ddof=1)
assert abs(bias - full[2] * reverse) > 1e-8, (
    "That is the slope of school on ability. The formula needs it the other way."
)
assert (
    abs(bias - (np.cov(seen[0], seen[2])[0, 1] / np.var(seen[0], ddof=1) - full[1])) < 1e-8
), (
    "Two factors: what ability does to pay, and how much more ability goes with a year of school."
)

# %%
if short is not ... and bias is not ...:
    print(
        f"her estimate {short:.4f}, less the bias {short - bias:.4f}, the truth {mine['true_return']}"
    )

# %% [markdown]
# ## 5. A coefficient is not yet a rate of return
#
# People call $b$ "the return to schooling". It is an interest rate only if school costs nothing but the pay that one
# does not earn meanwhile. Let four years of college cost, besides, tuition of a part $\tau$ of the pay one could have
# in the same time, let pay be level for ever, and let $r$ be the rate at which going and not going are worth the same:
#
# $$\underbrace{\frac{1}{r}}_{\text{work now}} =
# \underbrace{\frac{e^{4b}\,e^{-4r}}{r}}_{\text{work with a degree, later}} -
# \underbrace{\tau\,\frac{1-e^{-4r}}{r}}_{\text{tuition}} .$$

# %% [markdown] question="q6" points="2"
# **Question 6** (2 points). Solve the equation for $r$, and write a function `rate_of_return(b, tau)`. Multiply by $r$,
# and collect the terms with $e^{-4r}$. Without tuition the answer should be $b$.


# %% stub="q6"
def rate_of_return(b, tau):
    return ...


# %% solution="q6"
def rate_of_return(b, tau):
    return np.log((np.exp(4 * b) + tau) / (1 + tau)) / 4


# %% test="q6" points="0"
assert rate_of_return(0.08, 0.0) is not ..., "Return a number."
assert abs(rate_of_return(0.08, 0.0) - 0.08) < 1e-9, (
    "Without tuition the rate is the coefficient."
)

# %% hidden="q6" points="2"
assert abs(rate_of_return(0.08, 0.5) - 0.08) > 1e-9, "Tuition should matter."
for b_now in (0.05, 0.11):
    for tau_now in (0.3, 1.0):
        r_now = rate_of_return(b_now, tau_now)
        left = np.exp(4 * b_now - 4 * r_now) - tau_now * (1 - np.exp(-4 * r_now))
        assert abs(left - 1) < 1e-9, (
            "Put your rate back into the equation: the two sides should be equal."
        )

# %%
for tau in (0.0, 0.25, 0.5, 1.0):
    rate = rate_of_return(0.09, tau)
    if rate is not ...:
        print(f"tuition of {tau:4.0%} of the pay forgone: b = 0.09 is a rate of {rate:.2%}")

# %% [markdown] question="q7" points="3" written="true"
# **Question 7** (3 points, written). A minister quotes your coefficient: "One more year of compulsory school will raise
# everybody's pay by that many percent." Give **three different** reasons why the equation does not say so. Use your
# results where you can. At least one reason should be about what happens when *everybody* gets the year.

# %% [markdown] stub="q7"
# *Write your answer here.*

# %% [markdown] solution="q7"
# Three of these, one of them the fourth or fifth:
#
# 1. **Ability.** Those who stay longer would be paid more anyway; in my world the short coefficient is above the truth
#    by the bias of question 5.
# 2. **It is an average.** The line averages over people and over years of school. A law reaches those who would leave
#    early; their year may be worth more or less than the average one (studies of such laws often find more).
# 3. **Who is in the data.** Men who work full-time in 1988. Nothing on women, on those without work, on today.
# 4. **Signals.** If the year tells employers who is able and teaches nothing, it is worth nothing once everybody has
#    it.
# 5. **Markets.** If all have more school, educated labor is less scarce, and its pay falls; the coefficient is a price
#    at the present quantities.
# 6. **Costs.** Pay is not gain: tuition and the pay forgone count, question 6.
# 7. **Measurement.** Potential experience is age less school: with the law, people of one age have a year less of it.

# %% [markdown] rubric="q7"
# - 1 point for each reason that is different in kind and stated as a mechanism (why the number would differ, and which
#   way, or why the way is open).
# - At most 2 points without a reason about everybody (signals, scarcity).
# - "Correlation is not causation" alone: no point. With who differs from whom and how: 1 point.
