# question: q2
# loses: 2
# reads: That interval is about the wages of people. The question is about their mean.
# why: gives the range that holds eight of ten people instead of an interval for their mean

low, high = row.p10, row.p90
