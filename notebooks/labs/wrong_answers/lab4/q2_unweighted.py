# question: q2
# loses: 3
# reads: Small groups count as much as large ones here.
# why: forgets the weights

columns = np.column_stack([np.ones(len(people)), school, experience, experience**2])
coefficients = np.linalg.lstsq(columns, log_wage, rcond=None)[0]
