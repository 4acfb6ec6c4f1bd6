# question: q2
# loses: 2
# reads: The interval is too narrow by far. In which unit is the standard error?
# why: takes the relative standard error for dollars

low = row.mean - 1.96 * row.mean_rse
high = row.mean + 1.96 * row.mean_rse
