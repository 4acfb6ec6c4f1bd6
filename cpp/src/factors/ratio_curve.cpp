#include "wagefit/factors/ratio_curve.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "wagefit/errors.hpp"
#include "wagefit/facts/text.hpp"

namespace wagefit {
namespace {

void validate(const std::vector<RatioKnot>& knots, AmountScale scale) {
    if (knots.size() < 2)
        throw FactError("knots has " + std::to_string(knots.size()) + " entries; expected at least 2");
    for (std::size_t i = 0; i < knots.size(); ++i) {
        if (!std::isfinite(knots[i].at) || (i > 0 && !(knots[i].at > knots[i - 1].at)))
            throw FactError("knots has " + number(knots[i].at) + "; expected finite, strictly ascending amounts");
        if (scale == AmountScale::logarithmic && !(knots[i].at > 0.0))
            throw FactError("knots has " + number(knots[i].at) + "; expected amounts above 0 on a logarithmic scale");
        if (!(knots[i].ratio > 0.0) || !std::isfinite(knots[i].ratio))
            throw FactError("knots: got the ratio " + number(knots[i].ratio) + ", expected a finite positive number");
        if (knots[i].ratio_error < 0.0)
            throw FactError("knots: got the standard error " + number(knots[i].ratio_error) +
                            ", expected none below zero");
    }
}

/// Slope of the parabola through three knots, which lies between its secants; zero at a turning point.
double inner_slope(double h0, double h1, double secant0, double secant1) {
    return secant0 * secant1 > 0.0 ? (h1 * secant0 + h0 * secant1) / (h0 + h1) : 0.0;
}

/// Extrapolates the slope to an end, without changing the sign of its secant.
double end_slope(double secant, double neighbor) {
    const double slope = 2.0 * secant - neighbor;
    return slope * secant > 0.0 ? slope : 0.0;
}

std::vector<double> knot_slopes(const std::vector<double>& x, const std::vector<double>& y) {
    const std::size_t n = x.size();
    std::vector<double> h(n - 1), secant(n - 1), slopes(n);
    for (std::size_t i = 0; i + 1 < n; ++i) {
        h[i] = x[i + 1] - x[i];
        secant[i] = (y[i + 1] - y[i]) / h[i];
    }
    for (std::size_t i = 1; i + 1 < n; ++i) slopes[i] = inner_slope(h[i - 1], h[i], secant[i - 1], secant[i]);
    slopes[0] = n == 2 ? secant[0] : end_slope(secant[0], slopes[1]);
    slopes[n - 1] = n == 2 ? secant[0] : end_slope(secant[n - 2], slopes[n - 2]);
    return slopes;
}

/// One interval of the curve: end values, end slopes, width.
struct Piece {
    double y0, y1, d0, d1, h;
};

/// The r of Delbourgo and Gregory: convexity preserving (their eq. 4.7) where the slopes lie on either side of the
/// secant, monotone (eq. 3.3) otherwise; infinite, the straight line, in the limit.
double tension(const Piece& p) {
    const double secant = (p.y1 - p.y0) / p.h;
    const double before = p.d0 - secant;
    const double after = secant - p.d1;
    if (before * after > 0.0) return 1.0 + before / after + after / before;
    if (before == 0.0 || after == 0.0) return INFINITY;
    return 1.0 + (p.d0 + p.d1) / secant;
}

double rational_cubic(const Piece& p, double t) {
    const double r = tension(p);
    const double s = 1.0 - t;
    if (!std::isfinite(r)) return s * p.y0 + t * p.y1;
    const double top =
        s * s * s * p.y0 + t * s * s * (r * p.y0 + p.h * p.d0) + t * t * s * (r * p.y1 - p.h * p.d1) + t * t * t * p.y1;
    return top / (1.0 + (r - 3.0) * t * s);
}

}  // namespace

RatioCurve::RatioCurve(std::vector<RatioKnot> knots, AmountScale scale) : knots_(std::move(knots)), scale_(scale) {
    validate(knots_, scale_);
    for (const RatioKnot& knot : knots_) {
        positions_.push_back(position(knot.at));
        log_ratios_.push_back(std::log(knot.ratio));
    }
    slopes_ = knot_slopes(positions_, log_ratios_);
}

double RatioCurve::position(double at) const { return scale_ == AmountScale::logarithmic ? std::log(at) : at; }

std::size_t RatioCurve::interval(double at) const {
    const auto after = std::upper_bound(knots_.begin() + 1, knots_.end() - 1, at,
                                        [](double x, const RatioKnot& knot) { return x < knot.at; });
    return static_cast<std::size_t>(after - knots_.begin()) - 1;
}

double RatioCurve::log_ratio(double at) const {
    if (std::isnan(at)) throw FactError("at: got nan, expected an amount");
    if (at <= first()) return log_ratios_.front();
    if (at >= last()) return log_ratios_.back();
    const std::size_t i = interval(at);
    const double h = positions_[i + 1] - positions_[i];
    const Piece piece{log_ratios_[i], log_ratios_[i + 1], slopes_[i], slopes_[i + 1], h};
    return rational_cubic(piece, (position(at) - positions_[i]) / h);
}

double RatioCurve::ratio(double at) const { return std::exp(log_ratio(at)); }

double RatioCurve::ratio_error(double at) const {
    const double x = std::clamp(at, first(), last());
    const std::size_t i = interval(x);
    const RatioKnot& a = knots_[i];
    const RatioKnot& b = knots_[i + 1];
    const double t = x == b.at ? 1.0 : (position(x) - positions_[i]) / (positions_[i + 1] - positions_[i]);
    if (t == 0.0) return a.ratio_error;
    if (t == 1.0) return b.ratio_error;
    return ratio(x) * ((1.0 - t) * a.ratio_error / a.ratio + t * b.ratio_error / b.ratio);
}

}  // namespace wagefit
