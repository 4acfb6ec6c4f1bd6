"""What a file that wagefit reads back says of itself: its format, the version that wrote it, and its digest.

The SHA-256 digest is of all else in the file, so that no damage is taken for figures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from wagefit._core import __version__
from wagefit.errors import FactError

DIGEST = "sha256"
Head = dict[str, Any]
DigestOf: TypeAlias = Callable[[Mapping[str, Any]], str]
"""The digest of a file with this head, which is without one."""


@dataclass(frozen=True)
class FileFormat:
    """One kind of files, such as those of salary models.

    Attributes
    ----------
    number : int
        Of the format that is written; files of lower numbers are read as well.
    content : str
        What the digest is of, such as ``"a model"``.
    writer : str
        What writes such files, such as ``"SalaryModel.save"``.
    changed : str
        What is said, after the file's name, of one whose digest is another: what is wrong, and what was expected.
    """

    number: int
    content: str
    writer: str
    changed: str

    def head(self, notes: Mapping[str, Any], digest: DigestOf) -> Head:
        """`notes`, with format, version and digest."""
        unsigned = {**notes, "format": self.number, "version": __version__}
        return {**unsigned, DIGEST: digest(unsigned)}

    def require_unchanged(self, name: str, head: Any, digest: DigestOf) -> None:
        """FactError unless `head`, of the file called `name`, is of this format or before and has the file's digest."""
        if not isinstance(head, dict) or DIGEST not in head:
            raise FactError(f"{name} has no digest of {self.content}; expected a file that {self.writer} wrote")
        if isinstance(head.get("format"), int) and head["format"] > self.number:
            raise FactError(
                f"{name} was written by wagefit {head.get('version')}; expected one of this version or before"
            )
        if digest({key: value for key, value in head.items() if key != DIGEST}) != head[DIGEST]:
            raise FactError(f"{name} {self.changed}")
