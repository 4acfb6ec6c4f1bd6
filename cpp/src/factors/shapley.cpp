#include "factors/shapley.hpp"

#include <algorithm>

#include "numerics/quadrature.hpp"

namespace wagefit {
namespace {

/// Product over all k except `j` and `m` of 1 + t (r_k - 1).
double product_without(const std::vector<double>& ratios, double t, std::size_t j, std::size_t m) {
    double product = 1.0;
    for (std::size_t k = 0; k < ratios.size(); ++k)
        if (k != j && k != m) product *= 1.0 + t * (ratios[k] - 1.0);
    return product;
}

/// Exact for the polynomials of degree n - 1 that products of n - 1 linear terms are.
GaussLegendre rule_for(std::size_t n) { return GaussLegendre(std::max<std::size_t>(1, (n + 1) / 2)); }

}  // namespace

std::vector<double> product_shapley(double base, const std::vector<double>& ratios) {
    const GaussLegendre rule = rule_for(ratios.size());
    std::vector<double> parts;
    for (std::size_t j = 0; j < ratios.size(); ++j) {
        const auto others = [&](double t) { return product_without(ratios, t, j, j); };
        parts.push_back(base * (ratios[j] - 1.0) * rule.integrate(others, 0.0, 1.0));
    }
    return parts;
}

Eigen::MatrixXd product_shapley_gradient(double base, const std::vector<double>& ratios) {
    const GaussLegendre rule = rule_for(ratios.size());
    const auto n = static_cast<Eigen::Index>(ratios.size());
    Eigen::MatrixXd gradient(n, n);
    for (std::size_t j = 0; j < ratios.size(); ++j) {
        for (std::size_t k = 0; k < ratios.size(); ++k) {
            const auto term = [&](double t) { return (j == k ? 1.0 : t) * product_without(ratios, t, j, k); };
            const double front = j == k ? base : base * (ratios[j] - 1.0);
            gradient(static_cast<Eigen::Index>(j), static_cast<Eigen::Index>(k)) =
                front * rule.integrate(term, 0.0, 1.0);
        }
    }
    return gradient;
}

}  // namespace wagefit
