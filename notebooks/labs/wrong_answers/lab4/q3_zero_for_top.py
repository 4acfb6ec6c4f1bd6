# question: q3
# loses: 1
# reads: There the parabola is back where it began. Where is its top?
# why: forgets the 2 of the derivative

weighted = np.column_stack([np.ones(len(people)), school, experience, experience**2]) * np.sqrt(people)[:, None]
a, b, c, d = np.linalg.lstsq(weighted, log_wage * np.sqrt(people), rcond=None)[0]
school_return = 100 * (np.exp(b) - 1)
peak = -c / d
