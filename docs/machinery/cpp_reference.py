"""Writes the pages of the C++ reference, one for each public header, from what Doxygen reads in them."""

from __future__ import annotations

import re
import shutil
import subprocess
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree as ET

from machinery.staging import ROOT, titled

FOLDER = "reference/cpp"
HERE = Path(__file__).resolve().parent
HEADERS = ROOT / "cpp" / "include"
SETTINGS = """
PROJECT_NAME = wagefit
INPUT = "{headers}"
RECURSIVE = YES
STRIP_FROM_PATH = "{headers}"
FULL_PATH_NAMES = YES
GENERATE_XML = YES
GENERATE_HTML = NO
GENERATE_LATEX = NO
OUTPUT_DIRECTORY = "{output}"
QUIET = YES
WARN_AS_ERROR = FAIL_ON_WARNINGS
WARN_IF_UNDOCUMENTED = NO
WARN_IF_INCOMPLETE_DOC = NO
EXTRACT_ALL = YES
AUTOLINK_SUPPORT = NO
MACRO_EXPANSION = NO
HIDE_FRIEND_COMPOUNDS = YES
EXCLUDE_SYMBOLS = *::detail *::detail::*
XML_PROGRAMLISTING = NO
"""
INTRODUCTION = re.compile(r"\n\n((?:///[^\n]*\n)+)\n?(?:#include|namespace)")


def run_doxygen(output: Path) -> None:
    """Writes the XML of all public headers below `output`."""
    program = shutil.which("doxygen")
    if program is None:
        raise SystemExit(
            "The C++ reference needs doxygen, and none is on the path. Install the extra docs, which has it for Linux, "
            "macOS and Windows (pip install '.[docs]'), or your system's package (apt-get install doxygen)."
        )
    output.mkdir(parents=True, exist_ok=True)
    settings = SETTINGS.format(headers=HEADERS, output=output)
    subprocess.run([program, "-"], input=settings, text=True, check=True)
    _forget_about_namespaces(output / "xml")


def _forget_about_namespaces(folder: Path) -> None:
    """Empties the descriptions of namespaces, in which Doxygen gathers what headers say of themselves."""
    for path in folder.glob("namespace*.xml"):
        tree = ET.parse(path)
        for name in ("briefdescription", "detaileddescription"):
            for description in tree.findall(f"compounddef/{name}"):
                description.clear()
        tree.write(path, encoding="utf-8", xml_declaration=True)


def headers() -> list[str]:
    """Public headers by the path that an include names."""
    return [path.relative_to(HEADERS).as_posix() for path in sorted(HEADERS.rglob("*.hpp"))]


def page_of(header: str) -> str:
    """Path of a header's page in the site, without the ending."""
    return f"{FOLDER}/{header.removeprefix('wagefit/').removesuffix('.hpp')}"


def reference_pages(output: Path) -> dict[str, str]:
    """The text of every page by its path in the site, from what `run_doxygen` has written below `output`."""
    declared = _declarations(output / "xml")
    found = {f"{page_of(header)}.rst": _header_page(header) for header in headers()}
    for room, listed in _by_room().items():
        found[f"{FOLDER}/{room}/index.rst"] = _room_page(room, listed, declared)
    found[f"{FOLDER}/index.rst"] = _front_page()
    return found


def _by_room() -> dict[str, list[str]]:
    inside = [header for header in headers() if header.count("/") == 2]
    return {room: list(listed) for room, listed in groupby(inside, key=lambda header: header.split("/")[1])}


def _header_page(header: str) -> str:
    text = f".. code-block:: cpp\n\n   #include <{header}>\n\n{_introduction(header)}"
    name = header.rpartition("/")[2]  # Doxygen's index has the last part alone, as long as no two headers share it
    return titled(name, f"{text}.. doxygenfile:: {name}\n")


def _introduction(header: str) -> str:
    """The comment before a header's includes or before its namespace, which is about the whole file."""
    match = INTRODUCTION.search((HEADERS / header).read_text(encoding="utf-8"))
    if not match:
        return ""
    text = "\n".join(line.removeprefix("///").removeprefix(" ") for line in match[1].splitlines())
    return re.sub(r"\n\n((?: {4}[^\n]*\n?)+)", r"\n\n.. code-block:: cpp\n\n\1", text) + "\n\n"


def _room_page(room: str, listed: list[str], declared: dict[str, list[str]]) -> str:
    names = [page_of(header).rpartition("/")[2] for header in listed]
    rows = [
        f"   * - :doc:`{name}`\n     - {', '.join(f':cpp:any:`{each} <wagefit::{each}>`' for each in declared[header])}"
        for name, header in zip(names, listed, strict=True)
    ]
    table = [".. list-table::", "   :widths: 30 70", "   :header-rows: 1", "", "   * - header\n     - declares", *rows]
    tree = ["", ".. toctree::", "   :hidden:", "", *(f"   {name}" for name in names)]
    return titled(room, "\n".join([*table, *tree]) + "\n")


def _declarations(folder: Path) -> dict[str, list[str]]:
    """Classes and functions of each header, in the order of their lines."""
    places: dict[str, list[tuple[int, str]]] = {header: [] for header in headers()}
    for path in [*folder.glob("class*.xml"), *folder.glob("struct*.xml")]:
        compound = ET.parse(path).find("compounddef")
        if compound.get("prot") == "public":
            _note(places, compound.find("location"), compound.findtext("compoundname"))
    for path in folder.glob("namespace*.xml"):
        tree = ET.parse(path)
        scope = tree.findtext("compounddef/compoundname")
        for member in tree.iter("memberdef"):
            if member.get("kind") in ("function", "enum"):
                _note(places, member.find("location"), f"{scope}::{member.findtext('name')}")
    return {header: list(dict.fromkeys(name for _, name in sorted(found))) for header, found in places.items()}


def _note(places: dict[str, list[tuple[int, str]]], location: ET.Element, name: str) -> None:
    if name.count("::") - name.count("<") <= 2:  # not what is inside a class
        places[location.get("file")].append((int(location.get("line")), name.removeprefix("wagefit::")))


def _front_page() -> str:
    single = [page_of(header).rpartition("/")[2] for header in headers() if header.count("/") == 1]
    rooms = [f"{room}/index" for room in _by_room()]
    intro = (HERE / "cpp_reference.rst").read_text(encoding="utf-8")
    return f"{intro}\n.. toctree::\n   :maxdepth: 2\n\n" + "\n".join(f"   {page}" for page in [*single, *rooms]) + "\n"
