"""The rows of a published file, whatever contains them: Excel workbooks, CSV, either in a zip or gzip archive."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from wagefit.errors import FactError

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
DOCUMENTATION = re.compile(r"field.?desc|file.?desc|readme|footnote", re.IGNORECASE)


def read_rows(path: Path) -> Rows:
    """Every row of the table in `path`, title lines and header included.

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
    content = path.read_bytes()
    return _rows(content, path.name)


def _rows(content: bytes, name: str) -> Rows:
    if not content.strip():
        raise FactError(f"{name} is empty; expected a workbook or a CSV file")
    if content.startswith(OLE):
        return _excel_rows(content, name)
    if content.startswith(ZIP):
        return _zip_rows(content, name)
    if content.startswith(GZIP):
        return _rows(_gunzipped(content, name), name.removesuffix(".gz"))
    return _csv_rows(content, name)


def _excel_rows(content: bytes, name: str) -> Rows:
    if content.startswith(OLE) and ENCRYPTED in content:
        raise FactError(f"{name} is protected by a password; expected a workbook that opens without one")
    calamine = _calamine()
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        tables = (workbook.get_sheet_by_name(sheet).to_python() for sheet in workbook.sheet_names)
        return next((rows for rows in tables if _has_header(rows)), [])
    except Exception as error:  # the reader raises a class of its own for every kind of damage, a panic among them
        raise FactError(
            f"{name} cannot be read as a workbook, it may be damaged or cut short; expected .xls or .xlsx"
        ) from error


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


def _zip_rows(content: bytes, name: str) -> Rows:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _require_modest(archive, name)
            damaged = archive.testzip()
            if damaged is not None:
                raise FactError(f"{name} is damaged at its member {damaged}; expected a complete file")
            if "xl/workbook.xml" in archive.namelist():
                return _excel_rows(content, name)
            member = _data_member(archive, name)
            return _rows(archive.read(member), Path(member.filename).name)
    except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError) as error:
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


def _data_member(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    suffixes = (".xls", ".xlsx", ".csv", ".csv.gz")
    tables = [
        member
        for member in archive.infolist()
        if member.filename.lower().endswith(suffixes) and not DOCUMENTATION.search(member.filename)
    ]
    if not tables:
        raise FactError(f"{name} holds no .xls, .xlsx or .csv table; expected one")
    return max(tables, key=lambda member: member.file_size)


def _gunzipped(content: bytes, name: str) -> bytes:
    try:
        with gzip.open(io.BytesIO(content)) as stream:
            text = stream.read(LARGEST_RATIO * len(content) + UNSUSPECTED)
            if stream.read(1):
                raise FactError(
                    f"{name} unpacks to more than {len(text) / 1024**2:,.0f} MB; expected a published table"
                )
    except (EOFError, OSError) as error:
        raise FactError(f"{name} is damaged or cut short; expected a complete gzip file") from error
    return text


def _csv_rows(content: bytes, name: str) -> Rows:
    start = content[:2000].lstrip().lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<")):
        raise FactError(f"{name} is a web page, not a table; expected the file that its link downloads")
    if b"\x00" in content[:2000]:
        raise FactError(f"{name} is neither a workbook nor text; expected .xls, .xlsx, .csv or an archive of one")
    rows: Rows = list(csv.reader(io.StringIO(_decoded(content), newline="")))
    return rows


def _decoded(content: bytes) -> str:
    decoders: tuple[Callable[[], str], ...] = (
        lambda: content.decode("utf-8-sig"),
        lambda: content.decode("cp1252", "replace"),
    )
    try:
        return decoders[0]()
    except UnicodeDecodeError:
        return decoders[1]()
