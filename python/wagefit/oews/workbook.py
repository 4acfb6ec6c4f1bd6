"""The tables of a published file, whatever contains them: Excel workbooks, CSV, either in a zip or gzip archive."""

from __future__ import annotations

import csv
import gzip
import io
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from wagefit.errors import FactError
from wagefit.oews.sheet_size import check_record_sizes, check_sheet_sizes

Rows = list[list[Any]]

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK"
GZIP = b"\x1f\x8b"
# Name of the stream in which Office keeps an encrypted package, as compound files spell it.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# All releases together hold less; an archive that declares or yields more is a bomb or not one of these files.
LARGEST = 2 * 1024**3
LARGEST_RATIO = 300
UNSUSPECTED = 50 * 1024**2
SUFFIXES = (".xls", ".xlsx", ".csv", ".csv.gz")
# Documentation, and what macOS puts beside each file of an archive.
NO_TABLE = re.compile(r"field.?desc|file.?desc|readme|footnote|__MACOSX/|(^|/)\._", re.IGNORECASE)
DEEPEST = 3  # archives around a table: a zip archive of zip or gzip archives of workbooks, which are archives too


class PrintedTable(NamedTuple):
    """Every row of one table, title lines and header included; the file that it stands in, and the sheet if any."""

    name: str
    rows: Rows
    sheet: str = ""


class Form(NamedTuple):
    """What tells a table from other sheets of a workbook, and how CSV files write it.

    Without an encoding text is UTF-8, or Windows-1252 where it cannot be that. A mark such as ``x`` is a whole cell,
    also at the end of a file without a last line break.
    """

    is_table: Callable[[Rows], bool]
    encoding: str | None = None
    delimiter: str = ","
    marks: frozenset[str] = frozenset()


def read_tables(path: Path, form: Form | None = None) -> list[PrintedTable]:
    """Every table in `path`: those of a workbook's sheets, of an archive's members; by default as BLS writes them.

    Raises
    ------
    FactError
        The file is empty, truncated, encrypted, too large when unpacked or none of these formats; one sentence says
        which.
    FileNotFoundError
        There is no such file.
    """
    if not path.is_file():
        raise FileNotFoundError(f"{path} is no file; expected a published table")
    return _tables(path.read_bytes(), path.name, form or Form(_has_header), DEEPEST)


def _tables(content: bytes, name: str, form: Form, depth: int) -> list[PrintedTable]:
    """The tables in `content`, with at most `depth` archives around them."""
    if not content.strip():
        raise FactError(f"{name} is empty; expected a workbook or a CSV file")
    if content.startswith(OLE):
        return _excel_tables(content, name, form)
    if not content.startswith((ZIP, GZIP)):
        return [PrintedTable(name, _csv_rows(content, name, form))]
    if depth == 0:
        raise FactError(f"{name} holds archives in archives; expected a workbook or a CSV file in it")
    if content.startswith(ZIP):
        return _zip_tables(content, name, form, depth - 1)
    return _tables(_gunzipped(content, name), name, form, depth - 1)


def _excel_tables(content: bytes, name: str, form: Form) -> list[PrintedTable]:
    if content.startswith(OLE) and ENCRYPTED in content:
        raise FactError(f"{name} is protected by a password; expected a workbook that opens without one")
    if content.startswith(OLE):
        check_record_sizes(content, name)
    calamine = _calamine()
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = {sheet: workbook.get_sheet_by_name(sheet).to_python() for sheet in workbook.sheet_names}
    except BaseException as error:  # the reader has a class of its own for each kind of damage, a panic among them
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise FactError(
            f"{name} cannot be read as a workbook, it may be damaged or cut short; expected .xls or .xlsx"
        ) from error
    tables = [PrintedTable(name, rows, sheet) for sheet, rows in sheets.items() if form.is_table(rows)]
    return tables or [PrintedTable(name, [])]


def _calamine() -> Any:
    try:
        return import_module("python_calamine")
    except ImportError as error:
        raise ImportError('reading workbooks needs python-calamine: pip install "wagefit[excel]"') from error


def _has_header(rows: Rows) -> bool:
    return any(len(row) > 5 and any(is_occupation_header(cell) for cell in row) for row in rows[:60])


def is_occupation_header(cell: Any) -> bool:
    """Whether a cell heads the column of occupation codes."""
    return str(cell).strip().lower().replace(" ", "_") == "occ_code"


def check_archive(content: bytes, name: str) -> None:
    """FactError unless `content` is a complete zip archive with a table, as BLS ships a release."""
    if not content.startswith(ZIP):
        kind = "a web page" if _is_markup(content) else "no zip archive"
        raise FactError(f"{name} is {kind}; expected the archive of a release")
    with _opened(content, name) as archive:
        _data_members(archive, name)
        damaged = archive.testzip()
        if damaged is not None:
            raise FactError(f"{name} is damaged at its member {damaged}; expected a complete file")


def _zip_tables(content: bytes, name: str, form: Form, depth: int) -> list[PrintedTable]:
    with _opened(content, name) as archive:
        if "xl/workbook.xml" in archive.namelist():
            check_sheet_sizes(archive, name)  # reads every member to its end and so compares the checksums
            return _excel_tables(content, name, form)
        members = [(Path(member.filename).name, archive.read(member)) for member in _data_members(archive, name)]
    return [table for inner, packed in members for table in _tables(packed, inner, form, depth)]


@contextmanager
def _opened(content: bytes, name: str) -> Iterator[zipfile.ZipFile]:
    """A zip archive that unpacks to no more than a release; FactError for whatever is wrong with it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _require_modest(archive, name)
            yield archive
    except FactError:
        raise
    except (
        zipfile.BadZipFile,
        EOFError,
        OSError,
        RuntimeError,
        ValueError,
        LookupError,
        zlib.error,
        struct.error,
    ) as error:
        reason = "protected by a password" if "encrypted" in str(error) else "damaged or cut short"
        raise FactError(f"{name} is {reason}; expected a complete file that opens without a password") from error


def _require_modest(archive: zipfile.ZipFile, name: str) -> None:
    members = archive.infolist()
    total = sum(member.file_size for member in members)
    dense = [m for m in members if m.file_size > max(UNSUSPECTED, LARGEST_RATIO * m.compress_size)]
    if total > LARGEST or dense:
        packed = sum(member.compress_size for member in members)
        raise FactError(
            f"{name} unpacks to {total / 1024**2:,.0f} MB from {packed / 1024**2:,.1f} MB; "
            "expected a published table, which is never packed so densely"
        )


def _data_members(archive: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    """The members with tables; FactError where there are none, or one stands there in two formats."""
    tables = [
        member
        for member in archive.infolist()
        if member.filename.lower().endswith(SUFFIXES) and not NO_TABLE.search(member.filename)
    ]
    if not tables:
        raise FactError(f"{name} holds no .xls, .xlsx or .csv table; expected one")
    stems = Counter(member.filename.lower().partition(".")[0] for member in tables)
    if len(stems) < len(tables):
        held = ", ".join(member.filename for member in tables)
        raise FactError(f"{name} holds a table twice: {held}; expected each once")
    return tables


def _gunzipped(content: bytes, name: str) -> bytes:
    try:
        with gzip.open(io.BytesIO(content)) as stream:
            text = stream.read(LARGEST_RATIO * len(content) + UNSUSPECTED)
            if stream.read(1):
                raise FactError(
                    f"{name} unpacks to more than {len(text) / 1024**2:,.0f} MB; expected a published table"
                )
    except (EOFError, OSError, zlib.error) as error:
        raise FactError(f"{name} is damaged or cut short; expected a complete gzip file") from error
    return text


def _csv_rows(content: bytes, name: str, form: Form) -> Rows:
    if _is_markup(content):
        raise FactError(f"{name} is a web page, not a table; expected the file that its link downloads")
    if b"\x00" in content[:2000]:
        raise FactError(f"{name} is neither a workbook nor text; expected .xls, .xlsx, .csv or an archive of one")
    text = _decoded(content, form.encoding, name)
    if not text.endswith(("\n", "\r")) and text.rpartition(form.delimiter)[2].strip() not in form.marks:
        raise FactError(
            f"{name} does not end with a line break, so its last figure may be cut; expected one after the last row"
        )
    try:
        rows: Rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=form.delimiter, strict=True))
    except csv.Error as error:
        raise FactError(
            f"{name} is damaged or no table: {error}; expected rows of cells with {form.delimiter!r} between"
        ) from error
    return rows


def _is_markup(content: bytes) -> bool:
    return content[:2000].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def _decoded(content: bytes, encoding: str | None, name: str) -> str:
    if encoding is not None:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            raise FactError(f"{name} is not encoded as {encoding}; expected the encoding of its layout") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
