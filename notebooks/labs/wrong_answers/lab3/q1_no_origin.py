# question: q1
# loses: 2
# reads: Two groups with equal shares: no inequality.
# why: leaves out the point (0, 0), and with it the first trapezoid

def gini_from_shares(shares):
    curve = np.cumsum(shares)
    return 1 - np.mean(curve[:-1] + curve[1:])
