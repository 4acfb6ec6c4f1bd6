# question: q5
# loses: 2
# reads: That is the slope of school on ability. The formula needs it the other way.
# why: regresses school on ability, the direction in which the world was made

short = slopes(log_pay, years)[0]
bias = slopes(log_pay, years, ability)[1] * slopes(years, ability)[0]
