# question: q2
# loses: 1
# reads: That is what the other nine tenths receive.
# why: reads the curve at 0.9 and takes it for the top tenth

lower_half = pay.lorenz(0.5)
top_tenth = pay.lorenz(0.9)
