# question: q1
# loses: 2
# reads: A later dollar is worth less: at which rate?
# why: adds up the gains without interest

def npv(gain, cost, years, rate):
    return gain * years - cost
