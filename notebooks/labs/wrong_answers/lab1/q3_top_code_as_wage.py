# question: q3
# loses: 1
# reads: The mark # does not say how high the wage is.
# why: replaces the mark by the top code, as if everybody there earned just that


def known(text):
    if text == "*":
        return 0.0, float("inf")
    wage = 208_000.0 if text == "#" else float(text.replace(",", ""))
    return wage, wage
