"""Published tables of any agency, by layouts that say what their columns mean."""

from wagefit.tables.layout_files import layouts
from wagefit.tables.reading import read

__all__ = ["layouts", "read"]
