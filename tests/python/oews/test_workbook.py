"""Workbooks and archives: made up, damaged, protected, far too large, or bombs."""

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


def workbook(rows: int = 200, after: str = "", before: str = "") -> bytes:
    """A small .xlsx, written by hand so that no writer is needed; XML `after` its rows and `before` the sheet."""
    sheet = "".join(
        f'<row r="{i + 1}">' + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in row) + "</row>"
        for i, row in enumerate([STATE[0], *[STATE[1]] * rows])
    )
    sheet += after
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
        "xl/worksheets/sheet1.xml": f'{before}<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return packed.getvalue()


def cell(reference: str) -> str:
    return f'<c r="{reference}"><v>1</v></c>'


def nested(layers: int) -> bytes:
    content = as_csv(STATE)
    for _ in range(layers):
        content = gzip.compress(content, 1)
    return content


def zipped(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
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
    "deep.csv.gz": (lambda: nested(1_200), "holds archives in archives"),
    "broken.csv.gz": (lambda: gzip.compress(as_csv(STATE * 500))[:200] + bytes(300), "damaged or cut short"),
    "long.csv": (lambda: as_csv([STATE[0], [*STATE[1][:4], "x" * 200_000, *STATE[1][5:]]]), "field larger than"),
    "quote.csv": (lambda: as_csv(STATE) + b'34,NJ,"New Jersey,29-2071\n', "unexpected end of data"),
    "cut number.csv": (lambda: as_csv(STATE[:2])[:-12], "does not end with a line break"),
    "cut row.csv": (lambda: as_csv(STATE) + b"34,NJ,New Jersey\r\n", "a row of 3 cells, 34, NJ, New Jersey"),
    "shifted.csv": (lambda: as_csv(STATE[:1]) + b",".join([b"44,010"] * 20) + b"\n", "quotes around numbers"),
    "German.csv": (lambda: as_csv(STATE).replace(b'"35,460"', b'"35.460,50"'), "mean is '35.460,50' in a row"),
    "underscore.csv": (lambda: as_csv(STATE).replace(b'"35,460"', b"35_460"), "mean is '35_460' in a row"),
    "twice.csv": (lambda: as_csv(STATE).replace(b"A_MEDIAN", b"a mean"), "'A_MEAN' and 'a mean' both hold mean"),
    "two formats.zip": (lambda: zipped(**{"a/t.csv": as_csv(STATE), "a/t.xlsx": workbook()}), "t.csv, a/t.xlsx"),
    "two years.zip": (
        lambda: zipped(**{"M2022.csv": as_csv(STATE), "M2023.csv": as_csv(STATE)}),
        "holds several releases: M2022.csv of 2022, M2023.csv of 2023",
    ),
    "far.xlsx": (lambda: workbook(after=f'<row r="1048576">{cell("XFD1048576")}</row>'), "1,048,576 rows by 16,384"),
    "far column.xlsx": (lambda: workbook(after=f"<row>{cell('ZZZZZ9')}</row>"), "12,356,630 columns"),
    "far in a namespace.xlsx": (
        lambda: workbook(after='<x:row xmlns:x="x"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>'),
        "1,048,576 rows",
    ),
    "far by an entity.xlsx": (lambda: workbook(after='<row><c r="&#88;FD1048576"><v>1</v></c></row>'), "16,384 col"),
    "far without references.xlsx": (
        lambda: workbook(after="<row>" + "<c><v>1</v></c>" * 9_000 + f'</row><row r="9000">{cell("A9000")}</row>'),
        "9,000 rows by 9,000 columns with ",
    ),
    "entities.xlsx": (lambda: workbook(before='<!DOCTYPE x [<!ENTITY a "b">]>'), "declares entities"),
    "no sheet.xlsx": (lambda: workbook(after="<row>"), "is damaged at xl/worksheets/sheet1.xml"),
}


def test_the_made_up_workbook_is_read(tmp_path: Path) -> None:
    (tmp_path / "state_M2013_dl.xlsx").write_bytes(workbook())
    assert len(wf.oews.read(tmp_path / "state_M2013_dl.xlsx", backend="pandas")) == 200


def test_far_cells_that_hold_nothing_are_no_obstacle(tmp_path: Path) -> None:
    """Formats without a figure, which people leave in far columns and rows, ask for no room."""
    after = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    (tmp_path / "state_M2013_dl.xlsx").write_bytes(workbook(after=after))
    assert len(wf.oews.read(tmp_path / "state_M2013_dl.xlsx", backend="pandas")) == 200


def test_all_tables_of_an_archive_are_read(tmp_path: Path) -> None:
    """As metropolitan releases are shipped: metropolitan areas and the balance of states, here in both formats."""
    members = {
        "oesm13ma/MSA_M2013_dl.xlsx": workbook(3), "oesm13ma/BOS_M2013_dl.csv": as_csv(STATE),
        "oesm13ma/field_descriptions.xlsx": workbook(1), "__MACOSX/oesm13ma/._BOS_M2013_dl.csv": b"\x00\x05\x16\x07",
    }  # fmt: skip
    (tmp_path / "oesm13ma.zip").write_bytes(zipped(**members))
    table = wf.oews.read(tmp_path / "oesm13ma.zip", backend="pandas")
    assert table["area"].tolist() == ["01"] * 3 + ["01", "34"]
    assert table["year"].unique().tolist() == [2013]


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_files_are_one_sentence(tmp_path: Path, name: str) -> None:
    make, message = DAMAGED[name]
    (tmp_path / name).write_bytes(make())
    start = time.monotonic()
    with pytest.raises(wf.FactError) as caught:
        wf.oews.read(tmp_path / name, release=None if name == "two years.zip" else 2013)
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
