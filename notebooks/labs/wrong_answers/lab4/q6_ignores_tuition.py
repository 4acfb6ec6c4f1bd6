# question: q6
# loses: 2
# reads: Tuition should matter.
# why: takes the coefficient for the rate of return

def rate_of_return(b, tau):
    return b
