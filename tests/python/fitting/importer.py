"""What the fixture `benchmark` gives: a function that imports a module of the accuracy benchmark by its short name."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

Importer = Callable[[str], ModuleType]
