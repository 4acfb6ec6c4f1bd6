#pragma once

#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "facts/examples.hpp"
#include "wagefit/distributions/lognormal.hpp"
#include "wagefit/factors/factor.hpp"
#include "wagefit/fitting/curve_fit.hpp"

namespace wagefit::test {

inline constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

inline DistributionPtr technicians_curve() { return fit_curve(technicians()).curve; }

inline Factor experience() {
    std::vector<RatioKnot> knots;
    for (const double years : {0.0, 2.0, 5.0, 10.0, 25.0})
        knots.push_back({years, std::pow(1.0 + years, 0.14), 0.01 * years});
    return continuous_factor("experience", RatioCurve(knots),
                             {{0.0, 0.1}, {2.0, 0.2}, {5.0, 0.3}, {10.0, 0.25}, {25.0, 0.15}});
}

/// Five factors of the kinds the model knows: a curve, baselines that are levels or the mean, known and unknown errors.
inline std::vector<Factor> five_factors() {
    return {
        experience(),
        {"education", {{"high school", 1.0, 0.0, 0.3}, {"associate", 1.13, 0.03, 0.5}, {"bachelor", 1.27, 0.05, 0.2}}},
        {"credential", {{"none", 1.0, 0.0, 0.4}, {"RHIT", 1.145, 0.023, 0.6}}},
        {"state", {{"NJ", 1.227, not_known, 0.1}, {"AR", 0.786, not_known, 0.2}, {"other", 1.0, not_known, 0.7}}},
        {"setting",
         {{"general hospital", 1.06, 0.005, 0.26}, {"school", 0.8, 0.09, 0.0}, {"all other", 0.979, 0.003, 0.74}}}};
}

}  // namespace wagefit::test
