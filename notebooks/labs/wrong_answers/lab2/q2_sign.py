# question: q2
# loses: 2
# reads: The sign: which of the two is above the other?
# why: subtracts the other way round

median_miss = 100 * (row.p50 - np.sqrt(row.p10 * row.p90)) / row.p50
