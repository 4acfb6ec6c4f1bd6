# question: q2
# loses: 2
# reads: That is for the average of the nation. Your friend is not average.
# why: multiplies the national mean by the premium

yearly_gain = 0.145 * 44_010
