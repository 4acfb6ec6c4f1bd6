# question: q1
# loses: 1
# reads: How many standard deviations of log wages lie between P10 and P90?
# why: divides by 1.2816 once, as if P10 were the median

sigma = np.log(row.p90 / row.p10) / 1.2816
m = np.sqrt(row.p10 * row.p90)
