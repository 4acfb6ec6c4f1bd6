"""The streams of a compound file, in which Excel up to 2003 keeps a workbook ([MS-CFB] of Microsoft)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

END = 0xFFFFFFFA  # sector numbers from here on are no sectors but marks, such as the end of a chain
ENTRY = 128  # bytes of an entry of the directory
STREAM, ROOT = 2, 5  # types of its entries


def read_streams(content: bytes) -> Iterator[bytes]:
    """Every stream of a compound file; ValueError where its tables are damaged."""
    try:
        yield from _Sectors(content).streams()
    except (struct.error, IndexError, KeyError) as error:
        raise ValueError("the tables of the compound file are damaged") from error


class _Sectors:
    def __init__(self, content: bytes) -> None:
        self._content = content
        self._size = 1 << struct.unpack_from("<H", content, 30)[0]
        if self._size not in (512, 4096):
            raise ValueError(f"sectors of {self._size} bytes")
        self._next = self._numbers(b"".join(map(self._sector, self._table_sectors())))

    def _sector(self, number: int) -> bytes:
        return self._content[(number + 1) * self._size : (number + 2) * self._size]

    @staticmethod
    def _numbers(data: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])

    def _table_sectors(self) -> Iterator[int]:
        """The sectors of the table of chains: 109 in the header, the others in a chain of their own."""
        yield from (number for number in self._numbers(self._content[76:512]) if number < END)
        more, chained = struct.unpack_from("<II", self._content, 68)
        for _ in range(min(chained, len(self._content) // self._size)):
            *numbers, more = self._numbers(self._sector(more))
            yield from (number for number in numbers if number < END)

    def _chain(self, start: int, following: tuple[int, ...]) -> Iterator[int]:
        """The sectors of a stream in order; ValueError where the chain comes back to itself."""
        for _ in following:
            if start >= END:
                return
            yield start
            start = following[start]
        if start < END:
            raise ValueError("a chain of sectors has no end")

    def _read(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._chain(start, self._next)))

    def streams(self) -> Iterator[bytes]:
        """The content of each stream of the directory; short ones lie in small sectors within the root's stream."""
        directory_start, least, small_start = struct.unpack_from("<I4xII", self._content, 48)
        directory = self._read(directory_start)
        entries = [directory[i : i + ENTRY] for i in range(0, len(directory) - ENTRY + 1, ENTRY)]
        places = [(entry[66], *struct.unpack_from("<II", entry, 116)) for entry in entries]
        root = next((self._read(start) for kind, start, _ in places if kind == ROOT), b"")
        small_next = self._numbers(self._read(small_start))
        for kind, start, size in places:
            if kind == STREAM and size >= least:
                yield self._read(start)[:size]
            elif kind == STREAM:
                small = (root[64 * number : 64 * number + 64] for number in self._chain(start, small_next))
                yield b"".join(small)[:size]
