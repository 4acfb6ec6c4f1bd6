#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "numerics/quadrature.hpp"
#include "wagefit/distributions/distribution.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit::test {

/// Edges that come as close to both ends of (a, b) as double precision tells, each half as far as the one before.
inline std::vector<double> graded(double a, double b) {
    std::vector<double> edges;
    for (double part = std::ldexp(1.0, -60); part < 0.5; part *= 2.0) {
        edges.push_back(a + part * (b - a));
        edges.push_back(b - part * (b - a));
    }
    edges.insert(edges.end(), {a, b, 0.5 * (a + b)});
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    return edges;
}

/// Integral of f over (a, b), whatever it does beside the ends, by 30 nodes on each of 120 graded panels.
template <class Function>
double fine_integral(Function&& f, double a, double b) {
    static const GaussLegendre rule(30);
    const auto edges = graded(a, b);
    double total = 0.0;
    for (std::size_t i = 1; i < edges.size(); ++i) total += rule.integrate(f, edges[i - 1], edges[i]);
    return total;
}

/// E[f(X); z0 < Z < z1] by fine quadrature between breakpoints and integers.
template <class Function>
double fine_expectation(const Distribution& d, Function&& f, double z0 = -37.0, double z1 = 37.0) {
    std::vector<double> edges{z0, z1};
    for (const double z : d.breakpoints()) edges.push_back(z);
    for (double z = std::ceil(z0); z < z1; z += 1.0) edges.push_back(z);
    std::sort(edges.begin(), edges.end());
    double total = 0.0;
    const auto integrand = [&](double z) { return f(d.value(z)) * normal::pdf(z); };
    for (std::size_t i = 1; i < edges.size(); ++i)
        if (edges[i - 1] >= z0 && edges[i] <= z1 && edges[i - 1] < edges[i])
            total += fine_integral(integrand, edges[i - 1], edges[i]);
    return total;
}

}  // namespace wagefit::test
