# question: q1
# loses: 2
# reads: Those are log points. Here the difference is too large to take them for percent.
# why: takes 100 times the difference of logarithms for percent

college_premium = 100 * (college - high_school)
