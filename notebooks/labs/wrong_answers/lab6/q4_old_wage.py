# question: q4
# loses: 2
# reads: That is the old wage in dollars of the origin. What does it take there?
# why: ranks the origin's wage among the destination's without turning it into its dollars

stands_at = wf.rank(here.p50, occupation=mine["occupation"], state=mine["destination"], year=2025).percentile
