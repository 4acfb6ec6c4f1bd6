# question: q4
# loses: 3
# reads: The lowest tenth earns at most P10. What is the least that it may earn?
# why: gives the lowest tenth P10, which is the most that it can have

top_high = (100 * row.mean - 25 * row.p10 - 25 * row.p25 - 25 * row.p50 - 15 * row.p75) / 10
