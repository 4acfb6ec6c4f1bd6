"""Names between single backquotes in docstrings: links where the reference has a page for them, else plain code."""

from __future__ import annotations

import inspect
import re
from functools import cache
from pathlib import Path
from typing import Any

from docutils import nodes
from machinery.python_reference import aliases, entries
from pygments.lexers.special import TextLexer
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.transforms import SphinxTransform

PARAMETER = "wagefit_name"
PAGES = (".md", ".ipynb")
CODE = re.compile(r"(?:(?:wf|wagefit)\.(?P<full>\w+(?:\.\w+)*)|(?P<owner>[A-Z]\w+)(?P<member>(?:\.\w+)*))(?:\(.*\))?")


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


class LinkCode(SphinxTransform):
    """Makes links of code in the text of pages that names what the reference has: ``wf.fit(row)``, ``Factor.curve``."""

    default_priority = 500

    def apply(self, **settings: Any) -> None:
        """Wraps each such piece of code that is not in a link or a heading already."""
        if Path(self.env.doc2path(self.env.docname)).suffix not in PAGES:
            return
        for code in list(self.document.findall(nodes.literal)):
            target = target_of(code.astext())
            if target and not isinstance(code.parent, (nodes.reference, nodes.title, pending_xref)):
                attributes = {"refdomain": "py", "reftype": "obj", "reftarget": target, "refexplicit": True}
                link = pending_xref("", code.deepcopy(), refdoc=self.env.docname, **attributes)
                link[PARAMETER] = "text"
                code.replace_self(link)


def target_of(code: str) -> str | None:
    """The full name of what a piece of code names or calls, where it may be a public one."""
    match = CODE.fullmatch(code)
    if match is None:
        return None
    if match["full"]:
        return f"wagefit.{match['full']}"
    owner = classes().get(match["owner"])
    return owner and owner + match["member"]


@cache
def classes() -> dict[str, str]:
    """Full names of the public classes by their last names."""
    found = [entry.name for entry in entries().values() if inspect.isclass(entry.value)]
    return {name.rpartition(".")[2]: name for name in found}


def plain_code(app: Sphinx, env: BuildEnvironment, node: pending_xref, content: nodes.TextElement) -> Any:
    """The name as code where nothing is found: a parameter, a column, a local name. Docstrings' full names must be."""
    kind = node.get(PARAMETER)
    return content if kind == "text" or (kind and not node["reftarget"].startswith("wagefit.")) else None


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
    return links | {short: f":py:obj:`{short} <{name}>`" for short, name in classes().items()}


def setup(app: Sphinx) -> dict[str, bool]:
    """Registers the role and its two events."""
    app.add_lexer("csv", TextLexer)  # Pygments has none, and other readers of the pages know the word
    app.add_transform(LinkCode)
    app.add_role("wagefit-name", NameRole(nodeclass=None, innernodeclass=nodes.literal))
    app.connect("missing-reference", plain_code)
    app.connect("autodoc-skip-member", is_foreign)
    app.connect("env-updated", note_aliases)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
