"""Many cells together."""

from wagefit.ensemble.ensemble import Ensemble
from wagefit.ensemble.fit_cells import fit_many
from wagefit.ensemble.keys import Keys
from wagefit.ensemble.mixture_ensemble import MixtureEnsemble
from wagefit.ensemble.row_ensemble import RowEnsemble
from wagefit.ensemble.table import fit_table
from wagefit.ensemble.table_files import write_fits

__all__ = ["Ensemble", "Keys", "MixtureEnsemble", "RowEnsemble", "fit_many", "fit_table", "write_fits"]
