# question: q1
# loses: 1
# reads: Where prices are high, a dollar buys less. Multiply or divide?
# why: multiplies pay by the price level

nominal_gain = 100 * (there.p50 / here.p50 - 1)
real_there, real_here = there.p50 * wf.prices.parity(there.area), here.p50 * wf.prices.parity(here.area)
real_gain = 100 * (real_there / real_here - 1)
