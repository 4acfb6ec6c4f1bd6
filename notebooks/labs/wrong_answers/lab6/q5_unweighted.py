# question: q5
# loses: 1
# reads: Wyoming counts as much as California here.
# why: gives every state the same weight

average_p10 = np.mean([each.p10 for each in chosen])
mixture_p10 = wf.mixture(curves, people).ppf(0.1)
