"""Builds the documentation site below build/docs: pages in html, plain texts for programs in html/text.

Usage: python docs/build.py [--draft]

Notebooks and examples are executed; what they give is kept in build/docs/executed and used again until their code
changes. With --draft nothing is executed, for looking at text.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from machinery import cpp_reference, labs, python_reference, typed_page
from machinery.staging import ROOT, remove_others, stage, write_if_changed

BUILD = ROOT / "build" / "docs"
SOURCE = BUILD / "source"
HTML = BUILD / "html"
DRAFT = "duplicate_declaration.cpp,mystnb.lexer"  # without a kernel nothing says what language a cell is in
KERNEL = """c = get_config()
c.InlineBackend.figure_formats = {"retina"}
c.IPKernelApp.log_level = "ERROR"
"""


def main() -> int:
    """Stages the pages and runs Sphinx, first for the site, then for plain texts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draft", action="store_true", help="execute nothing")
    options = ["-D", "nb_execution_mode=off", "-D", f"suppress_warnings={DRAFT}"] if parser.parse_args().draft else []
    cpp_reference.run_doxygen(BUILD / "doxygen")
    stage_all()
    write_if_changed(BUILD / "ipython" / "profile_default" / "ipython_kernel_config.py", KERNEL.encode())
    # The second builder cannot tell what the first one has read anew, so it writes every page.
    return run_sphinx("html", HTML, options) or run_sphinx("text", HTML / "text", [*options, "--write-all"])


def stage_all() -> None:
    """Writes every page of the site, the references among them."""
    pages = stage(SOURCE)
    generated = python_reference.reference_pages() | cpp_reference.reference_pages(BUILD / "doxygen")
    generated |= labs.lab_pages(ROOT / "notebooks" / "labs", pages)
    generated[labs.FIRST] = (SOURCE / labs.FIRST).read_text(encoding="utf-8") + generated[labs.FIRST]
    generated[typed_page.PAGE] = typed_page.site_page(
        (SOURCE / typed_page.PAGE).read_text(encoding="utf-8"), BUILD / "typed_page"
    )
    for page, text in generated.items():
        write_if_changed(SOURCE / page, text.encode())
    remove_others(SOURCE, {*pages, *generated})


def run_sphinx(builder: str, target: Path, options: list[str]) -> int:
    """Any warning is an error, but all are listed first."""
    command = [sys.executable, "-m", "sphinx", "-b", builder, "-W", "--keep-going", "-q", "-c", str(ROOT / "docs")]
    command += ["-d", str(BUILD / "doctrees"), *options, str(SOURCE), str(target)]
    environment = {"WAGEFIT_DATA": str(ROOT.parent / "shared" / "data")} | os.environ
    environment |= {"WAGEFIT_DOCS_BUILD": str(BUILD), "IPYTHONDIR": str(BUILD / "ipython")}
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
