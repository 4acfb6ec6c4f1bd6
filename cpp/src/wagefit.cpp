#include "wagefit/wagefit.hpp"

namespace wagefit {

std::shared_ptr<const Curve> fit(const Facts& facts) { return fit_curve(facts).curve; }

Ensemble fit_many(const CellFacts& facts, int n_threads) { return fit_cells(facts, shape_prior(), n_threads); }

}  // namespace wagefit
