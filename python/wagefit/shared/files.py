"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LONGEST = 100  # characters of a name that are kept in that of the file beside it; file systems allow 255 bytes


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A new file to write, which takes the place of `path` when the block ends; nothing changes where the block fails.

    It has a name of its own, so that processes that write to one path at the same time do not disturb one another: the
    last one stays. Where `path` is a link the file that it leads to is replaced, with the permissions that it had.

    Raises
    ------
    OSError
        The folder does not exist or cannot be written.

    Examples
    --------
    >>> from pathlib import Path
    >>> from wagefit.shared.files import replacing
    >>> with replacing(Path("figures.txt")) as partial:
    ...     _ = partial.write_text("44010")
    >>> Path("figures.txt").read_text()
    '44010'
    """
    target = path.resolve()
    if not target.parent.is_dir():
        raise FileNotFoundError(f"{target.parent} is no folder; expected one to write {target.name} in")
    partial = target.with_name(f".{target.name[:LONGEST]}.{secrets.token_hex(8)}.partial")
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    try:
        yield partial
        if target.exists():
            partial.chmod(target.stat().st_mode & 0o777)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
