#include "distributions/size_biased.hpp"

#include <cmath>

#include "distributions/normal_panels.hpp"
#include "numerics/constants.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {

namespace {

/// E[(X - median) (F(X) - S(X))] over people, with full precision where wages hardly differ.
double half_mean_difference_of_people(const Distribution& d) {
    const double median = d.value(0.0);
    return integrate_normal(panel_edges(d.breakpoints(), -infinity, infinity, 1.0),
                            [&](double z) { return (d.value(z) - median) * (normal::cdf(z) - normal::sf(z)); });
}

}  // namespace

double half_mean_difference_of_pay(const Distribution& d) {
    const ExpectationNodes pay = d.pay_nodes();
    double gini = 0.0;
    for (std::size_t i = 0; i < pay.value.size(); ++i)
        gini += pay.weight[i] * (d.cdf(pay.value[i]) - d.sf(pay.value[i]));
    constexpr double little = 1e-2;  // heavy tails have more; below, F(X) of a rounded wage would lose digits
    if (gini < little) return half_mean_difference_of_people(d);
    return gini * d.partial_moment(1.0, -infinity, infinity);
}

}  // namespace wagefit
