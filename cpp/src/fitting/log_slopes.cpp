#include "fitting/log_slopes.hpp"

#include <cmath>

#include "fitting/cell_equations.hpp"
#include "fitting/log_quantiles.hpp"
#include "fitting/slope_steps.hpp"
#include "linear_algebra/cholesky.hpp"
#include "linear_algebra/products.hpp"
#include "wagefit/distributions/operations.hpp"

namespace wagefit {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

using Constraints = CellEquations::Constraints;

constexpr int most_slope_steps = 240;  // common cells take six, those with means near the least feasible many

/// What is left of the constraints, and their Jacobian in the departures: a row for each interval that rises and, last,
/// one for the mean.
struct Linearized {
    VectorXd rest;
    MatrixXd jacobian;
};

Linearized linearized(const CellEquations& equations, const Constraints& at) {
    return {equations.rest(at), equations.jacobian(at)};
}

Linearized linearized_with_mean(const CellEquations& equations, const Constraints& at) {
    Linearized out = linearized(equations, at);
    const Index m = out.rest.size();
    out.rest.conservativeResize(m + 1);
    out.jacobian.conservativeResize(m + 1, at.mean_row.at.size());
    out.rest[m] = at.mean_rest;
    out.jacobian.row(m) = at.mean_row.at.transpose();
    return out;
}

/// K J' (J K J')^-1 right, and the square of its length in the prior's metric.
struct Pull {
    VectorXd departures;
    double distance;
};

Pull pull(const MatrixXd& covariance, const MatrixXd& jacobian, const VectorXd& right) {
    if (right.size() == 0) return {VectorXd::Zero(covariance.rows()), 0.0};
    const MatrixXd columns = linear_algebra::product_with_transpose(covariance, jacobian);
    const VectorXd multipliers = linear_algebra::solve_symmetric(linear_algebra::product(jacobian, columns), right);
    return {columns * multipliers, multipliers.dot(right)};
}

/// One search for the most plausible departures.
class SlopeSearch {
public:
    SlopeSearch(const Cell& cell, const VectorXd& center, std::optional<double> mean)
        : cell_(cell), equations_(cell, mean.has_value()), center_(center), mean_(mean), u_(center) {}

    PlausibleSlopes run() {
        for (int i = 0; i < most_slope_steps; ++i) {
            const Linearized at = linearized_here();
            if (is_met(at)) return {u_.at, curve_, true, pulled(at).distance};
            if (!std::isfinite(at.rest.sum())) break;
            n_near_ += mean_ && at.rest.cwiseAbs().maxCoeff() <= slope_steps::near ? 1 : 0;
            step(at, n_near_ > 1 ? 0.0 : slope_steps::freedom(i));
        }
        return {u_.at, curve_, false, 0.0};
    }

private:
    [[nodiscard]] Linearized linearized_here() {
        Constraints at = equations_.at(u_);
        curve_ = std::make_shared<const Curve>(curve_knots(cell_.pattern, at.g.at, cell_.pinned, scale_of(cell_)),
                                               cell_.pinned.support);
        if (!mean_) return linearized(equations_, at);
        equations_.set_mean_row(u_, *curve_, at);
        at.mean_rest = std::log(*mean_ / mean(*curve_));
        return linearized_with_mean(equations_, at);
    }

    [[nodiscard]] bool is_met(const Linearized& at) const {
        const Index m = at.rest.size() - (mean_ ? 1 : 0);
        const bool is_plausible = m == 0 || at.rest.head(m).cwiseAbs().maxCoeff() <= slope_steps::plausible;
        return is_plausible && (!mean_ || std::abs(at.rest[m]) <= met);
    }

    [[nodiscard]] Pull pulled(const Linearized& at) const {
        return pull(cell_.pattern.covariance, at.jacobian, at.rest + at.jacobian * (u_.at - center_));
    }

    /// To the constraints by the shortest way, and from there the part `freedom` of the way to the most plausible of
    /// all that meet them.
    void step(const Linearized& at, double freedom) {
        const VectorXd back = freedom * (center_ - u_.at);
        VectorXd step = back + pull(cell_.pattern.covariance, at.jacobian, at.rest - at.jacobian * back).departures;
        const double longest = step.size() > 0 ? step.cwiseAbs().maxCoeff() : 0.0;
        if (longest > slope_steps::longest) step *= slope_steps::longest / longest;
        for (std::size_t i = 0; i < static_cast<std::size_t>(step.size()); ++i)
            u_.set(i, equations_.bounded(u_[i] + step[static_cast<Index>(i)], i));
    }

    static constexpr double met = 2e-13;  // of the log mean

    const Cell& cell_;
    CellEquations equations_;
    const VectorXd& center_;
    std::optional<double> mean_;
    SlopeValues u_;
    std::shared_ptr<const Curve> curve_;
    int n_near_ = 0;  // steps taken near the answer
};

}  // namespace

PlausibleSlopes most_plausible(const Cell& cell, const VectorXd& center, std::optional<double> mean) {
    return SlopeSearch(cell, center, mean).run();
}

VectorXd given_facts(const Cell& cell, const PlausibleSlopes& at, bool has_mean, const VectorXd& deviation) {
    const CellEquations equations(cell, has_mean);
    const SlopeValues departures(at.departures);
    Constraints here = equations.at(departures);
    if (has_mean) equations.set_mean_row(departures, *at.curve, here);
    const MatrixXd jacobian = (has_mean ? linearized_with_mean(equations, here) : linearized(equations, here)).jacobian;
    return deviation - pull(cell.pattern.covariance, jacobian, jacobian * deviation).departures;
}

}  // namespace wagefit
