# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] lab="lab5" title="Is a credential worth it?" minutes="90" data=""
# # Lab 5. Is a credential worth it?
#
# "Certified people earn 15 percent more." A friend is about to pay thousands of dollars, and a year of evenings,
# because of this sentence. Is it worth it? The answer needs a present value, a baseline, a look at what can go wrong,
# and, above all, the difference between what certified people earn and what a certificate does.
#
# **Goals.** At the end you can
#
# 1. compute the net present value of an investment that pays a little every year;
# 2. turn a published premium into dollars for one person, and into a premium over another baseline;
# 3. read a distribution of outcomes: the median, the chance of a loss;
# 4. work out how much of a premium must be cause for the decision to be right;
# 5. split a difference of means into an effect and a selection, and say which data could tell them apart.
#
# **Time:** 90 minutes. **You need** percentages, and averages of groups. **You do not need** accounting, Labs 1 to 4,
# or anything on medical records.
#
# **The case.** Health information technicians keep medical records and code them for billing. Credentials such as the
# RHIT, the CCS or the CPC are voluntary, cost money and time, and are said to pay. What the model below knows of them
# comes from salary surveys of a professional association of 2009 and 2010, pooled to a ratio of 1.145 with a standard
# error of 0.023.

# %%
import matplotlib.pyplot as plt
import numpy as np

import wagefit as wf
from wagefit.labs import variant

# %% student="true"
STUDENT = "your-user-name"

# %%
mine = variant("data/lab5_variants.csv", STUDENT)
cost, months = float(mine["cost"]), float(mine["months"])
model = wf.SalaryModel.health_information()
friend = model.profile(
    experience=float(mine["experience"]),
    education=mine["education"],
    credential="none",
    state=mine["state"],
    setting=mine["setting"],
)
print("your friend:", friend.describe())
print(f"paid on average ${friend.pay.mean():,.0f} a year (in dollars of May 2018)")
print(
    f"thinks of: {mine['credential']}, which costs ${cost:,.0f} and takes {months:.0f} months beside the job"
)

# %% [markdown]
# ## 1. Money later
#
# A dollar next year is worth less than a dollar today: at a real interest rate of $r$ a year, one dollar in $t$ years
# is worth $(1 + r)^{-t}$ dollars today. The **net present value** (NPV) of an investment is the present value of
# everything it brings, less what it costs today.

# %% [markdown] question="q1" points="2"
# **Question 1** (2 points). Write a function `npv(gain, cost, years, rate)`: the net present value of paying `cost`
# today and gaining `gain` at the end of each of `years` years (the first gain in one year from now).


# %% stub="q1"
def npv(gain, cost, years, rate):
    return ...


# %% solution="q1"
def npv(gain, cost, years, rate):
    return sum(gain / (1 + rate) ** t for t in range(1, years + 1)) - cost


# %% test="q1" points="0"
assert npv(100, 50, 1, 0.0) is not ..., "Return a number."
assert abs(npv(100, 50, 3, 0.0) - 250) < 1e-9, "Without interest: three gains, less the cost."

# %% hidden="q1" points="2"
assert abs(npv(110, 100, 2, 0.10) - 120) > 1e-6, "A later dollar is worth less: at which rate?"
assert abs(npv(110, 100, 1, 0.10)) < 1e-9, (
    "110 dollars in one year are worth 100 today, at 10 percent."
)
assert abs(npv(1000, 5000, 20, 0.03) - (1000 * (1 - 1.03**-20) / 0.03 - 5000)) < 1e-6, (
    "Each year's gain is divided once more by one plus the rate."
)

# %% [markdown]
# ## 2. A premium in dollars
#
# A premium of 14.5 percent of *what*? The model answers for people like your friend: the same experience, education,
# state and employer. `friend.replace(credential="CCA")` is the same person with another credential; `.pay` is the
# distribution of pay of such people, `.pay.mean()` its mean.

# %% [markdown] question="q2" points="2"
# **Question 2** (2 points). By how many dollars a year is the mean pay of people like your friend **with** the
# credential `mine["credential"]` above that of people like your friend without one, `yearly_gain`?

# %% stub="q2"
yearly_gain = ...

# %% solution="q2"
yearly_gain = friend.replace(credential=mine["credential"]).pay.mean() - friend.pay.mean()

# %% test="q2" points="0"
assert yearly_gain is not ..., "Give yearly_gain a value."
assert 500 < yearly_gain < 20_000, "In dollars a year."

# %% hidden="q2" points="2"
asked = variant("data/lab5_variants.csv", STUDENT)
known = {name: asked[name] for name in ("education", "state", "setting")} | {
    "experience": float(asked["experience"])
}
fresh = wf.SalaryModel.health_information()
with_it = fresh.profile(credential=asked["credential"], **known).pay.mean()
without = fresh.profile(credential="none", **known).pay.mean()
assert abs(yearly_gain - 0.145 * 44_010) > 1, (
    "That is for the average of the nation. Your friend is not average."
)
assert abs(yearly_gain - (with_it - without)) < 1, (
    "Two means of pay: the same person, with and without."
)

# %%
print(friend.explain())

# %% [markdown]
# ## 3. Over what baseline?
#
# Look at the line of the credential above. Having none *lowers* mean pay, because this list starts from the whole
# workforce, most of which has one. The survey compared certified coders with **uncertified** ones. Compared with the
# average of *all* coders, the certified are ahead by less: they are a large part of that average. Whoever multiplies
# the average of an occupation by 1.145 counts the premium twice.

# %% [markdown] question="q3" points="2"
# **Question 3** (2 points). Of all coders a part `share` is certified, and the certified earn `ratio` times what the
# others earn. Write a function `over_average(ratio, share)`: what the certified earn, over the average of **all**.


# %% stub="q3"
def over_average(ratio, share):
    return ...


# %% solution="q3"
def over_average(ratio, share):
    return ratio / (share * ratio + (1 - share))


# %% test="q3" points="0"
assert over_average(1.2, 0.5) is not ..., "Return a number."
assert abs(over_average(1.0, 0.4) - 1) < 1e-9, "Without a premium everybody earns the average."

# %% hidden="q3" points="2"
assert abs(over_average(1.2, 0.5) - 1.2) > 1e-6, (
    "That is over the uncertified. The certified are a part of the average."
)
assert abs(over_average(1.5, 1.0) - 1) < 1e-9, (
    "If everybody is certified, the certified are the average."
)
assert abs(over_average(1.145, 0.589) - 1.145 / (0.589 * 1.145 + 0.411)) < 1e-9, (
    "Let the uncertified earn 1. What is the average of all, and what do the certified earn?"
)

# %%
over_all = over_average(1.145, 0.589)
if over_all is not ...:
    print(f"with 59 % certified, x1.145 over the uncertified is x{over_all:.3f} over all")

# %% [markdown]
# ## 4. What can go wrong
#
# `wf.worth` draws 5,000 people like your friend, and, for each, a possible truth about the premium. It adds up the
# discounted gains of 20 years, less the cost. Two numbers are up to you, as nobody publishes them: `leaving`, the
# chance a year of leaving the field, after which the credential pays nothing; and `causal`, the part of the premium
# that the credential itself brings.

# %%
rosy = wf.worth(friend, credential=mine["credential"], cost=cost, months=months, n=5_000)
print(rosy)

# %% [markdown]
# Everybody gains, it says, if nobody leaves and all of the premium is cause. Now the same with sober numbers: one in
# ten leaves each year, and a quarter of the premium is cause.

# %% [markdown] question="q4" points="2"
# **Question 4** (2 points). Call `wf.worth` once more, as above, with `leaving=0.10` and `causal=0.25` besides; call
# the result `sober`. Give the median of the net
# present value, `median_npv`, and the probability that the investment ends with a loss, `chance_of_loss` (a
# fraction). The result has an array `npv`, one number for each person drawn.

# %% stub="q4"
sober = ...
median_npv = ...
chance_of_loss = ...

# %% solution="q4"
sober = wf.worth(
    friend,
    credential=mine["credential"],
    cost=cost,
    months=months,
    leaving=0.10,
    causal=0.25,
    n=5_000,
)
median_npv = np.median(sober.npv)
chance_of_loss = np.mean(sober.npv < 0)

# %% test="q4" points="0"
assert median_npv is not ... and chance_of_loss is not ..., "Give both a value."
assert 0 <= chance_of_loss <= 1, "A probability is a fraction between 0 and 1."

# %% hidden="q4" points="2"
asked = variant("data/lab5_variants.csv", STUDENT)
known = {name: asked[name] for name in ("education", "state", "setting")} | {
    "experience": float(asked["experience"])
}
person = wf.SalaryModel.health_information().profile(credential="none", **known)
given = {
    "credential": asked["credential"],
    "cost": float(asked["cost"]),
    "months": float(asked["months"]),
}
found = wf.worth(person, **given, leaving=0.10, causal=0.25, n=5_000)
assert abs(median_npv - found.npv.mean()) > 1, (
    "That is the mean. Some who stay for long gain much: the median is lower."
)
assert abs(median_npv - np.median(found.npv)) < 500, (
    "The same call as above, with the two assumptions added."
)
assert abs(chance_of_loss - found.probability_of_loss) < 0.02, (
    "Which part of the people drawn has a negative net present value?"
)

# %%
if sober is not ...:
    figure, axes = plt.subplots(figsize=(8, 3), layout="constrained")
    edges = np.linspace(-15_000, 90_000, 71)
    axes.hist(sober.npv[sober.npv < 0], edges, color="#c4472d", label="a loss")
    axes.hist(sober.npv[sober.npv >= 0], edges, color="#3b75af", label="a gain")
    axes.set(xlabel="net present value, dollars", ylabel="people drawn")
    title = "If one in ten leaves each year, and a quarter of the premium is cause"
    axes.set_title(title, loc="left", fontsize=10)
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.legend(frameon=False)
    plt.show()

# %% [markdown]
# ## 5. How much must be cause?
#
# The two answers differ because of `causal`. Turn the question around: which part of the premium must be cause for the
# investment to break even on average? Gains are proportional to that part, and costs do not depend on it.

# %% [markdown] question="q5" points="2"
# **Question 5** (2 points). Staying in the field for all 20 years (`rosy`), what part of the premium must be cause for
# the **mean** net present value to be zero? Give `break_even`, a fraction. `rosy.npv` is gains less what is spent,
# `rosy.spent` is what is spent.

# %% stub="q5"
break_even = ...

# %% solution="q5"
gained = np.mean(rosy.npv) + np.mean(rosy.spent)
break_even = np.mean(rosy.spent) / gained

# %% test="q5" points="0"
assert break_even is not ..., "Give break_even a value."
assert 0 < break_even < 1, "A part of the premium is a fraction."

# %% hidden="q5" points="2"
asked = variant("data/lab5_variants.csv", STUDENT)
known = {name: asked[name] for name in ("education", "state", "setting")} | {
    "experience": float(asked["experience"])
}
person = wf.SalaryModel.health_information().profile(credential="none", **known)
given = {
    "credential": asked["credential"],
    "cost": float(asked["cost"]),
    "months": float(asked["months"]),
}
found = wf.worth(person, **given, n=5_000)
net = found.spent.mean() / found.npv.mean()
assert abs(break_even - net) > 1e-4, (
    "The net present value has the cost taken off already. What are the gains alone?"
)
assert abs(break_even - found.break_even) < 1e-3, (
    "A part k of the gains, less the cost, should be zero."
)

# %% [markdown]
# Four to twelve percent are enough, for somebody who stays. So the decision hangs on staying, and on whether *any* of
# the premium is cause. The survey cannot say: it compares people who chose to be certified with people who did not.
#
# ## 6. Effect and selection
#
# In a made-up world we can look behind the curtain. Every person has **two** possible wages: `without` a certificate
# and `with_it`. We see one of them: that of what the person chose. Here, people who would be paid well anyway are more
# likely to take the examination.

# %%
rng = np.random.default_rng(int(mine["world"]))
drive = rng.normal(size=5_000)
without = 38_000 * np.exp(0.15 * drive + 0.20 * rng.normal(size=5_000))
with_it = without * np.exp(0.05 + 0.03 * rng.normal(size=5_000))
certified = drive + rng.normal(size=5_000) > 0.2
observed = np.where(certified, with_it, without)
print(
    f"{certified.mean():.0%} are certified, and earn ${observed[certified].mean():,.0f} on average"
)
print(f"the others earn ${observed[~certified].mean():,.0f}")

# %% [markdown] question="q6" points="3"
# **Question 6** (3 points). Compute three differences of means, in dollars:
#
# - `naive`: observed pay of the certified, less that of the others;
# - `effect`: what the certificate did for those who have it (the *effect on the treated*);
# - `selection`: how much more the certified would earn than the others if **nobody** had a certificate.

# %% stub="q6"
naive = ...
effect = ...
selection = ...

# %% solution="q6"
naive = observed[certified].mean() - observed[~certified].mean()
effect = (with_it - without)[certified].mean()
selection = without[certified].mean() - without[~certified].mean()

# %% test="q6" points="0"
assert naive is not ... and effect is not ... and selection is not ..., (
    "Give all three a value."
)
assert abs(naive) > 1, "In dollars."

# %% hidden="q6" points="1"
assert abs(naive - (with_it[certified].mean() - without[~certified].mean())) < 0.01, (
    "What a survey would compare: two groups as they are."
)

# %% hidden="q6" points="1"
assert abs(effect - (with_it - without).mean()) > 0.01, (
    "That is the effect on everybody. Average over those who have the certificate."
)
assert abs(effect - (with_it[certified] - without[certified]).mean()) < 0.01, (
    "The same people, with and without."
)

# %% hidden="q6" points="1"
assert abs(selection - (without[certified].mean() - without[~certified].mean())) < 0.01, (
    "Two groups of people, one and the same state of the world: nobody has a certificate."
)

# %%
if naive is not ... and effect is not ... and selection is not ...:
    print(f"naive {naive:,.0f}, effect {effect:,.0f}, selection {selection:,.0f}")

# %% [markdown]
# The identity *naive = effect + selection* always holds. Data that show one wage of each person give the left-hand
# side, never the two terms on the right, however many people are asked.

# %% [markdown] question="q7" points="3" written="true"
# **Question 7** (3 points, written). Describe **one** study that could find out what a certificate does to pay. Say (a)
# who is compared with whom, (b) why the two groups would earn the same without the certificate, (c) one way in which
# that could fail. Asking more people the same questions is not an answer.

# %% [markdown] stub="q7"
# *Write your answer here.*

# %% [markdown] solution="q7"
# One of these, for example.
#
# - **The passing score.** (a) Those who just passed the examination with those who just failed. (b) A point more or
#   less is luck: close to the line both groups are alike. (c) Those who fail take it again, so that many of them are
#   certified soon; employers may see the score.
# - **A lottery.** (a) Applicants for free places in a course, drawn by lot, with those not drawn. (b) Chance decides.
#   (c) Some who were drawn do not take the examination and some others pay for it themselves; the comparison is of the
#   offer.
# - **A rule that changes.** (a) Hospitals that begin to require the certificate with hospitals that do not, before and
#   after. (b) Pay would have gone on in parallel. (c) Hospitals that change the rule change other things as well.
# - **The same people.** (a) People before and after, with people who get certified a year later. (b) Both chose to be
#   certified; only the date differs. (c) People take the examination when a promotion is near.

# %% [markdown] rubric="q7"
# - 1 point for each of (a), (b), (c). (b) must be about pay **without** the certificate.
# - A regression with more controls: 1 point for (a), and for (c) if the answer names something that no survey records.
# - A randomized experiment without saying what is drawn by lot: 2 points at most.
