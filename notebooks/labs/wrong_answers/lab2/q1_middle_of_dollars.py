# question: q1
# loses: 1
# reads: In the middle of the logarithms, not of the dollars.
# why: takes the arithmetic mean of P10 and P90 for the lognormal's median

sigma = np.log(row.p90 / row.p10) / (2 * 1.2816)
m = (row.p10 + row.p90) / 2
