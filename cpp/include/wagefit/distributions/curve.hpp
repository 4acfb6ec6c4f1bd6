#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

#include "wagefit/distributions/distribution.hpp"

namespace wagefit {

struct RationalSegment;
struct ScoreSegments;

/// Knots of a curve, all vectors of the same length n >= 1.
///
/// `z` (normal scores) and `wage` (dollars) never decrease. Two knots of equal wage bound an atom, two of equal z a
/// gap. `slope_left[i]` and `slope_right[i]` are one-sided d log(wage) / dz at knot i, positive except beside an atom
/// or a gap, where they are not used. `slope_left[0]` and `slope_right[n - 1]` belong to the tails; see Curve.
struct CurveKnots {
    std::vector<double> z;
    std::vector<double> wage;
    std::vector<double> slope_left;
    std::vector<double> slope_right;
};

/// Log wage as a monotone function of the normal score: rational-quadratic between knots, exponential tails beyond.
///
/// Lower tail, for z < z_0:  x = L + (x_0 - L) exp(a (z - z_0)), L = support.lower, a = slope_left[0] x_0 / (x_0 - L).
/// Upper tail, for z > z_n:  x = x_n exp(b (z - z_n)) without an upper end of the support, b = slope_right[n],
/// and x = U - (U - x_n) exp(-b (z - z_n)), b = slope_right[n] x_n / (U - x_n), with one.
/// With L = 0 and U = inf both are log-linear in z. A tail whose knot lies on the support's end is an atom there.
class Curve final : public Distribution {
public:
    Curve(CurveKnots knots, Support support);

    [[nodiscard]] const CurveKnots& knots() const noexcept { return knots_; }

    [[nodiscard]] double value(double z) const override;
    [[nodiscard]] double log_value(double z) const override;
    void replace_scores(std::span<double> scores) const override;
    [[nodiscard]] double score(double x) const override;
    [[nodiscard]] double score_left(double x) const override;
    [[nodiscard]] double cdf(double x) const override;
    [[nodiscard]] double sf(double x) const override;
    [[nodiscard]] double density(double x) const override;
    [[nodiscard]] double log_pdf(double x) const override;
    [[nodiscard]] double partial_moment(double k, double z0, double z1) const override;
    [[nodiscard]] double half_mean_difference() const override;
    [[nodiscard]] std::vector<double> breakpoints() const override;
    [[nodiscard]] Support support() const override { return support_; }
    [[nodiscard]] std::vector<Atom> atoms() const override;
    [[nodiscard]] DistributionPtr scaled(double k) const override;
    [[nodiscard]] std::string name() const override { return "curve"; }

private:
    [[nodiscard]] std::size_t last() const noexcept { return knots_.z.size() - 1; }
    [[nodiscard]] std::optional<std::size_t> rising_segment(
        double x) const;  ///< that holds `x`, neither an atom nor a gap
    [[nodiscard]] bool is_open() const noexcept { return support_.lower == 0.0 && std::isinf(support_.upper); }
    [[nodiscard]] bool has_fair_tails() const;  ///< open ones of usual slopes
    // E[X (2 Phi(Z) - 1)] over a segment and over the tails.
    [[nodiscard]] double segment_rank(std::size_t i) const;
    [[nodiscard]] double lower_rank() const;
    [[nodiscard]] double upper_rank() const;
    [[nodiscard]] double tail_rank(const std::vector<double>& stops, double a, double b) const;
    [[nodiscard]] RationalSegment segment(std::size_t i) const;
    [[nodiscard]] ScoreSegments score_segments() const;
    [[nodiscard]] double lower_rate() const;
    [[nodiscard]] double upper_rate() const;
    [[nodiscard]] double upper_value(double z) const;
    [[nodiscard]] double lower_score(double x) const;
    [[nodiscard]] double upper_score(double x) const;
    [[nodiscard]] double slope_after(double x, double z) const;
    [[nodiscard]] double lower_partial_moment(double k, double a, double b) const;
    [[nodiscard]] double upper_partial_moment(double k, double a, double b) const;
    [[nodiscard]] double tail_partial_moment(const std::vector<double>& stops, double k, double a, double b) const;
    [[nodiscard]] std::vector<double> lower_layers() const;  // normal scores that resolve a steep tail for quadrature
    [[nodiscard]] std::vector<double> upper_layers() const;
    [[nodiscard]] double segment_partial_moment(std::size_t i, double k, double a, double b) const;

    CurveKnots knots_;
    Support support_;
    std::vector<double> rise_;  // log(wage[i + 1] / wage[i]): differences of logs would lose the digits of small gaps
};

}  // namespace wagefit
