"""Names and values that stand in one text, such as ``P90=63820, mean=44,010`` or ``experience=8,state=NJ``."""

from __future__ import annotations

import re

from wagefit.errors import FactError

_NEXT = re.compile(r"\s*[,;]\s*(?=[^,;=]+=)")  # between two values, not at a comma inside one of them


def parse_named(option: str, text: str, expected: str) -> list[tuple[str, str]]:
    """Each name with its value, as they are typed; FactError, which says what is `expected`, where one is missing.

    Examples
    --------
    >>> from wagefit.shell.named_values import parse_named
    >>> parse_named("--facts", "mean=44,010, P90=63,820", "expected figures")
    [('mean', '44,010'), ('P90', '63,820')]
    """
    found = []
    for part in _NEXT.split(text.strip()):
        name, equals, value = (each.strip() for each in part.partition("="))
        if not equals or not name or not value:
            raise FactError(f"{option} is {text!r}; {expected}")
        found.append((name, value))
    return found
