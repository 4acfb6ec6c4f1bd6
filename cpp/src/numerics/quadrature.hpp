#pragma once

#include <Eigen/Core>
#include <cstddef>

namespace wagefit {

/// The Gauss-Legendre rule of n nodes: integrates polynomials up to degree 2n - 1 exactly.
struct GaussLegendre {
    Eigen::ArrayXd nodes;    ///< shape (n,), ascending in (-1, 1)
    Eigen::ArrayXd weights;  ///< shape (n,), positive, with the sum 2

    /// Throws FactError if `n` is 0.
    explicit GaussLegendre(std::size_t n);

    /// Integral of f over [a, b].
    template <class Function>
    [[nodiscard]] double integrate(Function&& f, double a, double b) const {
        const double middle = 0.5 * (a + b), half = 0.5 * (b - a);
        double sum = 0.0;
        for (Eigen::Index i = 0; i < nodes.size(); ++i) sum += weights[i] * f(middle + half * nodes[i]);
        return half * sum;
    }
};

}  // namespace wagefit
