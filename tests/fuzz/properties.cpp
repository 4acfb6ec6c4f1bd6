#include "properties.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "wagefit/distributions/operations.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit::fuzz {
namespace {

constexpr double exactness = 1e-10;  // what the library promises of every fact
// Both tails come from one normal score, each to a few ulp.
constexpr double tails_tolerance = 1e-14;
// Normal scores of wages are right to some four ulp of themselves, or of 1 where they are smaller, so that those of two
// neighboring floating-point numbers may change places; the cdf moves by up to 1 + |z| times as much, relative to
// itself.
constexpr double score_tolerance = 4.0 * 0x1p-52;
// Boost gives incomplete gamma and beta functions to about a thousand ulp where a shape is large.
constexpr double special_function_tolerance = 1e-12;
// Shares of pay are sums of up to some hundred terms, each to a few ulp.
constexpr double share_tolerance = 1e-12;

constexpr std::array probabilities{1e-12, 1e-6, 0.001, 0.01, 0.1,  0.25,  0.4,
                                   0.5,   0.6,  0.75,  0.9,  0.99, 0.999, 1.0 - 1e-6};

bool is_close(double value, double expected) { return std::abs(value - expected) <= exactness * std::abs(expected); }

void require_quantiles_rise(const Distribution& d) {
    const Support support = d.support();
    double before = support.lower;
    for (const double p : probabilities) {
        const double wage = ppf(d, p);
        require(wage >= before, "ppf does not fall", p);
        require(wage <= support.upper, "ppf is in the support", p);
        before = wage;
    }
}

/// Each quantile and its neighbors among the floating-point numbers, ascending.
std::vector<double> telling_wages(const Distribution& d) {
    std::vector<double> wages;
    for (const double p : probabilities) {
        const double quantile = ppf(d, p);
        wages.insert(wages.end(), {std::nextafter(quantile, 0.0), quantile, std::nextafter(quantile, INFINITY)});
    }
    std::sort(wages.begin(), wages.end());
    return wages;
}

/// How far below `before` rounding of normal scores may bring the cdf at a higher wage.
double rounding_of_cdf(double before) {
    if (before <= 0.0 || before >= 1.0) return 0.0;
    const double z = std::abs(normal::quantile(before));
    return score_tolerance * std::max(z, 1.0) * (1.0 + z) * before;
}

void require_cdf_rises(const Distribution& d, double tolerance) {
    double before = 0.0;
    for (const double wage : telling_wages(d)) {
        const double below = d.cdf(wage);
        require(below >= before - tolerance - rounding_of_cdf(before) && below <= 1.0,
                "cdf does not fall and is at most 1", wage);
        require(std::abs(below + d.sf(wage) - 1.0) <= tails_tolerance + tolerance, "cdf and sf add up to 1", wage);
        require(pdf(d, wage) >= 0.0, "pdf is a number of at least 0", wage);
        before = std::max(before, below);
    }
}

void require_inequality(const Distribution& d) {
    const double average = mean(d);
    require(average > 0.0, "the mean is a number above 0", average);
    if (!std::isfinite(average)) return;
    const double index = gini(d);
    require(d.half_mean_difference() >= -share_tolerance * average, "differences are not negative", average);
    require(index >= 0.0 && index <= 1.0, "the Gini coefficient is in [0, 1]", index);
    double before = 0.0;
    for (const double p : {0.001, 0.25, 0.5, 0.99}) {
        const double share = lorenz(d, p);
        require(share >= before - share_tolerance, "the Lorenz curve does not fall", p);
        require(share <= p + share_tolerance, "the Lorenz curve lies below the diagonal", p);
        before = share;
    }
}

}  // namespace

std::string digits(double number) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.17g", number);
    return text.data();
}

std::string listed(const std::vector<QuantileFact>& facts) {
    std::string text;
    for (const QuantileFact& fact : facts) text += " {" + digits(fact.p) + ", " + digits(fact.value) + "}";
    return text;
}

void require(bool holds, std::string_view property, double number) {
    if (!holds) throw Violation(std::string(property) + ", but " + digits(number));
}

void report(const Violation& violation, const std::string& facts) {
    std::fprintf(stderr, "violated: %s\nfacts: %s\n", violation.what(), facts.c_str());
    std::abort();
}

void require_met(const CurveFit& fit, const Facts& facts) {
    require(is_fitted(fit.status) == (fit.curve != nullptr), "a fitted status has a curve",
            static_cast<double>(fit.status));
    if (!fit.curve) return;
    for (const QuantileFact& fact : facts.quantiles())
        require(is_close(ppf(*fit.curve, fact.p), fact.value), "a quantile is met", fact.p);
    for (const QuantileFact& bound : facts.at_least())
        require(ppf(*fit.curve, bound.p) >= bound.value * (1.0 - exactness), "a bound is met", bound.p);
    if (facts.mean()) require(is_close(mean(*fit.curve), *facts.mean()), "the mean is met", *facts.mean());
    if (facts.mean_at_least())
        require(mean(*fit.curve) >= *facts.mean_at_least() * (1.0 - exactness), "the mean's bound is met",
                *facts.mean_at_least());
    require(fit.curve->support().lower >= facts.lower(), "no wage lies below the support", facts.lower());
    require(fit.curve->support().upper <= facts.upper(), "no wage lies above the support", facts.upper());
}

void require_distribution(const Distribution& d, Rounding rounding) {
    require_quantiles_rise(d);
    require_cdf_rises(d, rounding == Rounding::none ? 0.0 : special_function_tolerance);
    require_inequality(d);
}

}  // namespace wagefit::fuzz
