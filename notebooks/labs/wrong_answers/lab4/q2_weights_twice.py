# question: q2
# loses: 3
# reads: Here the squares are counted as often as the square of the number of men.
# why: multiplies by the number of men and not by its square root

columns = np.column_stack([np.ones(len(people)), school, experience, experience**2])
coefficients = np.linalg.lstsq(columns * people[:, None], log_wage * people, rcond=None)[0]
