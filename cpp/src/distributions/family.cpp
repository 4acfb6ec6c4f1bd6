#include "wagefit/distributions/family.hpp"

#include <array>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <string>

#include "wagefit/distributions/gamma.hpp"
#include "wagefit/distributions/generalized_beta2.hpp"
#include "wagefit/distributions/lognormal.hpp"
#include "wagefit/distributions/weibull.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/facts/text.hpp"

namespace wagefit {
namespace {

using Names = std::span<const std::string_view>;

constexpr std::array<std::string_view, 2> lognormal_names{"median", "sigma"};
constexpr std::array<std::string_view, 2> shape_names{"scale", "shape"};
constexpr std::array<std::string_view, 4> beta_names{"scale", "a", "p", "q"};
constexpr std::array<std::string_view, 3> singh_maddala_names{"scale", "a", "q"};

void require_positive(Family family, std::span<const double> parameters) {
    const Names names = parameter_names(family);
    if (parameters.size() != names.size())
        throw FactError("parameters has length " + std::to_string(parameters.size()) + "; expected " +
                        std::to_string(names.size()) + " with family '" + std::string(name(family)) + "'");
    for (std::size_t i = 0; i < names.size(); ++i)
        if (!(std::isfinite(parameters[i]) && parameters[i] > 0.0))
            throw FactError(std::string(names[i]) + " is " + number(parameters[i]) +
                            "; expected a finite number above 0");
}

}  // namespace

std::string_view name(Family family) noexcept {
    constexpr std::array<std::string_view, family_count> names{"lognormal",     "weibull", "gamma", "loglogistic",
                                                               "singh-maddala", "dagum",   "gb2"};
    return names[static_cast<std::size_t>(family)];
}

Names parameter_names(Family family) noexcept {
    switch (family) {
        case Family::lognormal:
            return lognormal_names;
        case Family::weibull:
        case Family::gamma:
            return shape_names;
        case Family::loglogistic:
            return Names(beta_names).first(2);
        case Family::singh_maddala:
            return singh_maddala_names;
        case Family::dagum:
            return Names(beta_names).first(3);
        case Family::generalized_beta2:
            return beta_names;
    }
    return {};
}

DistributionPtr make_distribution(Family family, std::span<const double> values) {
    require_positive(family, values);
    const auto beta2 = [&](double p, double q) {
        return std::make_shared<GeneralizedBeta2>(family, values[0], values[1], p, q);
    };
    switch (family) {
        case Family::lognormal:
            return std::make_shared<Lognormal>(values[0], values[1]);
        case Family::weibull:
            return std::make_shared<Weibull>(values[0], values[1]);
        case Family::gamma:
            return std::make_shared<Gamma>(values[0], values[1]);
        case Family::loglogistic:
            return beta2(1.0, 1.0);
        case Family::singh_maddala:
            return beta2(1.0, values[2]);
        case Family::dagum:
            return beta2(values[2], 1.0);
        case Family::generalized_beta2:
            return beta2(values[2], values[3]);
    }
    return nullptr;
}

}  // namespace wagefit
