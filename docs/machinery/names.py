"""Names between single backquotes in docstrings: links where the reference has a page for them, else plain code."""

from __future__ import annotations

import inspect
from typing import Any

from docutils import nodes
from machinery.python_reference import aliases, entries
from pygments.lexers.special import TextLexer
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole

PARAMETER = "wagefit_name"


class NameRole(XRefRole):
    """The default role: a reference to a Python object that need not be one."""

    def process_link(
        self, env: BuildEnvironment, refnode: Any, has_explicit_title: bool, title: str, target: str
    ) -> tuple[str, str]:
        """Marks the reference, so that a miss of it is no mistake."""
        refnode["refdomain"], refnode["reftype"] = "py", "obj"
        refnode["py:module"] = env.ref_context.get("py:module")
        refnode["py:class"] = env.ref_context.get("py:class")
        refnode[PARAMETER] = True
        return title, f"wagefit.{target[3:]}" if target.startswith("wf.") else target


def plain_code(app: Sphinx, env: BuildEnvironment, node: pending_xref, content: nodes.TextElement) -> Any:
    """The name as code where nothing is found: a parameter, a column, a local name. Full names must be found."""
    if node.get(PARAMETER) and not node["reftarget"].startswith("wagefit."):
        return content
    return None


def is_foreign(app: Sphinx, kind: str, name: str, value: Any, skip: bool, options: Any) -> bool | None:
    """Leaves out methods that a library puts into a class of ours, such as those of scikit-learn."""
    return True if str(getattr(value, "__module__", "")).startswith("sklearn") else None


def note_aliases(app: Sphinx, env: BuildEnvironment) -> None:
    """Gives names that are found in a second module an entry of their own, which leads to the same page."""
    domain = env.domains.python_domain
    for alias, name in aliases().items():
        known = domain.objects[name]
        domain.objects[alias] = known._replace(aliased=True)


def short_names() -> dict[str, str]:
    """Links to public names by these, and to classes by their last names, as the types in docstrings give them."""
    links = {name: f":py:obj:`{name} <{entry.name}>`" for name, entry in entries().items()}
    classes = [entry for entry in entries().values() if inspect.isclass(entry.value)]
    for name, short in ((entry.name, entry.name.rpartition(".")[2]) for entry in classes):
        links[short] = f":py:obj:`{short} <{name}>`"
    return links


def setup(app: Sphinx) -> dict[str, bool]:
    """Registers the role and its two events."""
    app.add_lexer("csv", TextLexer)  # Pygments has none, and other readers of the pages know the word
    app.add_role("wagefit-name", NameRole(nodeclass=None, innernodeclass=nodes.literal))
    app.connect("missing-reference", plain_code)
    app.connect("autodoc-skip-member", is_foreign)
    app.connect("env-updated", note_aliases)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
