# question: q1
# loses: 1
# reads: Which part of the people is paid more than the 90th percentile?
# why: takes the 90 of P90 for the part that is paid more

above_p90 = 0.90 * row.employment
between = 0.65 * row.employment
