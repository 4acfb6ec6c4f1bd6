#include "fitting/truncated_t.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <cmath>
#include <limits>

#include "linear_algebra/cholesky.hpp"
#include "wagefit/factors/pooling.hpp"

using namespace wagefit;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr int n_draws = 4000;
constexpr double four_errors = 4.0 * 0.5 / 63.2;  // of a share near one half of so many draws

TruncatedT standard(double lower, double upper) {
    return {VectorXd::Zero(1), MatrixXd::Identity(1, 1), 5, VectorXd::Constant(1, lower), VectorXd::Constant(1, upper)};
}

}  // namespace

TEST_CASE("draws of one coordinate are those of a t distribution between its ends", "[truncated_t]") {
    const double lower = GENERATE(-2.0, 0.5, 3.0, 9.0), upper = GENERATE(infinity, 10.0);
    const double below = student_cdf(lower, 5.0), above = student_cdf(upper, 5.0);
    const double median = student_quantile((below + above) / 2.0, 5.0);
    int n_lower = 0;
    for (int i = 0; i < n_draws; ++i) {
        NormalStream stream({3, 4}, static_cast<std::uint64_t>(i));
        const double x = draw_truncated(standard(lower, upper), stream)[0];
        REQUIRE(x >= lower);
        REQUIRE(x <= upper);
        n_lower += x < median ? 1 : 0;
    }
    CHECK(std::abs(static_cast<double>(n_lower) / n_draws - 0.5) < four_errors);
}

TEST_CASE("an end far out in the tail is no trouble", "[truncated_t]") {
    NormalStream stream({3, 4}, 0);
    const double x = draw_truncated(standard(1e6, infinity), stream)[0];
    CHECK(x >= 1e6);
    CHECK(std::isfinite(x));
}

TEST_CASE("two coordinates go together as the draws that rejection keeps", "[truncated_t]") {
    MatrixXd root(2, 2);
    root << 1.0, 0.0, 0.8, 0.6;
    const MatrixXd precision = linear_algebra::Cholesky(root * root.transpose()).inverse();
    const TruncatedT law{VectorXd::Zero(2), precision, 5, VectorXd::Constant(2, 0.5), VectorXd::Constant(2, infinity)};
    VectorXd kept = VectorXd::Zero(2),
             drawn = VectorXd::Zero(2);  // draws above 1 in the first, above 1.5 in the second
    const auto count = [](VectorXd& counts, const VectorXd& x) {
        counts += VectorXd{{x[0] > 1.0 ? 1.0 : 0.0, x[1] > 1.5 ? 1.0 : 0.0}};
    };
    int n_kept = 0;
    for (std::uint64_t i = 0; n_kept < n_draws; ++i) {
        NormalStream stream({5, 6}, i);
        const VectorXd normals = stream.vector(2);
        const VectorXd x = root * normals * std::sqrt(5.0 / stream.chi_squared(5));
        if (x.minCoeff() < 0.5) continue;
        count(kept, x);
        ++n_kept;
    }
    for (int i = 0; i < n_draws; ++i) {
        NormalStream stream({7, 8}, static_cast<std::uint64_t>(i));
        count(drawn, draw_truncated(law, stream));
    }
    CHECK(((kept - drawn) / n_draws).cwiseAbs().maxCoeff() < std::sqrt(2.0) * four_errors);
}
