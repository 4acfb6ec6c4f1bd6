#include "wagefit/distributions/lognormal.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <limits>

#include "wagefit/distributions/operations.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/numerics/normal.hpp"

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using namespace wagefit;

TEST_CASE("lognormal summaries have closed forms", "[lognormal]") {
    const double sigma = GENERATE(0.01, 0.33336, 1.0, 2.22975), median = GENERATE(1e-3, 41'631.0, 1e9);
    const Lognormal d(median, sigma);
    const double square = sigma * sigma;
    // Closed forms of a few operations; the variance and Theil's index are sums of a few hundred terms.
    CHECK_THAT(mean(d), WithinRel(median * std::exp(0.5 * square), 1e-14));
    CHECK_THAT(moment(d, 3.0), WithinRel(std::pow(median, 3.0) * std::exp(4.5 * square), 1e-13));
    CHECK_THAT(variance(d), WithinRel(median * median * std::exp(square) * std::expm1(square), 1e-12));
    CHECK_THAT(gini(d), WithinRel(std::erf(0.5 * sigma), 1e-14));
    CHECK_THAT(theil(d), WithinRel(0.5 * square, 1e-11));  // terms of both signs, 1 / sigma as large
    CHECK_THAT(atkinson(d, 1.0), WithinRel(-std::expm1(-0.5 * square), 1e-11));
    CHECK_THAT(atkinson(d, 2.0), WithinRel(-std::expm1(-square), 1e-11));
    CHECK_THAT(log_moments(d).mean, WithinAbs(std::log(median), 1e-13));
    CHECK_THAT(log_moments(d).variance, WithinRel(square, 1e-12));
    for (const double p : {0.01, 0.5, 0.9}) {
        CHECK_THAT(lorenz(d, p), WithinRel(normal::cdf(normal::quantile(p) - sigma), 1e-13));
        CHECK_THAT(top_share(d, p), WithinRel(normal::cdf(normal::quantile(p) + sigma), 1e-13));
    }
}

TEST_CASE("lognormal parameters must be positive", "[lognormal]") {
    const double bad = GENERATE(0.0, -1.0, std::numeric_limits<double>::infinity(), std::nan(""));
    CHECK_THROWS_AS(Lognormal(bad, 0.3), FactError);
    CHECK_THROWS_AS(Lognormal(40'000.0, bad), FactError);
}
