# question: q6
# loses: 1
# reads: That is the effect on everybody. Average over those who have the certificate.
# why: averages the effect over all people

naive = observed[certified].mean() - observed[~certified].mean()
effect = (with_it - without).mean()
selection = without[certified].mean() - without[~certified].mean()
