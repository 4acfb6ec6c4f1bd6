# question: q5
# loses: 2
# reads: That is the average of the percentiles.
# why: averages percentiles and calls it a mixture

average_p10 = np.average([each.p10 for each in chosen], weights=people)
mixture_p10 = np.average([curve.ppf(0.1) for curve in curves], weights=people)
