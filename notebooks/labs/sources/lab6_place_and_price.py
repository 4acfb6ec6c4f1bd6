# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] lab="lab6" title="Place and price" minutes="85" data="price_levels_2023"
# # Lab 6. Place and price
#
# The same job pays more in one state than in another, and so does the rent. Is the better-paid place the better place?
# And why do people not all move there? You compare an occupation between states, in dollars as printed and in dollars
# that buy the same.
#
# **Goals.** At the end you can
#
# 1. turn pay of one place into dollars of another, in the right direction;
# 2. rank places by nominal and by real pay, and explain the difference;
# 3. say where a wage stands among the wages of another place;
# 4. see that percentiles of a nation are not averages of percentiles of its states;
# 5. say what a price index of places holds, for whom it is wrong, and why differences in pay last.
#
# **Time:** 85 minutes. **You need** percentiles (Lab 1). **You do not need** Labs 2 to 5, or anything on price indices.
#
# **The data.** Pay: *Occupational Employment and Wage Statistics*, May 2025, all states. Prices: *Regional Price
# Parities* (RPP) of the Bureau of Economic Analysis (BEA), 2024: what a basket of goods, services and rents costs in a
# state, over what it costs in the nation.

# %%
import csv

import matplotlib.pyplot as plt
import numpy as np

import wagefit as wf
from wagefit.labs import variant

# %% student="true"
STUDENT = "your-user-name"

# %%
mine = variant("data/lab6_variants.csv", STUDENT)
here = wf.oews.cell(mine["occupation"], area=mine["origin"], year=2025)
there = wf.oews.cell(mine["occupation"], area=mine["destination"], year=2025)
print(here.occupation_title)
for each in (here, there):
    price = wf.prices.parity(each.area)
    print(
        f"{each.area_title:15} median ${each.p50:>8,.0f}, {each.employment:>9,.0f} people, price level {price:.3f}"
    )

# %% [markdown]
# ## 1. A dollar here, a dollar there
#
# Where the price level is 1.10, a basket that costs 1 dollar in the nation costs 1.10. Pay divided by the price level
# is **real pay**, in dollars of the nation's prices.

# %% [markdown] question="q1" points="2"
# **Question 1** (2 points). By how many percent is the median at the destination (`there`) above that at the origin
# (`here`) as printed, `nominal_gain`? And in real terms, `real_gain`? (Negative, if it is below.)

# %% stub="q1"
nominal_gain = ...
real_gain = ...

# %% solution="q1"
nominal_gain = 100 * (there.p50 / here.p50 - 1)
real_there = there.p50 / wf.prices.parity(there.area)
real_here = here.p50 / wf.prices.parity(here.area)
real_gain = 100 * (real_there / real_here - 1)

# %% test="q1" points="0"
assert nominal_gain is not ... and real_gain is not ..., "Give both a value."
assert -60 < nominal_gain < 100 and -60 < real_gain < 100, "In percent, such as -3.5."

# %% hidden="q1" points="1"
asked = variant("data/lab6_variants.csv", STUDENT)
medians = [
    wf.oews.cell(asked["occupation"], area=asked[name], year=2025).p50
    for name in ("origin", "destination")
]
assert abs(nominal_gain - 100 * (medians[1] / medians[0] - 1)) < 0.01, (
    "Destination over origin, less one, in percent."
)

# %% hidden="q1" points="1"
asked = variant("data/lab6_variants.csv", STUDENT)
medians = [
    wf.oews.cell(asked["occupation"], area=asked[name], year=2025).p50
    for name in ("origin", "destination")
]
levels = [wf.prices.parity(asked[name]) for name in ("origin", "destination")]
wrong_way = 100 * (medians[1] * levels[1] / (medians[0] * levels[0]) - 1)
assert abs(real_gain - wrong_way) > 0.01, (
    "Where prices are high, a dollar buys less. Multiply or divide?"
)
assert abs(real_gain - 100 * (medians[1] / levels[1] / (medians[0] / levels[0]) - 1)) < 0.01, (
    "Real pay of both places, at the same prices, then the difference in percent."
)

# %% [markdown]
# Your two states were chosen so that the answers disagree: the destination pays more and buys less.

# %% [markdown] question="q2" points="2"
# **Question 2** (2 points). Somebody lives at the origin on the median pay of the occupation. What would this person
# have to be paid at the destination, in dollars of the destination, to live as well there, `same_living`?

# %% stub="q2"
same_living = ...

# %% solution="q2"
same_living = here.p50 * wf.prices.parity(there.area) / wf.prices.parity(here.area)

# %% test="q2" points="0"
assert same_living is not ..., "Give same_living a value."
assert 0.4 < same_living / here.p50 < 2.5, "In dollars a year."

# %% hidden="q2" points="2"
asked = variant("data/lab6_variants.csv", STUDENT)
wage_here = wf.oews.cell(asked["occupation"], area=asked["origin"], year=2025).p50
factor = wf.prices.place_factor(asked["origin"], asked["destination"])
assert abs(same_living - wage_here / factor) > 1, (
    "The wrong way round: things cost more at the destination."
)
assert abs(same_living - wage_here * wf.prices.parity(asked["destination"])) > 1, (
    "The origin has a price level, too."
)
assert abs(same_living - wage_here * factor) < 1, (
    "What do things cost at the destination that cost one dollar at the origin?"
)

# %% [markdown]
# ## 2. All states
#
# Two states are an anecdote. Here are all states that publish the occupation's median.

# %%
rows = [
    each
    for each in wf.oews.cells(occupation=mine["occupation"], year=2025)
    if each.area_type == "state" and each.p50 and each.area not in ("PR", "GU", "VI")
]
names = np.array([each.area for each in rows])
nominal = np.array([each.p50 for each in rows])
prices = np.array([wf.prices.parity(each.area) for each in rows])
figure, axes = plt.subplots(figsize=(8, 4), layout="constrained")
axes.scatter(prices, nominal, s=14, color="#9aa5b1")
for name, price, median in zip(names, prices, nominal, strict=True):
    if name in (mine["origin"], mine["destination"]):
        axes.plot(price, median, "o", color="#c4472d", ms=5)
        axes.annotate(
            name,
            (price, median),
            (0, 6),
            textcoords="offset points",
            color="#c4472d",
            ha="center",
        )
grid = np.linspace(prices.min(), prices.max(), 50)
axes.plot(grid, np.median(nominal / prices) * grid, color="#1f2d3d", lw=0.8)
axes.set(xlabel="price level, nation = 1", ylabel="median pay, dollars a year")
axes.yaxis.set_major_formatter("${x:,.0f}")
axes.set_title(
    "Along the line, pay buys the same: above it more, below it less", loc="left", fontsize=10
)
plt.show()

# %% [markdown] question="q3" points="3"
# **Question 3** (3 points). Which state has the highest **real** median, `best_real` (two letters)? How many places
# does the destination lose or win in the ranking, when it is made by real instead of nominal pay? Give `places_lost`:
# its rank by real pay less its rank by nominal pay, where the best state has rank 1.

# %% stub="q3"
best_real = ...
places_lost = ...

# %% solution="q3"
real = nominal / prices
best_real = names[np.argmax(real)]
target = names == mine["destination"]
places_lost = np.sum(real > real[target]) - np.sum(nominal > nominal[target])

# %% test="q3" points="0"
assert best_real is not ... and places_lost is not ..., "Give both a value."
assert str(best_real) in list(names), "A state has two letters, such as NJ."

# %% hidden="q3" points="1"
asked = variant("data/lab6_variants.csv", STUDENT)
table = {
    each.area: each.p50
    for each in wf.oews.cells(occupation=asked["occupation"], year=2025)
    if each.area_type == "state" and each.p50 and each.area not in ("PR", "GU", "VI")
}
worth = {state: median / wf.prices.parity(state) for state, median in table.items()}
assert str(best_real) == max(worth, key=worth.get), (
    "Divide each state's median by its own price level, then compare."
)

# %% hidden="q3" points="2"
asked = variant("data/lab6_variants.csv", STUDENT)
table = {
    each.area: each.p50
    for each in wf.oews.cells(occupation=asked["occupation"], year=2025)
    if each.area_type == "state" and each.p50 and each.area not in ("PR", "GU", "VI")
}
worth = {state: median / wf.prices.parity(state) for state, median in table.items()}
target_state = asked["destination"]
ranks = [
    1 + sum(value > measure[target_state] for value in measure.values())
    for measure in (worth, table)
]
assert places_lost == ranks[0] - ranks[1] or places_lost != ranks[1] - ranks[0], (
    "The sign: a larger rank is a worse place."
)
assert places_lost == ranks[0] - ranks[1], (
    "How many states are better by either measure? The rank is one more."
)

# %% [markdown]
# ## 3. Where would one stand?
#
# People compare themselves with those around them, and a wage that is high in one place is ordinary in another.
# `wf.rank(wage, occupation=..., state=..., year=2025)` says at which percentile a wage stands among the wages of a
# state; its `.percentile` is a fraction.

# %%
print(wf.rank(here.p50, occupation=mine["occupation"], state=mine["origin"], year=2025))

# %% [markdown] question="q4" points="2"
# **Question 4** (2 points). The person with the origin's median pay moves, and is paid as much as it takes to live as
# well (question 2). At which percentile of the destination's wages does that pay stand? Give `stands_at`, a fraction.

# %% stub="q4"
stands_at = ...

# %% solution="q4"
needed = here.p50 * wf.prices.place_factor(mine["origin"], mine["destination"])
stands_at = wf.rank(
    needed, occupation=mine["occupation"], state=mine["destination"], year=2025
).percentile

# %% test="q4" points="0"
assert stands_at is not ..., "Give stands_at a value."
assert 0 <= stands_at <= 1, "A fraction, such as 0.42."

# %% hidden="q4" points="2"
asked = variant("data/lab6_variants.csv", STUDENT)
wage_here = wf.oews.cell(asked["occupation"], area=asked["origin"], year=2025).p50
order = {"occupation": asked["occupation"], "state": asked["destination"], "year": 2025}
factor = wf.prices.place_factor(asked["origin"], asked["destination"])
assert abs(stands_at - wf.rank(wage_here, **order).percentile) > 1e-6, (
    "That is the old wage in dollars of the origin. What does it take there?"
)
assert abs(stands_at - wf.rank(wage_here * factor, **order).percentile) < 0.003, (
    "Rank the pay that keeps the standard of living, among the wages of the destination."
)

# %% [markdown]
# To live as a median person did, one must be paid better than the median person at the destination. Those who move for
# money should look for the second number, not the first.
#
# ## 4. A nation is not the average of its states
#
# It is tempting to average the states' P10, weighted by people, and call it the nation's. But the nation's P10 is the
# wage that a tenth of *all* people do not exceed, and the nation's lowest-paid tenth is not made of the lowest-paid
# tenth of each state. The right way is a **mixture**: put all people together, then look.

# %%
chosen = [
    each
    for each in rows
    if each.employment and None not in (each.p10, each.p25, each.p75, each.p90)
]
people = np.array([each.employment for each in chosen])
curves = [wf.fit(each) for each in chosen]
nation = wf.oews.cell(mine["occupation"], year=2025)
print(
    f"{len(chosen)} states, {people.sum():,.0f} people; the nation's published P10 is ${nation.p10:,.0f}"
)

# %% [markdown] question="q5" points="3"
# **Question 5** (3 points). Compute the average of the states' published P10, weighted by people, `average_p10`, and
# the P10 of the mixture of their distributions, `mixture_p10`. `wf.mixture(distributions, weights)` makes a mixture; it
# has the same methods as its parts.

# %% stub="q5"
average_p10 = ...
mixture_p10 = ...

# %% solution="q5"
average_p10 = np.average([each.p10 for each in chosen], weights=people)
mixture_p10 = wf.mixture(curves, people).ppf(0.1)

# %% test="q5" points="0"
assert average_p10 is not ... and mixture_p10 is not ..., "Give both a value."
assert average_p10 > 10_000 and mixture_p10 > 10_000, "In dollars a year."

# %% hidden="q5" points="1"
heads = np.array([each.employment for each in chosen])
lows = np.array([each.p10 for each in chosen])
assert abs(average_p10 - lows.mean()) > 0.5, "Wyoming counts as much as California here."
assert abs(average_p10 - (heads * lows).sum() / heads.sum()) < 0.5, (
    "The mean of the states' P10, weighted by people."
)

# %% hidden="q5" points="2"
heads = np.array([each.employment for each in chosen])
lows = np.array([each.p10 for each in chosen])
pool = wf.mixture([wf.fit(each) for each in chosen], heads)
assert abs(mixture_p10 - (heads * lows).sum() / heads.sum()) > 0.5, (
    "That is the average of the percentiles."
)
assert abs(mixture_p10 - pool.ppf(0.1)) < 1, (
    "Mix the distributions with the people as weights; then ask for a percentile."
)

# %%
if average_p10 is not ... and mixture_p10 is not ...:
    above = [each / nation.p10 - 1 for each in (average_p10, mixture_p10)]
    print(
        f"beside the nation's P10: average of the states {above[0]:+.1%}, mixture {above[1]:+.1%}"
    )

# %% [markdown]
# The average is above the mixture in every occupation of this lab, by one to thirteen percent: the nation's lowest paid
# live mostly in states that pay little, often those without a minimum wage of their own. Averages of percentiles leave
# out that states differ. The mixture does not meet the nation's figure either: 51 small samples have errors of their
# own, and so has every curve between percentiles.
#
# ## 5. Whose prices?
#
# The RPP is an average basket. It consists of goods, which cost nearly the same everywhere, and of rents, which do not.

# %%
with open("data/price_levels_2023.csv", encoding="utf-8", newline="") as file:
    levels = {
        each["state"]: {name: float(x) for name, x in each.items() if name != "state"}
        for each in csv.DictReader(file)
    }
for state in (mine["origin"], mine["destination"]):
    print(
        state,
        ", ".join(
            f"{name.replace('_', ' ')} {level:.1f}" for name, level in levels[state].items()
        ),
    )

# %% [markdown] question="q6" points="2"
# **Question 6** (2 points). Somebody has inherited a house at the destination and would live there without paying rent,
# so that the price of housing plays no part. By how many percent are **goods** dearer at the destination than at the
# origin, `goods_change`? (Negative, if they are cheaper.) And by how many percent is housing, which everybody else has
# to pay for, `housing_change`? Use `levels[state]`.

# %% stub="q6"
goods_change = ...
housing_change = ...

# %% solution="q6"
origin, destination = levels[mine["origin"]], levels[mine["destination"]]
goods_change = 100 * (destination["goods"] / origin["goods"] - 1)
housing_change = 100 * (destination["housing"] / origin["housing"] - 1)

# %% test="q6" points="0"
assert goods_change is not ... and housing_change is not ..., "Give both a value."
assert abs(goods_change) < 60, "In percent."

# %% hidden="q6" points="2"
asked = variant("data/lab6_variants.csv", STUDENT)
pair = [levels[asked[name]] for name in ("origin", "destination")]
points = [pair[1][kind] - pair[0][kind] for kind in ("goods", "housing")]
assert abs(housing_change - points[1]) > 1e-6, (
    "Index points are not percent, where the origin is not at 100."
)
assert abs(goods_change - 100 * (pair[1]["goods"] / pair[0]["goods"] - 1)) < 0.01, (
    "Destination over origin, for goods."
)
assert abs(housing_change - 100 * (pair[1]["housing"] / pair[0]["housing"] - 1)) < 0.01, (
    "Destination over origin, for housing."
)

# %% [markdown] question="q7" points="3" written="true"
# **Question 7** (3 points, written). For decades the same work has been paid differently, even in real terms, and not
# everybody moves. Give **three different** reasons, one sentence each. At least one should be a reason why a real wage
# that is **lower** at the destination may still be an equilibrium, and at least one should be a fault of the numbers.

# %% [markdown] stub="q7"
# *Write your answer here.*

# %% [markdown] solution="q7"
# Reasons for which lower real pay can last:
#
# 1. **Amenities.** People accept less for climate, coast, schools, or nearness of family: real pay plus what a place is
#    worth is equal, not real pay (Rosen, Roback).
# 2. **Other gains.** Better chances of promotion, a partner's job, a thicker market in which to find the next job.
#
# Reasons for which people do not move to higher real pay:
#
# 3. **Cost of moving**, in money and in people left behind; state licenses that have to be obtained anew.
# 4. **Homes.** Who rents under rent control or has an old mortgage would pay more than the index says.
#
# Faults of the numbers:
#
# 5. The index is an **average basket**: wrong for renters, owners, big families. It leaves out **taxes**, and rents are
#    those of all tenants, not of newcomers.
# 6. **Other people and other jobs.** The same title may be other work, or done by people of more experience; a mover is
#    not the average person of the destination.
# 7. A **state** is not one market: the pay is earned in its cities, the price level is that of all of it.

# %% [markdown] rubric="q7"
# - 1 point for each reason that differs in kind and says which way it works.
# - At most 2 points without an equilibrium reason (amenities, other gains), and at most 2 without a fault of the
#   numbers.
# - "People do not know about it" counts as a reason against moving. "It is expensive there" alone: no point, as the
#   index has it.
