"""From published facts to a distribution."""

from wagefit.fitting.brackets import fit_brackets
from wagefit.fitting.family_comparison import compare_families
from wagefit.fitting.fit import fit

__all__ = ["compare_families", "fit", "fit_brackets"]
