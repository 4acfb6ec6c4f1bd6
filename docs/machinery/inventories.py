"""Where other projects document their objects: small lists in place of inventories from the network."""

from __future__ import annotations

import zlib
from pathlib import Path

from machinery.names import short_names

FOLDER = Path(__file__).resolve().parents[1] / "inventories"
SITES = {
    "python": "https://docs.python.org/3/",
    "numpy": "https://numpy.org/doc/stable/",
    "scipy": "https://docs.scipy.org/doc/scipy/",
    "pandas": "https://pandas.pydata.org/docs/",
    "matplotlib": "https://matplotlib.org/stable/",
    "polars": "https://docs.pola.rs/api/python/stable/",
    "pyarrow": "https://arrow.apache.org/docs/",
}
DOTTED = (
    "matplotlib.axes.Axes",
    "numpy.ndarray",
    "numpy.random.Generator",
    "pandas.DataFrame",
    "pandas.Series",
    "polars.DataFrame",
    "pyarrow.RecordBatch",
    "pyarrow.Table",
)
HEADER = """\
# Sphinx inventory version 2
# Project: {name}
# Version: 0
# The remainder of this file is compressed using zlib.
"""


def written(folder: Path) -> dict[str, tuple[str, str]]:
    """Writes an inventory for each list and gives Sphinx's mapping of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in SITES:
        lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
        (folder / f"{name}.inv").write_bytes(HEADER.format(name=name).encode() + zlib.compress(lines.encode()))
    return {name: (site, str(folder / f"{name}.inv")) for name, site in SITES.items()}


def type_links() -> dict[str, str]:
    """Words in the types of docstrings that become links, each with what it links to."""
    foreign = {
        "array_like": "numpy.typing.ArrayLike",
        "bool": "bool",
        "callable": "collections.abc.Callable",
        "dict": "dict",
        "False": "False",
        "float": "float",
        "int": "int",
        "iterable": "collections.abc.Iterable",
        "list": "list",
        "mapping": "collections.abc.Mapping",
        "ndarray": "numpy.ndarray",
        "None": "None",
        "path": "os.PathLike",
        "sequence": "collections.abc.Sequence",
        "str": "str",
        "True": "True",
        "tuple": "tuple",
    }
    foreign |= {name: name for name in DOTTED}
    return {word: f":py:obj:`{word} <{target}>`" for word, target in foreign.items()} | short_names()
