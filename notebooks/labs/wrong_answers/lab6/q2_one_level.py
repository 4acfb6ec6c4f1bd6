# question: q2
# loses: 2
# reads: The origin has a price level, too.
# why: takes the origin's prices for the nation's

same_living = here.p50 * wf.prices.parity(there.area)
