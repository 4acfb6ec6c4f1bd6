# question: q4
# loses: 2
# reads: Those with 17 or 18 years have the degree as well.
# why: lets the column be 1 at 16 years only

columns = np.column_stack([np.ones(len(people)), school, experience, experience**2, school == 16])
weight = np.sqrt(people)
degree_jump = np.linalg.lstsq(columns * weight[:, None], log_wage * weight, rcond=None)[0][4]
