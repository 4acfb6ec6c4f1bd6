"""A download that goes on where a broken one stopped.

What has arrived stands in a file ``NAME.part``; ``NAME.part.json`` beside it says which version of the server's file it
is the beginning of (RFC 9110, sections 13.1.5 and 14), how long, and with what checksum. It is continued only if all
of that still holds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from wagefit.shared.progress import Advance

ATTEMPTS = 5  # connections of one call; another is made only if the one before it brought some bytes
BLOCK = 1 << 20  # bytes that arrive between two updates of the notes
SECONDS = 60  # time without an answer after which a connection has failed

Watch = Callable[[str, int | None], AbstractContextManager[Advance]]


@dataclass
class Begun:
    """The beginning of a file: the server's mark of its version, the size of the whole, and how much of it is here."""

    mark: str = ""
    size: int | None = None
    n_bytes: int = 0
    digest: Any = field(default_factory=hashlib.sha256)


class ResumingDownloader:
    """Downloads over HTTP as `pooch.retrieve` wants them, continuing `part` if it is there."""

    def __init__(self, part: Path, headers: Mapping[str, str], watch: Watch) -> None:
        self._part = part
        self._headers = {**headers, "Accept-Encoding": "identity"}  # a range counts the bytes as they are stored
        self._watch = watch

    def __call__(self, url: str, output_file: Any, _pooch: Any = None) -> None:
        """Downloads `url` to `output_file`; `requests` errors if the server or the network fails."""
        self._part.parent.mkdir(parents=True, exist_ok=True)
        for attempt in range(1, ATTEMPTS + 1):
            before = self.n_bytes
            try:
                self._continue(url)
                break
            except import_module("requests").exceptions.RequestException:
                if attempt == ATTEMPTS or self.n_bytes <= before:
                    raise
        self._part.replace(output_file)
        self._notes.unlink(missing_ok=True)  # of no bytes there are no notes

    @property
    def n_bytes(self) -> int:
        """How much of the file is here and can be continued."""
        return self._begun().n_bytes

    @property
    def _notes(self) -> Path:
        return self._part.with_name(f"{self._part.name}.json")

    def _continue(self, url: str) -> None:
        begun = self._begun()
        if begun.n_bytes == begun.size:
            return
        with import_module("requests").get(
            url, headers={**self._headers, **_range(begun)}, stream=True, timeout=SECONDS
        ) as response:
            response.raise_for_status()
            if response.headers.get("Content-Range", "").partition("-")[0] != f"bytes {begun.n_bytes}":
                begun = Begun()  # the server sends the whole file: it has another version, or knows no ranges
            begun.mark, begun.size = _mark(response.headers), _size(response.headers, begun.n_bytes)
            self._receive(response, begun)
        self._require_whole(begun)

    def _begun(self) -> Begun:
        """What an earlier download left, if its notes are right about it."""
        try:
            notes = json.loads(self._notes.read_text(encoding="ascii"))
            with self._part.open("rb") as file:
                digest = hashlib.sha256(file.read(notes["n_bytes"]))
            if notes["mark"] and digest.hexdigest() == notes["sha256"]:
                return Begun(notes["mark"], notes["size"], notes["n_bytes"], digest)
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return Begun()

    def _receive(self, response: Any, begun: Begun) -> None:
        with (
            self._part.open("r+b" if begun.n_bytes else "wb") as file,
            self._watch(_name(self._part), begun.size) as show,
        ):
            file.seek(begun.n_bytes)
            file.truncate()
            for block in response.iter_content(BLOCK):
                file.write(block)
                file.flush()
                begun.digest.update(block)
                begun.n_bytes += len(block)
                self._note(begun)
                show(begun.n_bytes)

    def _note(self, begun: Begun) -> None:
        notes = {"mark": begun.mark, "size": begun.size, "n_bytes": begun.n_bytes, "sha256": begun.digest.hexdigest()}
        self._notes.write_text(json.dumps(notes), encoding="ascii")

    def _require_whole(self, begun: Begun) -> None:
        """The file is as long as announced, and nobody else wrote to it meanwhile."""
        errors = import_module("requests").exceptions
        if begun.size is not None and begun.n_bytes != begun.size:
            raise errors.ConnectionError(f"{begun.n_bytes} of {begun.size} bytes")
        if hashlib.sha256(self._part.read_bytes()).digest() != begun.digest.digest():
            self._part.unlink()
            raise errors.ConnectionError("another download wrote to the same file")


def _range(begun: Begun) -> dict[str, str]:
    return {"Range": f"bytes={begun.n_bytes}-", "If-Range": begun.mark} if begun.n_bytes else {}


def _mark(headers: Mapping[str, str]) -> str:
    """What tells this version of the file from another; weak tags cannot, by RFC 9110."""
    tag = headers.get("ETag", "")
    return tag if tag and not tag.startswith("W/") else headers.get("Last-Modified", "")


def _size(headers: Mapping[str, str], n_bytes: int) -> int | None:
    length = headers.get("Content-Length", "")
    return n_bytes + int(length) if length.isdigit() else None


def _name(part: Path) -> str:
    return part.name.removesuffix(".part")
