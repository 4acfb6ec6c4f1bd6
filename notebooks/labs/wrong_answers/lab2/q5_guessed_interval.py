# question: q5
# loses: 1
# reads: Ask for the interval of this percentile: which name and which probability does credible need?
# why: gives five percent above and below the estimate as the interval

p95 = pay.ppf(0.95)
p95_low, p95_high = 0.95 * p95, 1.05 * p95
