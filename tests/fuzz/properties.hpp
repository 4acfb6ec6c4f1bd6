#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "wagefit/distributions/distribution.hpp"
#include "wagefit/facts/facts.hpp"
#include "wagefit/fitting/curve_fit.hpp"

/// What must hold of every answer.
namespace wagefit::fuzz {

/// An answer without a property that it must have.
class Violation : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

/// Throws Violation unless `holds`; `number` is the figure that is wrong, or where it was asked for.
void require(bool holds, std::string_view property, double number);

/// Prints what is violated and the facts that led there, and aborts.
[[noreturn]] void report(const Violation& violation, const std::string& facts);

/// A number with all its digits.
[[nodiscard]] std::string digits(double number);

/// Wages at probabilities, as the initializer of a vector of QuantileFact.
[[nodiscard]] std::string listed(const std::vector<QuantileFact>& facts);

/// How far a distribution function may fall between two neighboring wages, over 1.
enum class Rounding {
    none,     ///< of a curve, whose normal scores rise strictly
    special,  ///< of an incomplete gamma or beta function, known to some ulp
};

/// A fit has a curve if its status says so, and the curve meets `facts`: each quantile and the mean to 1e-10 of its
/// value, each bound from above.
void require_met(const CurveFit& fit, const Facts& facts);

/// Quantiles and distribution function never fall and are numbers, tails add up to 1, densities are not negative, the
/// Lorenz curve lies below the diagonal, and the Gini coefficient is in [0, 1], where 1 is what less than 1 rounds to.
void require_distribution(const Distribution& d, Rounding rounding);

}  // namespace wagefit::fuzz
