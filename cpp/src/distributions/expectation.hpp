#pragma once

#include "wagefit/distributions/distribution.hpp"

namespace wagefit {

/// Sum of weights times f(wage, log wage), nodes without weight left out.
template <class Function>
double expectation(const ExpectationNodes& nodes, Function&& f) {
    double total = 0.0;
    for (std::size_t i = 0; i < nodes.value.size(); ++i)
        if (nodes.weight[i] > 0.0) total += nodes.weight[i] * f(nodes.value[i], nodes.log_value[i]);
    return total;
}

/// E[(X / mean)^k], `mean` finite; infinity only where it is, however large or small wages are.
[[nodiscard]] double relative_moment(const Distribution& d, double mean, double k);

}  // namespace wagefit
