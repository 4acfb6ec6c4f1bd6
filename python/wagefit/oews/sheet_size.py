"""How large the sheets of a workbook are, from its XML or its records and before anything is made of them.

The reader of workbooks lays a sheet out as a rectangle from the first to the last cell that it names. One cell in the
last row and column of a file of 5 kB asks for 550 GB, and the process ends without an exception.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from wagefit.errors import FactError
from wagefit.oews.compound_file import read_streams

SMALL = 4_000_000  # cells of a rectangle that any machine holds
LARGEST = 40_000_000  # all data of a release are 13 million
SPARSEST = 20  # cells of a larger rectangle for each that is filled; published tables fill nearly all
BLOCK = 1 << 20

# What spreadsheet programs write, and what could be a cell in any spelling.
_USUAL = re.compile(rb'<c r="([A-Z]{1,3})\d{1,7}"')
_FAR_ROW = re.compile(rb'<c r="[A-Z]{1,3}(\d{6,7})"')
_NEAR_ROWS = 99_999
_CELL = re.compile(rb"<c[\s/>]")
_REFERENCE = re.compile(r"([A-Za-z]{1,7})(\d{1,9})")


# Records of Excel up to 2003 that hold cells, by number; those of several cells of one row begin with row and first
# column too, and end with the last.
_BEGIN_OF_SHEET = (0x0009, 0x0209, 0x0409, 0x0809)
_OF_ONE_CELL = frozenset(
    (0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x0206, 0x027E, 0x0406)
)
_OF_SEVERAL_CELLS = 0x00BD


def check_record_sizes(content: bytes, name: str) -> None:
    """FactError where the sheets of a workbook of Excel up to 2003 are far larger than what they hold, or damaged."""
    try:
        streams = [stream for stream in read_streams(content) if _record(stream, 0)[0] in _BEGIN_OF_SHEET]
    except ValueError as error:
        raise FactError(f"{name} is damaged or cut short; expected a complete workbook") from error
    for stream in streams:
        size, filled = _sizes_of_records(stream)
        if not _can_be_held(size, 1, filled):
            raise FactError(f"{name} has sheets of {size:,} cells with {filled:,} filled; expected a published table")


def _record(stream: bytes, at: int) -> tuple[int, int]:
    """Number and length of the record at a place; none at the end."""
    return struct.unpack_from("<HH", stream, at) if at + 4 <= len(stream) else (-1, 0)


def _sizes_of_records(stream: bytes) -> tuple[int, int]:
    """Cells of the rectangles of all sheets together, and how many of them are filled."""
    at = size = filled = rows = columns = 0
    while at + 8 <= len(stream):
        number, length = _record(stream, at)
        if number in _BEGIN_OF_SHEET:
            size, rows, columns = size + rows * columns, 0, 0
        elif number in _OF_ONE_CELL or number == _OF_SEVERAL_CELLS:
            row, column = struct.unpack_from("<HH", stream, at + 4)
            if number == _OF_SEVERAL_CELLS and at + 4 + length <= len(stream) and length >= 2:
                column = max(column, *struct.unpack_from("<H", stream, at + 2 + length))
            rows, columns, filled = max(rows, row + 1), max(columns, column + 1), filled + 1
        at += 4 + length
    return size + rows * columns, filled


def check_sheet_sizes(archive: zipfile.ZipFile, name: str) -> None:
    """FactError where a sheet of the workbook is far larger than what it holds, or damaged."""
    for member in archive.infolist():
        if not _is_surely_small(archive, member):
            _Sheet(name).read(archive, member)


def _is_surely_small(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether all cells are written as usual and lie within a rectangle that can be held; reads the whole member."""
    columns: set[bytes] = set()
    rows, cells = _NEAR_ROWS, 0
    for part in _parts(archive, member):
        named = _USUAL.findall(part)
        if len(_CELL.findall(part)) != len(named) or b":c" in part:
            return False
        columns.update(named)
        rows = max([rows, *map(int, set(_FAR_ROW.findall(part)))])
        cells += len(named)
    return _can_be_held(rows, max((_number(letters.decode()) for letters in columns), default=0), cells)


def _parts(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The member piece by piece, each ending before a tag."""
    rest = b""
    with archive.open(member) as stream:
        while block := stream.read(BLOCK):
            whole, tag, begun = (rest + block).rpartition(b"<")
            yield whole
            rest = tag + begun
    yield rest


def _is_xml(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    with archive.open(member) as stream:
        return stream.read(200).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _number(letters: str) -> int:
    """A column's number, 1 for A, from its letters."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _can_be_held(rows: int, columns: int, filled: int) -> bool:
    size = rows * columns
    return size <= SMALL or size <= min(LARGEST, SPARSEST * filled)


class _Sheet:
    """Reads a sheet element by element, as slowly as that is, and follows where its cells are."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._row = self._column = self._rows = self._columns = self._filled = 0

    def read(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
        """FactError where the sheet cannot be held."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._begin
        parser.StartDoctypeDeclHandler = self._refuse_declaration
        try:
            for part in _parts(archive, member):
                parser.Parse(part)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            if not _is_xml(archive, member):
                return
            raise FactError(f"{self._name} is damaged at {member.filename}; expected a complete workbook") from error
        if not _can_be_held(self._rows, self._columns, self._filled):
            size = f"{self._rows:,} rows by {self._columns:,} columns with {self._filled:,} cells"
            raise FactError(f"{self._name} has a sheet of {size}; expected a table, which fills its sheet")

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition(":")[2]
        if kind == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdecimal() and len(number) < 10 else self._row + 1
            self._column = 0
        elif kind == "c":
            self._move(_REFERENCE.fullmatch(attributes.get("r", "")))
        elif kind in ("v", "is", "f"):
            self._filled += 1
            self._rows, self._columns = max(self._rows, self._row), max(self._columns, self._column)

    def _move(self, reference: re.Match[str] | None) -> None:
        if reference is None:
            self._column += 1
        else:
            self._column, self._row = _number(reference[1]), int(reference[2])

    def _refuse_declaration(self, *_: Any) -> None:
        raise FactError(f"{self._name} declares entities; expected a workbook of a spreadsheet program")
