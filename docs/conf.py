"""Settings of the site for Sphinx; `python docs/build.py` runs it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from machinery import inventories, mathjax, staging, typed_page  # noqa: E402

import wagefit  # noqa: E402

BUILD = Path(os.environ["WAGEFIT_DOCS_BUILD"])

# Types that public headers name and private ones define.
DECLARED_ONLY = (
    "CurveSegment",
    "IndexGrid",
    "InterruptionWatch",
    "KnotTable",
    "MixtureQuantile",
    "RationalSegment",
    "ScoreSegments",
)

project = "wagefit"
author = "wagefit developers"
copyright = "wagefit developers, MIT license"  # noqa: A001
version = release = wagefit.__version__
language = "en"
root_doc = "index"
extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.intersphinx",
    "sphinx.ext.mathjax",
    "numpydoc",
    "breathe",
    "sphinx_design",
    "sphinx_copybutton",
    "machinery.names",
    "machinery.llms",
]
nitpicky = True

nitpick_ignore_regex = [("cpp:identifier", r"Eigen(::.*)?")]
nitpick_ignore = [("cpp:identifier", name) for name in DECLARED_ONLY]
suppress_warnings = ["duplicate_declaration.cpp"]  # every header declares the one namespace anew

myst_enable_extensions = ["dollarmath", "colon_fence", "deflist", "attrs_inline"]
myst_dmath_allow_digits = False
myst_dmath_allow_space = False
myst_heading_anchors = 4
nb_execution_mode = "cache"
nb_execution_cache_path = str(BUILD / "executed")
# A student's version waits for answers; a notebook on real files cannot run where they are not.
nb_execution_excludepatterns = ["labs/*", *staging.notebooks_without_data(Path(os.environ["WAGEFIT_DATA"]))]
nb_execution_raise_on_error = True
nb_execution_timeout = 300
nb_merge_streams = True

toc_object_entries_show_parents = "hide"
default_role = "wagefit-name"
autodoc_typehints = "none"
autodoc_member_order = "bysource"
numpydoc_show_class_members = False
numpydoc_xref_param_type = True
numpydoc_xref_aliases = inventories.type_links()
numpydoc_xref_ignore = "all"

breathe_projects = {"wagefit": str(BUILD / "doxygen" / "xml")}
breathe_default_project = "wagefit"
breathe_domain_by_extension = {"hpp": "cpp"}
breathe_show_include = False

intersphinx_mapping = inventories.written(BUILD / "inventories")
intersphinx_disabled_reftypes = []
intersphinx_timeout = 1
mathjax_path = mathjax.PATH
html_static_path = [
    str(HERE / "theme"),
    *mathjax.static_paths(BUILD / "mathjax"),
    *typed_page.static_paths(BUILD / "typed_page"),
]

html_theme = "pydata_sphinx_theme"
html_title = "wagefit"
html_css_files = ["wagefit.css"]
html_js_files = ["search.js"]
html_context = {"default_mode": "auto"}  # light or dark as the reader's system is
html_sidebars = {"gallery": []}  # one page: nothing to go to
html_show_sourcelink = False
html_copy_source = False
html_theme_options = {
    "show_prev_next": True,
    "navigation_with_keys": False,
    "header_links_before_dropdown": 8,
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "logo": {"text": "wagefit"},
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
