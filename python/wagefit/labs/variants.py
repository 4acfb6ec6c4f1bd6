"""Which row of a table of variants a student works on."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

from wagefit.errors import FactError

PAGE = 16  # hexadecimal digits of the digest that are read as a number


def variant(table: str | Path, student: str) -> dict[str, str]:
    r"""The row of a table of variants that belongs to a student.

    Parameters
    ----------
    table : str or Path
        A CSV file, one variant a row, such as an occupation and a state. Its name takes part in the choice, so that a
        student's variants of two labs have nothing to do with each other.
    student : str
        User name. Capital letters and blanks around it make no difference.

    Returns
    -------
    dict of str to str
        The row: the SHA-256 digest of the table's name and the student's, as a number, modulo the number of rows.

    Raises
    ------
    FactError
        The name is empty, or the table has no rows.
    OSError
        There is no such file.

    Examples
    --------
    >>> from pathlib import Path
    >>> from wagefit.labs import variant
    >>> _ = Path("lab_variants.csv").write_text("occupation,state\n29-1141,NJ\n29-2072,TX\n13-2011,OH\n")
    >>> variant("lab_variants.csv", "ada")
    {'occupation': '29-1141', 'state': 'NJ'}
    >>> variant("lab_variants.csv", " Ada ") == variant("lab_variants.csv", "ada")
    True
    """
    name = student.strip().lower()
    if not name:
        raise FactError(f"student is {student!r}; expected a user name")
    path = Path(table)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if not rows:
        raise FactError(f"table is {str(table)!r}, which has no rows; expected one variant a row")
    digest = hashlib.sha256(f"{path.stem}:{name}".encode()).hexdigest()
    return rows[int(digest[:PAGE], 16) % len(rows)]
