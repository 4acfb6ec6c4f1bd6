#pragma once

#include "fitting/cell.hpp"
#include "wagefit/facts/facts.hpp"
#include "wagefit/fitting/curve_fit.hpp"

namespace wagefit {

/// As `fit_curve`, with what would be thrown reported in the fit's `status`.
[[nodiscard]] CurveFit try_fit_curve(const Facts& facts, const CellPrior& prior);

/// As `fit_curve` for the unchecked figures of one cell of many: bad figures are reported in the fit's `status`.
[[nodiscard]] CurveFit try_fit_curve(const Figures& figures, const CellPrior& prior);

/// The facts as `fit` meets them: binding bounds as quantiles, a binding mean as the mean.
[[nodiscard]] Facts binding_as_exact(Facts facts, const CurveFit& fit);

}  // namespace wagefit
