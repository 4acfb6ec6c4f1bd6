"""The page as one file: its template, style, JavaScript and tables put together."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from html import escape
from importlib.resources import files
from string import Formatter
from typing import Any

MAIN = "page.js"
IMPORT = re.compile(r'^import (?P<names>[^;]*?) from "\./(?P<module>\w+\.js)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?P<kind>function\*?|class|const) (?P<name>\w+)", re.MULTILINE)


def read_source(name: str) -> str:
    """A file of the page that lies beside this module."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def script() -> str:
    """All modules that the page's main one needs, as one."""
    return bundle(MAIN, read_source)


def bundle(main: str, read: Callable[[str], str]) -> str:
    """All modules that the one named `main` needs as one module, each in a function of its own.

    Parameters
    ----------
    main : str
        Name of a module, such as ``"page.js"``.
    read : callable
        The text of a module by its name.
    """
    return "\n".join(_wrapped(name, read(name)) for name in _in_order(main, read, set()))


def _in_order(name: str, read: Callable[[str], str], seen: set[str]) -> Iterator[str]:
    """A module after those that it imports, each once."""
    if name in seen:
        return
    seen.add(name)
    for found in IMPORT.finditer(read(name)):
        yield from _in_order(found["module"], read, seen)
    yield name


def _wrapped(name: str, source: str) -> str:
    """A module as a function that returns what it exports."""
    exported = ", ".join(found["name"] for found in EXPORT.finditer(source))
    body = EXPORT.sub(r"\g<kind> \g<name>", IMPORT.sub(_binding, source))
    return f"// ---- {name}\nconst {_variable(name)} = (() => {{\n{body}\nreturn {{ {exported} }};\n}})();\n"


def _binding(found: re.Match[str]) -> str:
    """What an import is where the modules are variables."""
    return f"const {found['names'].removeprefix('* as ')} = {_variable(found['module'])};\n"


def _variable(name: str) -> str:
    return f"module_{name.removesuffix('.js')}"


def inline_json(tables: Mapping[str, Any]) -> str:
    """Tables as JSON that may stand inside an HTML script element."""
    return json.dumps(tables, separators=(",", ":"), allow_nan=False).replace("<", "\\u003c")


def assemble(
    title: str,
    heading: str,
    introduction: str,
    tables: Mapping[str, Any] | None,
    report: str,
    citation: str,
    version: str,
) -> str:
    """The whole page; `report` and `citation` are HTML, the other texts plain. Without tables it answers nothing."""
    answers = {"heading": escape(heading), "introduction": escape(introduction), "tables": inline_json(tables or {})}
    parts = {
        "title": escape(title),
        "style": read_source("page.css"),
        "answers": "" if tables is None else filled(read_source("answers.html"), answers),
        "report": report,
        "citation": citation,
        "version": escape(version),
        "script": script(),
    }
    return filled(read_source("page.html"), parts)


def filled(template: str, parts: Mapping[str, str]) -> str:
    """A template with its named places filled in."""
    pieces = Formatter().parse(template)
    return "".join(text + ("" if place is None else parts[place]) for text, place, _, _ in pieces)
