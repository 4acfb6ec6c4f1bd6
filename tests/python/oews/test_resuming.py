"""Downloads that break, from a server on this machine that knows ranges and cuts connections."""

from __future__ import annotations

import io
import os
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import wagefit as wf

NAME = "oesm18nat.zip"
MEGABYTE = 1 << 20


def release(seed: int, size: int = 5 * MEGABYTE + 12_345) -> bytes:
    """An archive of `size` bytes or a few more that no two seeds have in common."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("table.csv"), np.random.default_rng(seed).bytes(size))
    return packed.getvalue()


CONTENT, OTHER = release(2018), release(2019)


@dataclass
class Source:
    """What the server sends, where it cuts its answers, and what it was asked."""

    content: bytes = CONTENT
    tag: str = '"first"'
    knows_ranges: bool = True
    cuts: list[int] = field(default_factory=list)  # bytes of each coming answer after which it is cut
    asked: list[str] = field(default_factory=list)
    url: str = ""


class Cutting(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    source: Source

    def do_GET(self) -> None:
        source = self.source
        source.asked.append(self.headers.get("Range", "whole"))
        start = self._start()
        body = source.content[start:]
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(source.content) - 1}/{len(source.content)}")
        if source.tag:
            self.send_header("ETag", source.tag)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: source.cuts.pop(0)] if source.cuts else body)
        self.close_connection = True

    def _start(self) -> int:
        wanted = self.headers.get("Range")
        if wanted is None or not self.source.knows_ranges or self.headers.get("If-Range") != self.source.tag:
            return 0
        return int(wanted.removeprefix("bytes=").removesuffix("-"))

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def source() -> Iterator[Source]:
    source = Source()
    handler = type("Handler", (Cutting,), {"source": source})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        source.url = f"http://127.0.0.1:{server.server_port}/"
        yield source
        server.shutdown()
        thread.join()


def fetch(source: Source, cache: Path) -> bytes:
    return wf.oews.fetch(2018, cache=cache, base_url=source.url).read_bytes()


def break_off(source: Source, cache: Path) -> int:
    """A download that ends for good after two megabytes or so; returns how much is there."""
    source.cuts = [2 * MEGABYTE + 777, 0]
    with pytest.raises(
        ConnectionError, match=r"the connection broke after [\d,]+ bytes; the next call goes on from there"
    ):
        fetch(source, cache)
    assert not (cache / NAME).exists()
    return (cache / f"{NAME}.part").stat().st_size


def test_a_cut_connection_is_taken_up_again(source: Source, tmp_path: Path) -> None:
    source.cuts = [3 * MEGABYTE, MEGABYTE + 1]
    assert fetch(source, tmp_path) == CONTENT
    assert source.asked[0] == "whole"
    assert len(source.asked) == 3
    assert all(asked.startswith("bytes=") for asked in source.asked[1:])
    assert sorted(path.name for path in tmp_path.iterdir()) == [NAME, f"{NAME}.sha256"]


def test_the_next_call_goes_on(source: Source, tmp_path: Path) -> None:
    n_bytes = break_off(source, tmp_path)
    assert n_bytes >= 2 * MEGABYTE
    source.asked.clear()
    assert fetch(source, tmp_path) == CONTENT
    assert source.asked == [f"bytes={n_bytes}-"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [NAME, f"{NAME}.sha256"]


def test_another_version_starts_anew(source: Source, tmp_path: Path) -> None:
    break_off(source, tmp_path)
    source.content, source.tag = OTHER, '"second"'
    assert fetch(source, tmp_path) == OTHER


def test_a_server_without_ranges_sends_all_again(source: Source, tmp_path: Path) -> None:
    break_off(source, tmp_path)
    source.knows_ranges = False
    assert fetch(source, tmp_path) == CONTENT


@pytest.mark.parametrize("tag", ["", 'W/"weak"'])
def test_without_a_mark_of_the_version_nothing_is_continued(source: Source, tmp_path: Path, tag: str) -> None:
    source.tag, source.cuts = tag, [2 * MEGABYTE + 777]
    with pytest.raises(ConnectionError, match="the network or the server is out of reach"):
        fetch(source, tmp_path)
    assert fetch(source, tmp_path) == CONTENT
    assert source.asked == ["whole", "whole"]


@pytest.mark.parametrize("damage", ["flipped", "cut", "notes", "nothing noted"])
def test_a_damaged_part_is_not_continued(source: Source, tmp_path: Path, damage: str) -> None:
    break_off(source, tmp_path)
    part, notes = tmp_path / f"{NAME}.part", tmp_path / f"{NAME}.part.json"
    content = bytearray(part.read_bytes())
    content[1_000] ^= 1
    {"flipped": lambda: part.write_bytes(content), "cut": lambda: os.truncate(part, 1_000),
     "notes": lambda: notes.write_text("{"), "nothing noted": notes.unlink}[damage]()  # fmt: skip
    source.asked.clear()
    assert fetch(source, tmp_path) == CONTENT
    assert source.asked == ["whole"]


def test_bytes_beyond_the_notes_are_dropped(source: Source, tmp_path: Path) -> None:
    """As after a process that was killed between writing and noting."""
    n_bytes = break_off(source, tmp_path)
    with (tmp_path / f"{NAME}.part").open("ab") as file:
        file.write(b"never noted")
    source.asked.clear()
    assert fetch(source, tmp_path) == CONTENT
    assert source.asked == [f"bytes={n_bytes}-"]


def test_a_continued_file_is_held_against_the_checksum(source: Source, tmp_path: Path) -> None:
    fetch(source, tmp_path)
    (tmp_path / NAME).unlink()
    source.content, source.tag = OTHER, '"second"'
    source.cuts = [3 * MEGABYTE]
    with pytest.raises(wf.FactError, match="is not the file that was first downloaded"):
        fetch(source, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{NAME}.sha256"]


def test_it_gives_up_in_the_end(source: Source, tmp_path: Path) -> None:
    source.cuts = [1_100_000] * 3 + [0] * 100
    with pytest.raises(ConnectionError):
        fetch(source, tmp_path)
    assert len(source.asked) <= 5
