"""Lays the pages of the project beside each other, as the site has them, and turns their links to each other."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\]]*\])*)\]\((?![a-z]+:|#)([^)#\s]+)(#[^)\s]*)?\)")
SINGLE_PAGES = {
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "LICENSES/README.md": "licenses.md",
}
OWN_SOURCES = (".md", ".ipynb", ".png", ".svg", ".csv", ".toml")
PYTHON = {"name": "python", "pygments_lexer": "ipython3"}  # of notebooks that are not executed as well
NOT_PAGES = (
    "machinery",
    "inventories",
    "theme",
    "typed_page",
)  # folders of docs that make the site and are not part of it


def pages(root: Path = ROOT) -> dict[str, str]:
    """Paths of all pages and pictures in the project, with their paths in the site."""
    found = {f"docs/{path}": path for path in _files_below(root / "docs") if path.split("/")[0] not in NOT_PAGES}
    found |= {f"notebooks/{path}": _place_of_notebook(path) for path in _files_below(root / "notebooks")}
    found |= {str(path.relative_to(root)): f"benchmarks/{path.parent.name}.md" for path in _benchmarks(root)}
    return found | {path: page for path, page in SINGLE_PAGES.items() if (root / path).exists()}


def stage(target: Path, root: Path = ROOT) -> list[str]:
    """Writes every page below `target`, leaves unchanged ones alone, and removes what is no page."""
    staged = pages(root)
    for source, page in staged.items():
        content = _content(root / source, link_turner(source, staged, root))
        write_if_changed(target / page, content)
    return list(staged.values())


def link_turner(source: str, staged: dict[str, str], root: Path = ROOT) -> Callable[[str], str]:
    """A function that makes the links of one Markdown text lead to where their targets stand in the site.

    A link to a file of the project that is no page, such as a test, becomes its own text.
    """
    destinations = {**staged, "README.md": "index.md"}
    folder = PurePosixPath(staged[source]).parent

    def turned(match: re.Match[str]) -> str:
        words, target, anchor = match[1], match[2], match[3] or ""
        path = normpath(str(PurePosixPath(source).parent / target))
        if path in destinations:
            return f"[{words}]({relpath(destinations[path], folder)}{anchor})"
        return words if (root / path).exists() else match[0]

    return lambda text: LINK.sub(turned, text)


def notebooks_without_data(data: Path, root: Path = ROOT) -> list[str]:
    """Notebooks that read the folder of real files, where it is not there."""
    if data.is_dir():
        return []
    found = [
        path for path in (root / "notebooks").glob("*.ipynb") if "WAGEFIT_DATA" in path.read_text(encoding="utf-8")
    ]
    return [f"notebooks/{path.name}" for path in found]


def titled(title: str, text: str) -> str:
    """A page in reStructuredText that begins with a title."""
    return f"{title}\n{'=' * len(title)}\n\n{text}"


def write_if_changed(path: Path, content: bytes) -> None:
    """Writes a file unless it holds the same already, so that what depends on it is not made again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_bytes() != content:
        path.write_bytes(content)


def remove_others(folder: Path, kept: set[str]) -> None:
    """Removes the files below a folder that are not among `kept`, paths relative to the folder."""
    for path in folder.rglob("*"):
        if path.is_file() and path.relative_to(folder).as_posix() not in kept:
            path.unlink()


def _content(path: Path, turned: Callable[[str], str]) -> bytes:
    if path.suffix == ".md":
        return turned(path.read_text(encoding="utf-8")).encode()
    if path.suffix == ".ipynb":
        return _notebook(path, turned).encode()
    return path.read_bytes()


def _notebook(path: Path, turned: Callable[[str], str]) -> str:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["metadata"]["language_info"] = PYTHON
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = turned("".join(cell["source"]))
    return json.dumps(notebook, ensure_ascii=False, indent=1)


def _place_of_notebook(path: str) -> str:
    """Labs have a part of the site of their own, which begins with what they say of themselves."""
    if path.startswith("labs/"):
        return path.replace("README.md", "index.md").replace("SOURCES.md", "sources.md")
    return f"notebooks/{path}"


def _files_below(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in OWN_SOURCES and ".ipynb_checkpoints" not in path.parts:
            yield path.relative_to(folder).as_posix()


def _benchmarks(root: Path) -> list[Path]:
    return sorted((root / "benchmarks").glob("*/README.md"))
