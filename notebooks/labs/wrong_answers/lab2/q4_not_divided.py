# question: q4
# loses: 3
# reads: The best-paid tenth earns P90 or more.
# why: leaves the rest of the payroll per person of the whole occupation, not of the tenth

top_high = row.mean - (0.15 * row.p10 + 0.25 * row.p25 + 0.25 * row.p50 + 0.15 * row.p75)
