"""Workbooks and archives: made up, damaged, protected, or bombs."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

import wagefit as wf

from ..published_layouts import STATE, as_csv


def workbook(rows: int = 200) -> bytes:
    """A small .xlsx, written by hand so that no writer is needed."""
    sheet = "".join(
        f'<row r="{i + 1}">' + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in row) + "</row>"
        for i, row in enumerate([STATE[0], *[STATE[1]] * rows])
    )
    package, office = (
        "http://schemas.openxmlformats.org/package/2006",
        "http://schemas.openxmlformats.org/officeDocument",
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type='
        f'"{office}/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}/2006/relationships">'
        '<sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type='
        f'"{office}/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return packed.getvalue()


def bomb() -> bytes:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("xl/workbook.xml", "w") as member,
    ):
        for _ in range(300):
            member.write(bytes(1 << 20))
    return packed.getvalue()


def corrupted() -> bytes:
    content = bytearray(workbook())
    middle = len(content) // 2
    content[middle : middle + 40] = bytes(40)
    return bytes(content)


DAMAGED: dict[str, tuple[Any, str]] = {
    "empty.xlsx": (bytes, "is empty"),
    "cut.xlsx": (lambda: workbook()[:-400], "damaged or cut short"),
    "corrupt.xlsx": (corrupted, "damaged"),
    "cut.xls": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged"),
    "locked.xlsx": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(600),
        "protected by a password",
    ),
    "page.xlsx": (lambda: b"<!DOCTYPE html><html><body>Access denied</body></html>", "is a web page"),
    "bomb.xlsx": (bomb, "never packed so densely"),
    "cut.csv.gz": (lambda: gzip.compress(as_csv(STATE * 500))[:-30], "damaged or cut short"),
    "bomb.csv.gz": (lambda: gzip.compress(bytes(200 << 20)), "unpacks to more than"),
    "picture.csv": (lambda: b"\x89PNG\r\n" + bytes(100), "neither a workbook nor text"),
    "other.csv": (lambda: b"a,b\n1,2\n", "has no column OCC_CODE"),
}


def test_the_made_up_workbook_is_read(tmp_path: Path) -> None:
    (tmp_path / "state_M2013_dl.xlsx").write_bytes(workbook())
    assert len(wf.oews.read(tmp_path / "state_M2013_dl.xlsx", backend="pandas")) == 200


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_files_are_one_sentence(tmp_path: Path, name: str) -> None:
    make, message = DAMAGED[name]
    (tmp_path / name).write_bytes(make())
    start = time.monotonic()
    with pytest.raises(wf.FactError) as caught:
        wf.oews.read(tmp_path / name, release=2013)
    assert time.monotonic() - start < 30  # a hang, not a speed: bombs must not be unpacked
    text = str(caught.value)
    assert name in text
    assert message in text
    assert "\n" not in text


@pytest.mark.skipif(sys.platform == "win32", reason="the resource module measures memory")
def test_a_bomb_takes_little_memory(tmp_path: Path) -> None:
    (tmp_path / "bomb.xlsx").write_bytes(bomb())
    code = (
        "import resource, sys, wagefit as wf\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        f"try: wf.oews.read({str(tmp_path / 'bomb.xlsx')!r}, release=2013)\n"
        "except wf.FactError: pass\n"
        "else: sys.exit('read')\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    grown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert int(grown.stdout) < 100_000  # kilobytes, of 300 MB packed


def test_a_missing_file_is_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        wf.oews.read(tmp_path / "national_M2018_dl.xlsx")
