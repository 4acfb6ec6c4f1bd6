# question: q4
# loses: 2
# reads: That is the mean. Some who stay for long gain much: the median is lower.
# why: gives the mean of a skewed distribution for its median

sober = wf.worth(friend, credential=mine["credential"], cost=cost, months=months, leaving=0.10, causal=0.25, n=5_000)
median_npv = sober.npv.mean()
chance_of_loss = np.mean(sober.npv < 0)
