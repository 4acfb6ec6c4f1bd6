# question: q6
# loses: 2
# reads: Which of the two intervals should be the wider one?
# why: divides the narrow interval by the wide one

def relative_width(curve, p):
    lower, upper = curve.credible("ppf", p)
    return (upper - lower) / curve.ppf(p)


mean_is_worth = relative_width(pay, 0.99) / relative_width(without_mean, 0.99)
