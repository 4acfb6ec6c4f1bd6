# question: q1
# loses: 2
# reads: 110 dollars in one year are worth 100 today, at 10 percent.
# why: counts the first gain as if it came today

def npv(gain, cost, years, rate):
    return sum(gain / (1 + rate) ** t for t in range(years)) - cost
