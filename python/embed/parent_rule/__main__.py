"""Learns how cells borrow the shape of their parent: python python/embed/parent_rule DATA.

Prints the numbers of `parent_rule` in cpp/src/fitting/shape_prior.cpp and what they gain on the half of the occupations
that they were not learned on.
"""

import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])

from parent_rule.errors import print_errors  # noqa: E402
from parent_rule.learning import learn  # noqa: E402
from parent_rule.parts import half, read_parts  # noqa: E402


def main() -> None:
    """Learns on half the occupations and prints the errors in the other, then learns on all."""
    if len(sys.argv) != 2:
        sys.exit("usage: python python/embed/parent_rule <data folder>")
    parts = read_parts(Path(sys.argv[1]))
    print_errors([half(each, 1) for each in parts], learn([half(each, 0) for each in parts]))
    learned = learn(parts)
    print_errors(parts, learned)
    for name, value in learned.items():
        print(f".{name} = {value:.3g}")


main()
