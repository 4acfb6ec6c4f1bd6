# question: q3
# loses: 2
# reads: One number needs a model. Which shares are possible without one?
# why: interpolates on a straight line, which is a model, and calls it certain

share_low = share_high = 0.25 + 0.25 * (wage - row.p25) / (row.p50 - row.p25)
