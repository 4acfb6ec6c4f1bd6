#include "numerics/quadrature.hpp"

#include <cmath>
#include <numbers>

#include "wagefit/errors.hpp"

namespace wagefit {
namespace {

struct Legendre {
    double value;
    double slope;
};

/// Legendre polynomial of degree `n` and its derivative inside (-1, 1), by the three-term recurrence.
Legendre legendre(std::size_t n, double x) {
    double before = 0.0, p = 1.0;
    for (std::size_t k = 1; k <= n; ++k) {
        const auto degree = static_cast<double>(k);
        const double next = ((2.0 * degree - 1.0) * x * p - (degree - 1.0) * before) / degree;
        before = p;
        p = next;
    }
    return {p, static_cast<double>(n) * (x * p - before) / (x * x - 1.0)};
}

/// The node whose angle is nearest to (i + 3/4) / (n + 1/2) pi; Newton from there converges to that node and no other.
double node(std::size_t n, std::size_t i) {
    double x = std::cos(std::numbers::pi * (static_cast<double>(i) + 0.75) / (static_cast<double>(n) + 0.5));
    for (int step = 0; step < 8; ++step) {
        const Legendre p = legendre(n, x);
        const double move = p.value / p.slope;
        x -= move;
        if (std::abs(move) < 1e-15) break;
    }
    return x;
}

}  // namespace

GaussLegendre::GaussLegendre(std::size_t n) {
    if (n == 0) throw FactError("n: got 0 nodes, expected at least 1");
    const auto size = static_cast<Eigen::Index>(n);
    nodes.resize(size);
    weights.resize(size);
    for (std::size_t i = 0; 2 * i < n; ++i) {
        const double x = 2 * i + 1 == n ? 0.0 : node(n, i);
        const double slope = legendre(n, x).slope;
        const auto left = static_cast<Eigen::Index>(i);
        nodes[left] = -x;
        nodes[size - 1 - left] = x;
        weights[left] = weights[size - 1 - left] = 2.0 / ((1.0 - x * x) * slope * slope);
    }
}

}  // namespace wagefit
