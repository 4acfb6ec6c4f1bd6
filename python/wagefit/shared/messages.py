"""How messages show what they are about."""

from __future__ import annotations

from typing import Any

import numpy as np


def shown(value: Any) -> str:
    """A value as one would write it, its first 60 characters.

    Examples
    --------
    >>> from wagefit.shared.messages import shown
    >>> shown("44.010,50")
    "'44.010,50'"
    """
    return _cut(repr(value.item() if isinstance(value, np.generic) else value), 60)


def one_line(value: Any) -> str:
    r"""The text of a cell on one line, its first 40 characters.

    Examples
    --------
    >>> from wagefit.shared.messages import one_line
    >>> one_line("29-2072\n29-2071")
    '29-2072 29-2071'
    """
    return _cut(" ".join(str(value).split()), 40)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 3] + "..."
