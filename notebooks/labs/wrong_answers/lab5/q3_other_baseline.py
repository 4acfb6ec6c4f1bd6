# question: q3
# loses: 2
# reads: That is over the uncertified. The certified are a part of the average.
# why: gives the ratio over the uncertified for that over all

def over_average(ratio, share):
    return ratio
