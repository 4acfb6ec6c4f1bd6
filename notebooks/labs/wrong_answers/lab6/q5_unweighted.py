# question: q5
# loses: 1
# reads: Wyoming counts as much as California here.
# why: gives every state the same weight

average_p90 = np.mean([each.p90 for each in chosen])
mixture_p90 = wf.mixture(curves, people).ppf(0.9)
