# question: q3
# loses: 2
# reads: Straight lines lie above the curve. Is their Gini coefficient larger or smaller?
# why: gives the coefficient of the whole curve, not that of ten groups

gini_of_tenths = pay.gini()
