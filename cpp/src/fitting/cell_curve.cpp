#include "fitting/cell_curve.hpp"

#include "fitting/guaranteed_path.hpp"
#include "fitting/log_slopes.hpp"

namespace wagefit {

CellCurve curve_around(const Cell& cell, const Eigen::VectorXd& center, std::optional<double> mean) {
    PlausibleSlopes found = most_plausible(cell, center, mean);
    if (found.is_met || !mean) return {std::move(found.curve), false, 1.0};
    const auto of_quantiles = most_plausible(cell, center, std::nullopt).curve;
    BentCurve bent = bend_to_mean(of_quantiles->knots(), cell.fact_z, cell.pinned.support, *mean);
    return {std::move(bent.curve), true, bent.gamma};
}

}  // namespace wagefit
