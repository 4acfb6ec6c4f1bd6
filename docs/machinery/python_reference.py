"""Writes the pages of the Python reference: one for each public name, and one for each room with its names."""

from __future__ import annotations

import enum
import importlib
import inspect
import pkgutil
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from machinery.staging import titled

import wagefit

FOLDER = "reference/python"
BY_OWN_NAMES = ("wagefit.prices", "wagefit.adapters")  # modules, or folders of modules, that have no __all__
WITH_TABLES = (
    "wagefit.oews.reading",
    "wagefit.oews.embedded",
    "wagefit.tables.reading",
)  # their text describes columns


@dataclass(frozen=True)
class Entry:
    """A public name: where it is found, what it is, and the path of its page without the ending."""

    name: str
    value: Any
    page: str

    @property
    def module(self) -> str:
        """The module that a user finds it in."""
        return self.name.rpartition(".")[0]

    @property
    def directive(self) -> str:
        """The directive of autodoc that documents it."""
        if inspect.isclass(self.value):
            return "autoexception" if issubclass(self.value, BaseException) else "autoclass"
        return "autofunction" if callable(self.value) else "autodata"

    @property
    def summary(self) -> str:
        """The first line of its docstring."""
        text = inspect.getdoc(self.value) if callable(self.value) else "Version of the package."
        return (text or "").partition("\n\n")[0].replace("\n", " ")


def public_modules() -> dict[str, list[str]]:
    """Every module that users import names from, with these names; the package itself first."""
    rooms = [wagefit, *(importlib.import_module(name) for name in _room_names())]
    found = {room.__name__: [name for name in room.__all__ if not _is_module(room, name)] for room in rooms}
    for name in BY_OWN_NAMES:
        found |= {module.__name__: own_names(module) for module in _modules_of(name)}
    return found


def entries() -> dict[str, Entry]:
    """Every public name with its page; a name that is found in two modules has one page, under the shorter name."""
    found: dict[str, Entry] = {}
    pages: dict[str, str] = {}
    for module, names in public_modules().items():
        for name in names:
            value = getattr(importlib.import_module(module), name)
            first = next((each for each in found.values() if each.value is value), None)
            found[f"{module}.{name}"] = first or Entry(f"{module}.{name}", value, _page(module, name, pages))
    return found


def aliases() -> dict[str, str]:
    """Public names that lead to the page of another name, with that name."""
    return {name: entry.name for name, entry in entries().items() if entry.name != name}


def reference_pages() -> dict[str, str]:
    """The text of every page by its path in the site."""
    every = entries()
    found = {f"{entry.page}.rst": _name_page(entry) for name, entry in every.items() if name == entry.name}
    for module, names in public_modules().items():
        found[f"{FOLDER}/{module}/index.rst"] = _module_page(module, [every[f"{module}.{name}"] for name in names])
    for module in WITH_TABLES:
        found[f"{FOLDER}/{module}/index.rst"] = titled(module, f".. automodule:: {module}\n   :no-members:\n")
    found[f"{FOLDER}/index.rst"] = _front_page()
    return found


def own_names(module: ModuleType) -> list[str]:
    """Public functions and classes that a module defines itself."""
    return [
        name
        for name, value in sorted(vars(module).items())
        if not name.startswith("_")
        and getattr(value, "__module__", "") == module.__name__
        and (inspect.isfunction(value) or inspect.isclass(value))
    ]


def _room_names() -> list[str]:
    packages = [each.name for each in pkgutil.iter_modules(wagefit.__path__, "wagefit.") if each.ispkg]
    return [name for name in packages if hasattr(importlib.import_module(name), "__all__")]


def _modules_of(name: str) -> list[ModuleType]:
    module = importlib.import_module(name)
    if not hasattr(module, "__path__"):
        return [module]
    return [importlib.import_module(each.name) for each in pkgutil.iter_modules(module.__path__, f"{name}.")]


def _is_module(room: ModuleType, name: str) -> bool:
    return isinstance(getattr(room, name), ModuleType)


def _page(module: str, name: str, pages: dict[str, str]) -> str:
    """A path of its own even where a file system does not tell Cell from cell."""
    page = f"{FOLDER}/{module}/{name}"
    while page.lower() in pages:
        page += "_"
    pages[page.lower()] = name
    return page


def _name_page(entry: Entry) -> str:
    lines = [f".. currentmodule:: {entry.module}", "", f".. {entry.directive}:: {entry.name}"]
    if inspect.isclass(entry.value):
        lines += ["   :members:", "   :inherited-members: " + ", ".join(_foreign_bases(entry.value))]
        lines += ["   :undoc-members:"] if issubclass(entry.value, enum.Enum) else []
    return titled(entry.name.rpartition(".")[2].replace("__version__", "Version"), "\n".join(lines) + "\n")


def _foreign_bases(value: type) -> list[str]:
    """Bases that are not of this package: their members are documented elsewhere."""
    foreign = [base.__name__ for base in value.__mro__ if not base.__module__.startswith("wagefit")]
    return foreign or ["object"]


def _module_page(module: str, listed: list[Entry]) -> str:
    rows = [
        f"   * - :py:obj:`{entry.name.rpartition('.')[2]} <{entry.name}>`\n     - {entry.summary}" for entry in listed
    ]
    own = [entry.page.removeprefix(f"{FOLDER}/{module}/") for entry in listed if entry.module == module]
    tree = ["", ".. toctree::", "   :hidden:", "", *(f"   {page}" for page in own)] if own else []
    text = [
        f".. automodule:: {module}",
        "   :no-members:",
        "",
        ".. list-table::",
        "   :widths: 30 70",
        "",
        *rows,
        *tree,
    ]
    return titled(module, "\n".join(text) + "\n")


def _front_page() -> str:
    modules = [*public_modules(), *WITH_TABLES]
    rows = [f"   * - :doc:`{name} <{name}/index>`\n     - {_first_line(name)}" for name in modules]
    links = (f"   {name.removeprefix('wagefit.')} <{name}/index>" for name in modules)
    tree = ["", ".. toctree::", "   :hidden:", "", *links]
    start = ["Names of everyday use are found in ``wagefit`` itself, all others in its rooms.", ""]
    text = [*start, ".. list-table::", "   :widths: 30 70", "", *rows, *tree]
    return titled("Python reference", "\n".join(text) + "\n")


def _first_line(module: str) -> str:
    return (inspect.getdoc(importlib.import_module(module)) or "").partition("\n\n")[0].replace("\n", " ")
