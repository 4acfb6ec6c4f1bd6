# question: q6
# loses: 2
# reads: name 'real_change' is not defined
# why: a bracket is missing, so that the cell does not run

real_change = 100 * (row.mean / wf.prices.adjust(mean_quoted, 2014, 2018) - 1
