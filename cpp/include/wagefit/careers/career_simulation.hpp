#pragma once

#include <cstdint>
#include <vector>

#include "wagefit/careers/career_plan.hpp"
#include "wagefit/careers/pay_histogram.hpp"
#include "wagefit/numerics/counter_random.hpp"

namespace wagefit {

/// How many careers, how long, from which random numbers.
struct CareerOptions {
    std::size_t careers;        ///< n >= 1
    std::size_t years;          ///< 1 to longest_career
    StreamKey key;              ///< equal keys give equal careers, whatever the number of threads, years or careers
    double log_discount = 0.0;  ///< log(1 + yearly discount rate)
    int n_threads = 0;          ///< 0: one for each processor
};

inline constexpr std::size_t longest_career = 120;

/// A person never in a role has this as the role's first year.
inline constexpr std::int16_t never = -1;

/// What the simulated careers have in common. Dollars are those of the start.
struct CareerOutcome {
    PayHistogram pay;                                 ///< of the people at work, year by year
    std::vector<double> mean_pay;                     ///< of the people at work, shape (years,); NaN without any
    std::vector<std::vector<std::uint64_t>> in_role;  ///< people by year and role, shape (years, roles)
    std::vector<double> lifetime;                     ///< sum of a career's pay, shape (n,)
    std::vector<double> discounted;                   ///< the same discounted to the start, shape (n,)
    std::vector<std::int16_t> first_year;             ///< first year in each role, or never, shape (n, roles)
};

[[nodiscard]] CareerOutcome simulate_careers(const CareerPlan& plan, const CareerOptions& options);

/// Roles and pay year by year of a few careers, the same people as in simulate_careers.
struct CareerPaths {
    std::vector<std::int16_t> role;  ///< shape (n, years)
    std::vector<double> pay;         ///< shape (n, years); 0 in a role without pay
};

[[nodiscard]] CareerPaths career_paths(const CareerPlan& plan, const CareerOptions& options);

}  // namespace wagefit
