#include "wagefit/factors/transport.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>

#include "factors/models.hpp"
#include "wagefit/errors.hpp"

using Catch::Matchers::WithinRel;
using namespace wagefit;

TEST_CASE("a normal index transported to a lognormal anchor is exponential", "[transport]") {
    const Transport transport(std::make_shared<Lognormal>(40'000.0, 0.35), NormalMixture(0.5, 0.7));
    const double l = GENERATE(-5.0, -0.2, 0.5, 1.1, 6.0);
    // Exponents of up to 3.2 amplify the rounding of their argument.
    CHECK_THAT(transport.wage(l), WithinRel(40'000.0 * std::exp(0.35 * (l - 0.5) / 0.7), 1e-15 * (2.0 + std::abs(l))));
}

TEST_CASE("the index of a score is where the workforce has that rank", "[transport]") {
    const DistributionPtr anchor = test::technicians_curve();
    const Transport transport(anchor, {DiscreteRule{Eigen::Array2d(-0.2, 0.3), Eigen::Array2d(0.6, 0.4)}, 0.28});
    const double u = GENERATE(-6.0, -1.28, 0.0, 0.9, 5.0);
    // Inverse and score lose a few roundings of the index, pay at most multiplies them by its slope.
    CHECK_THAT(transport.wage(transport.index(u)), WithinRel(anchor->value(u), 1e-14));
}

TEST_CASE("a transport needs an anchor", "[transport]") {
    CHECK_THROWS_AS(Transport(nullptr, NormalMixture(0.0, 1.0)), FactError);
}
