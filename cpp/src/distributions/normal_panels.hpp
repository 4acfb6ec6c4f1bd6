#pragma once

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <cmath>
#include <vector>

#include "wagefit/numerics/normal.hpp"

namespace wagefit {

/// Beyond this normal score the density underflows; integrals over the whole line stop here.
inline constexpr double last_score = 38.5;

/// Splits (z0, z1) at `breakpoints` and into panels of at most `width`; returns the ascending edges.
[[nodiscard]] std::vector<double> panel_edges(const std::vector<double>& breakpoints, double z0, double z1,
                                              double width);

/// Integral of f(z) phi(z) dz over consecutive `edges` by Gauss-Legendre quadrature with 15 nodes a panel.
template <class Function>
double integrate_normal(const std::vector<double>& edges, Function&& f) {
    using Rule = boost::math::quadrature::gauss<double, 15>;
    const auto integrand = [&f](double z) { return f(z) * normal::pdf(z); };
    double total = 0.0;
    for (std::size_t i = 1; i < edges.size(); ++i)
        if (edges[i] > edges[i - 1]) total += Rule::integrate(integrand, edges[i - 1], edges[i]);
    return total;
}

}  // namespace wagefit
