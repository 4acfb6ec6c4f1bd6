#include "wagefit/distributions/pareto_tail.hpp"

#include <algorithm>
#include <cmath>

#include "numerics/constants.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/facts/text.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

void require_threshold(double p) {
    if (!(p > 0.0 && p < 1.0)) throw FactError("p is " + number(p) + "; expected a number inside (0, 1)");
}

void require_shape(double shape) {
    if (!(shape < 1.0 && shape != 0.0 && std::isfinite(shape)))
        throw FactError("shape is " + number(shape) +
                        "; expected a number below 1 other than 0: from 1 on the mean is infinite");
}

}  // namespace

ParetoTail::ParetoTail(DistributionPtr body, double p, std::optional<double> shape) : body_(std::move(body)), p_(p) {
    require_threshold(p);
    z_ = normal::quantile(p);
    threshold_ = body_->value(z_);
    const double excess = body_->partial_moment(1.0, z_, infinity) / (1.0 - p) - threshold_;
    if (!(excess > 0.0 && std::isfinite(excess)))
        throw FactError("the mean above p = " + number(p) + " exceeds the threshold by " + number(excess) +
                        "; expected a finite amount above 0");
    const double density = std::exp(body_->log_pdf(threshold_));
    shape_ = shape ? *shape : 1.0 - (1.0 - p) / (density * excess);
    require_shape(shape_);
    scale_ = (1.0 - shape_) * excess;
}

double ParetoTail::value(double z) const {
    if (!(z > z_)) return body_->value(z);
    const double log_survival = normal::log_sf(z) - std::log1p(-p_);
    return threshold_ + scale_ / shape_ * std::expm1(-shape_ * log_survival);
}

double ParetoTail::log_value(double z) const { return z > z_ ? std::log(value(z)) : body_->log_value(z); }

double ParetoTail::log_sf_above(double x) const {
    const double stretch = shape_ * (x - threshold_) / scale_;
    return stretch > -1.0 ? std::log1p(-p_) - std::log1p(stretch) / shape_ : -infinity;
}

double ParetoTail::score(double x) const {
    return x > threshold_ ? normal::isf(std::exp(log_sf_above(x))) : std::min(body_->score(x), z_);
}

double ParetoTail::score_left(double x) const { return x > threshold_ ? score(x) : std::min(body_->score_left(x), z_); }

double ParetoTail::cdf(double x) const {
    return x > threshold_ ? -std::expm1(log_sf_above(x)) : std::min(body_->cdf(x), p_);
}

double ParetoTail::sf(double x) const {
    return x > threshold_ ? std::exp(log_sf_above(x)) : std::max(body_->sf(x), 1.0 - p_);
}

double ParetoTail::log_pdf(double x) const {
    if (!(x > threshold_)) return body_->log_pdf(x);
    const double log_survival = log_sf_above(x);
    return std::isinf(log_survival) ? log_survival : log_survival - std::log(scale_ + shape_ * (x - threshold_));
}

double ParetoTail::tail_mean(double z0, double z1) const {
    const double share = 1.0 - p_, s0 = normal::sf(z0) / share, s1 = normal::sf(z1) / share, power = 1.0 - shape_;
    const double shifted = scale_ / shape_ * (std::pow(s0, power) - std::pow(s1, power)) / power;
    return share * ((threshold_ - scale_ / shape_) * (s0 - s1) + shifted);
}

double ParetoTail::partial_moment(double k, double z0, double z1) const {
    const double below = z0 < z_ ? body_->partial_moment(k, z0, std::min(z1, z_)) : 0.0;
    const double start = std::max(z0, z_);
    if (!(start < z1)) return below;
    if (k == 1.0) return below + tail_mean(start, z1);
    if (k * shape_ >= 1.0 && std::isinf(z1)) return infinity;
    return below + Distribution::partial_moment(k, start, z1);
}

std::vector<double> ParetoTail::breakpoints() const {
    std::vector<double> points = body_->breakpoints();
    std::erase_if(points, [this](double z) { return z >= z_; });
    points.push_back(z_);
    return points;
}

Support ParetoTail::support() const {
    return {body_->support().lower, shape_ < 0.0 ? threshold_ - scale_ / shape_ : infinity};
}

std::vector<Atom> ParetoTail::atoms() const {
    std::vector<Atom> atoms = body_->atoms();
    std::erase_if(atoms, [this](const Atom& atom) { return atom.value > threshold_; });
    return atoms;
}

DistributionPtr ParetoTail::scaled(double k) const {
    return std::make_shared<ParetoTail>(body_->scaled(k), p_, shape_);
}

}  // namespace wagefit
