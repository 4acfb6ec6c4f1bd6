# question: q6
# loses: 2
# reads: Index points are not percent, where the origin is not at 100.
# why: takes a difference of index points for percent

goods_change = levels[mine["destination"]]["goods"] - levels[mine["origin"]]["goods"]
housing_change = levels[mine["destination"]]["housing"] - levels[mine["origin"]]["housing"]
