# question: q2
# loses: 2
# reads: The wrong way round: things cost more at the destination.
# why: divides by the factor that it should multiply with

same_living = here.p50 * wf.prices.parity(here.area) / wf.prices.parity(there.area)
