#pragma once

#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <memory>
#include <string>
#include <vector>

#include "numbers.hpp"
#include "wagefit/distributions/curve.hpp"
#include "wagefit/distributions/lognormal.hpp"
#include "wagefit/distributions/mixture.hpp"
#include "wagefit/distributions/truncated.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit::test {

/// Five percentiles of medical records technicians, May 2018, with slopes of the right size.
inline CurveKnots five_knots() {
    CurveKnots knots;
    for (const double p : {0.10, 0.25, 0.50, 0.75, 0.90}) knots.z.push_back(normal::quantile(p));
    knots.wage = {26'550.0, 32'070.0, 40'350.0, 52'730.0, 66'260.0};
    knots.slope_left = {0.31, 0.32, 0.37, 0.38, 0.37};
    knots.slope_right = {0.31, 0.32, 0.37, 0.38, 0.41};
    return knots;
}

inline std::shared_ptr<const Curve> smooth_curve() {
    return std::make_shared<const Curve>(five_knots(), Support{0.0, infinity});
}

inline std::shared_ptr<const Curve> bounded_curve() {
    return std::make_shared<const Curve>(five_knots(), Support{15'080.0, 90'000.0});
}

/// A quarter of the people at 40,350, between P25 and P50.
inline std::shared_ptr<const Curve> tied_curve() {
    CurveKnots knots = five_knots();
    knots.wage[1] = knots.wage[2];
    return std::make_shared<const Curve>(knots, Support{0.0, infinity});
}

/// Atoms at both ends of the support.
inline std::shared_ptr<const Curve> closed_curve() {
    return std::make_shared<const Curve>(five_knots(), Support{26'550.0, 66'260.0});
}

/// Nobody between 40,350 and 45,000: two knots at the median.
inline std::shared_ptr<const Curve> gapped_curve() {
    CurveKnots knots = five_knots();
    const auto middle = [](std::vector<double>& values, double value) { values.insert(values.begin() + 3, value); };
    middle(knots.z, 0.0);
    middle(knots.wage, 45'000.0);
    middle(knots.slope_left, 0.37);
    middle(knots.slope_right, 0.37);
    return std::make_shared<const Curve>(knots, Support{0.0, infinity});
}

struct Example {
    std::string name;
    DistributionPtr distribution;
};

/// One of every kind.
inline std::vector<Example> examples() {
    const DistributionPtr lognormal = std::make_shared<Lognormal>(41'631.0, 0.33336);
    using Parts = std::vector<DistributionPtr>;
    return {
        {"lognormal", lognormal},
        {"wide lognormal", std::make_shared<Lognormal>(3'664.0, 2.22975)},
        {"smooth curve", smooth_curve()},
        {"bounded curve", bounded_curve()},
        {"tied curve", tied_curve()},
        {"closed curve", closed_curve()},
        {"gapped curve", gapped_curve()},
        {"truncated lognormal", std::make_shared<Truncated>(lognormal, 25'000.0, 90'000.0)},
        {"truncated tied curve", std::make_shared<Truncated>(tied_curve(), 40'350.0, 60'000.0)},
        {"mixture", std::make_shared<Mixture>(Parts{smooth_curve(), lognormal}, std::vector{1.0, 2.0})},
        {"tied mixture", std::make_shared<Mixture>(Parts{tied_curve(), closed_curve()}, std::vector{3.0, 1.0})},
    };
}

/// Each of them in turn, one a run of the test case.
inline Example each_example() {
    static const auto all = examples();
    return all[static_cast<std::size_t>(GENERATE(Catch::Generators::range(0, 11)))];
}

/// Total probability of the atoms.
inline double mass_of_atoms(const Distribution& d) {
    double total = 0.0;
    for (const Atom& atom : d.atoms()) total += atom.probability;
    return total;
}

inline bool is_atom(const Distribution& d, double x) {
    for (const Atom& atom : d.atoms())
        if (atom.value == x) return true;
    return false;
}

}  // namespace wagefit::test
