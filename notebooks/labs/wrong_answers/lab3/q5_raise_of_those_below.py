# question: q5
# loses: 2
# reads: That is the raise of those below the floor. The others have none.
# why: gives the average raise of the people concerned for that of everybody

share_below = pay.cdf(floor)
mean_rises = floor - pay.mean_between(0, share_below)
