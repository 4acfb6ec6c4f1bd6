# question: q6
# loses: 2
# reads: This is the change in printed dollars. Prices rose as well.
# why: compares dollars of two years without prices

real_change = 100 * (row.mean / mean_quoted - 1)
