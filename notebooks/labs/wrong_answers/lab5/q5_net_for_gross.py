# question: q5
# loses: 2
# reads: The net present value has the cost taken off already. What are the gains alone?
# why: divides the cost by the net present value, from which it has been taken already

break_even = np.mean(rosy.spent) / np.mean(rosy.npv)
