# question: q4
# loses: 3
# reads: These are shares of people. Of what are they asked?
# why: weighs by people, as one may for the mean log deviation but not for Theil's index

payroll_shares = people / people.sum()
within_part = np.sum(payroll_shares * theils) / together.theil()
