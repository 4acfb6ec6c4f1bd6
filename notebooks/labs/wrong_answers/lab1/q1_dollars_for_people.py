# question: q1
# loses: 1
# reads: Count the people below P90, then take away those below P25.
# why: takes the distance in dollars for a part of the people

above_p90 = 0.10 * row.employment
between = row.employment * (row.p90 - row.p25) / row.p90
