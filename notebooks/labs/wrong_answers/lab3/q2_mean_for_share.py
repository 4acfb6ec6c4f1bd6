# question: q2
# loses: 1
# reads: The lower-paid half cannot receive more than half.
# why: divides the half's mean by the mean of all, and forgets that it is half of the people

lower_half = pay.mean_between(0, 0.5) / pay.mean()
top_tenth = 1 - pay.lorenz(0.9)
