# question: q4
# loses: 2
# reads: Mind the weeks: this job is paid for 50 of them.
# why: scales the annual wage by the hours of a week and leaves 52 weeks

part_time_pay = row.p50 * 24 / 40
