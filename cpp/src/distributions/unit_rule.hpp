#pragma once

#include <array>
#include <boost/math/quadrature/gauss.hpp>
#include <cstddef>

namespace wagefit {

/// Gauss-Legendre quadrature over (0, 1) by `n` nodes, ascending and mirrored exactly; weights sum to 1. `n` is odd.
template <std::size_t n>
struct UnitRule {
    std::array<double, n> fraction, weight;
};

template <std::size_t n>
UnitRule<n> make_unit_rule() {
    using Rule = boost::math::quadrature::gauss<double, n>;
    constexpr std::size_t middle = n / 2;  // the rule lists its nodes from there outwards
    UnitRule<n> rule;
    for (std::size_t k = 0; k <= middle; ++k) {
        const double above = 0.5 * (1.0 + Rule::abscissa()[k]);
        rule.fraction[middle - k] = 1.0 - above;
        rule.fraction[middle + k] = above;
        rule.weight[middle - k] = rule.weight[middle + k] = 0.5 * Rule::weights()[k];
    }
    return rule;
}

/// The rule, made once.
template <std::size_t n>
const UnitRule<n>& unit_rule() {
    static const UnitRule<n> rule = make_unit_rule<n>();
    return rule;
}

}  // namespace wagefit
