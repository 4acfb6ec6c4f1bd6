#pragma once

#include <limits>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace wagefit {

/// Smallest and largest wage a distribution can produce, in its own unit (dollars a year by default).
struct Support {
    double lower;
    double upper;
};

/// Any positive wage.
inline constexpr Support open_support{0.0, std::numeric_limits<double>::infinity()};

/// A wage that carries probability of its own, such as a tie between two published percentiles.
struct Atom {
    double value;
    double probability;
};

/// Points and weights whose weighted sum is an expectation: E f(X) = sum weight[i] f(value[i]).
struct ExpectationNodes {
    std::vector<double> value;
    std::vector<double> log_value;  ///< also where the value underflows or overflows
    std::vector<double> weight;

    void append(double wage, double log_wage, double probability) {
        value.push_back(wage);
        log_value.push_back(log_wage);
        weight.push_back(probability);
    }
};

class Distribution;
using DistributionPtr = std::shared_ptr<const Distribution>;

/// A distribution that a mixture draws from with a probability of `weight`.
struct MixturePart {
    DistributionPtr distribution;
    double weight;
};

/// The one protocol of a wage distribution: the wage as a non-decreasing function of the normal score z = Phi^-1(p).
///
/// Working in z keeps full precision in both tails: cdf(x) = Phi(score(x)) and sf(x) = Phi(-score(x)) come from the
/// same number. Implementations are immutable. The operations a user asks for (cdf, ppf, Gini, Lorenz, ...) are free
/// functions in operations.hpp, written once for every distribution.
class Distribution {
public:
    virtual ~Distribution() = default;

    /// The wage at normal score `z`: ppf(Phi(z)); the left limit where the quantile function jumps (an empty bracket).
    [[nodiscard]] virtual double value(double z) const = 0;

    /// log value(z), also where the value underflows or overflows.
    [[nodiscard]] virtual double log_value(double z) const;

    /// Normal score of the wage `x`: Phi^-1(P(X <= x)); -inf below the support, +inf above it.
    [[nodiscard]] virtual double score(double x) const = 0;

    /// Phi^-1(P(X < x)); differs from `score` only at atoms.
    [[nodiscard]] virtual double score_left(double x) const { return score(x); }

    /// P(X <= x) and P(X > x), each with full relative precision in its own tail.
    [[nodiscard]] virtual double cdf(double x) const;
    [[nodiscard]] virtual double sf(double x) const;

    /// Logarithm of the density of the continuous part at `x`, per unit of wage; -inf where there is none.
    [[nodiscard]] virtual double log_pdf(double x) const = 0;

    /// The density itself.
    [[nodiscard]] virtual double density(double x) const;

    /// E[X^k; z0 < Z < z1] for real `k` and -inf <= z0 <= z1 <= inf. k = 1 gives the partial mean behind Lorenz curves.
    [[nodiscard]] virtual double partial_moment(double k, double z0, double z1) const;

    /// Normal scores, ascending and finite, between which the quantile function is smooth; quadrature never straddles
    /// one.
    [[nodiscard]] virtual std::vector<double> breakpoints() const { return {}; }

    /// The distribution as a mixture of others, none of which is a mixture itself; weights sum to 1 but for rounding.
    /// Empty for a distribution that is no mixture.
    [[nodiscard]] virtual std::vector<MixturePart> parts() const { return {}; }

    /// Quadrature nodes of the whole distribution, for expectations that have no closed form.
    [[nodiscard]] virtual ExpectationNodes nodes() const;

    /// Nodes of an expectation over dollars of pay rather than people: E[X f(X)] / E[X] = sum weight[i] f(value[i]).
    [[nodiscard]] virtual ExpectationNodes pay_nodes() const;

    /// Half the mean absolute difference of two draws, E|X - X'| / 2 = integral of F (1 - F) dx; the Gini times the
    /// mean.
    [[nodiscard]] virtual double half_mean_difference() const;

    [[nodiscard]] virtual Support support() const = 0;
    [[nodiscard]] virtual std::vector<Atom> atoms() const { return {}; }

    /// The distribution of k X, k > 0.
    [[nodiscard]] virtual DistributionPtr scaled(double k) const = 0;

    /// Short name of the family, such as "curve" or "lognormal".
    [[nodiscard]] virtual std::string name() const = 0;

    /// Replaces many normal scores by the wages there, with the bits of `value`.
    virtual void replace_scores(std::span<double> scores) const;
};

}  // namespace wagefit
