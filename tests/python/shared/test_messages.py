"""What messages show."""

from __future__ import annotations

import numpy as np

from wagefit.shared.messages import one_line, shown


def test_a_cell_of_several_lines_is_shown_on_one() -> None:
    """A quote that is never closed makes a cell of the rest of a file."""
    assert one_line("10180, Abilene\n100001,\tNorthwest  Alabama") == "10180, Abilene 100001, Northwest Alabama"
    assert len(one_line("x\n" * 1000)) == 40
    assert one_line(3.5) == "3.5"


def test_a_value_is_shown_as_one_would_write_it() -> None:
    assert shown(np.float64(2.5)) == "2.5"
    assert shown("x" * 100) == "'" + "x" * 56 + "..."
