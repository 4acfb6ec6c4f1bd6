# question: q6
# loses: 1
# reads: A floor brings P10 and P90 closer together.
# why: leaves P10 where it was, below the floor

ratio_before = row.p90 / row.p10
ratio_after = row.p90 / row.p10
