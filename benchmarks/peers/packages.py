"""The packages of the league: which are installed, in which version, and which version is pinned."""

from __future__ import annotations

import importlib
import re
import warnings
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

REQUIREMENTS = Path(__file__).with_name("requirements.txt")
# By the name in the tables: the module that is imported and the distribution that is installed.
MODULES = {
    "scipy": ("scipy", "scipy"),
    "PreliZ": ("preliz", "preliz"),
    "metalog": ("metalog", "metalog"),
    "qp": ("qp", "qp-prob"),
    "binsmooth": ("binsmooth", "binsmooth"),
    "OpenTURNS": ("openturns", "openturns"),
    "statsmodels": ("statsmodels", "statsmodels"),
    "pyfixest": ("pyfixest", "pyfixest"),
    "linearmodels": ("linearmodels", "linearmodels"),
    "scikit-learn": ("sklearn", "scikit-learn"),
}


def pinned() -> dict[str, str]:
    """Versions of requirements.txt by distribution."""
    return dict(re.findall(r"^([\w-]+)==(\S+)$", REQUIREMENTS.read_text(encoding="utf-8"), re.MULTILINE))


@cache
def why_absent(package: str) -> str | None:
    """None where the package can be used, else a few words that say why not."""
    module, distribution = MODULES[package]
    try:
        version(distribution)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # deprecations on import
            importlib.import_module(module)
    except PackageNotFoundError:
        return "not installed"
    except (ImportError, AttributeError) as error:  # a release that a newer dependency has broken
        return f"cannot be imported ({type(error).__name__})"
    return None


def described() -> list[str]:
    """A line a package: its version, and what is pinned where that is another."""
    wanted = pinned()
    return [_line(name, distribution, wanted[distribution]) for name, (_, distribution) in MODULES.items()]


def _line(name: str, distribution: str, wanted: str) -> str:
    reason = why_absent(name)
    if reason == "not installed":
        return f"{name}: {reason}, pinned {wanted}"
    found = version(distribution)
    words = [f"{name} {found}"] + ([f"pinned {wanted}"] if found != wanted else []) + ([reason] if reason else [])
    return ", ".join(words)
