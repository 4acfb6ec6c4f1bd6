#pragma once

/// The front door: from published figures about wages to their distribution, for one cell or for many.
///
///     wagefit::Figures figures;
///     figures.quantiles = {{0.10, 26'550.0}, {0.50, 40'350.0}, {0.90, 66'260.0}};  // dollars a year
///     figures.mean = 44'010.0;
///     const auto pay = wagefit::fit(figures);
///     wagefit::ppf(*pay, 0.95);  // the wage that 5 % of people exceed
///     pay->cdf(30'000.0);        // the share of people at or below a wage
///
/// What can be asked of any distribution stands in distributions/distribution.hpp and distributions/operations.hpp,
/// what can be asked of many together in ensemble/evaluation.hpp.

#include "wagefit/distributions/curve.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/ensemble/ensemble.hpp"
#include "wagefit/ensemble/evaluation.hpp"
#include "wagefit/ensemble/fit_cells.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/facts/facts.hpp"
#include "wagefit/fitting/curve_fit.hpp"
#include "wagefit/version.hpp"

namespace wagefit {

/// The wage distribution of one cell, such as an occupation in a state. It has every quantile and the mean among the
/// facts exactly, to about 1e-10 of their values, and is no lower than any bound. See fit_curve for the method and for
/// what else is known about the fit.
///
/// `facts`: figures in any order, at least two quantiles or one and the mean; wages in one unit, such as dollars a
/// year, which is then the distribution's. Making Facts of Figures throws FactError for a meaningless one.
///
/// Throws InfeasibleError where no distribution has all of them, with the reason, and
/// ConvergenceError where the mean is too near the end of its feasible interval.
[[nodiscard]] std::shared_ptr<const Curve> fit(const Facts& facts);

/// The distributions of many cells, each fitted by itself as `fit` does. A cell with bad facts has a status that says
/// why and gives NaN; nothing is thrown for it.
///
/// `facts`: the arrays it refers to are read during the call only.
/// `n_threads`: 0 for all cores. The result is the same whatever their number.
[[nodiscard]] Ensemble fit_many(const CellFacts& facts, int n_threads = 0);

}  // namespace wagefit
