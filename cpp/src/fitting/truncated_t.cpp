#include "fitting/truncated_t.hpp"

#include <algorithm>
#include <cmath>

#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

using Eigen::Index;
using Eigen::VectorXd;

constexpr int sweeps = 24;  // the draws have forgotten where they started after a few

/// A normal draw between two ends, by inversion in the upper tail.
double normal_between(double mean, double deviation, double low, double high, double uniform) {
    const double from = normal::log_sf((low - mean) / deviation), to = normal::log_sf((high - mean) / deviation);
    const double z = -normal::quantile_of_log(from + std::log1p(uniform * std::expm1(to - from)));
    return std::clamp(mean + deviation * z, low, high);
}

/// Mean of coordinate `j` given the others.
double given_others(const TruncatedT& law, const VectorXd& x, Index j) {
    const VectorXd departure = x - law.center;
    const double others = law.precision.row(j).dot(departure) - law.precision(j, j) * departure[j];
    return law.center[j] - others / law.precision(j, j);
}

}  // namespace

VectorXd draw_truncated(const TruncatedT& law, NormalStream& stream) {
    VectorXd x = law.lower;
    for (int sweep = 0; sweep < sweeps; ++sweep) {
        const VectorXd departure = x - law.center;
        const double distance = departure.dot(law.precision * departure);
        const double inverse_scale =
            stream.chi_squared(law.freedom + x.size()) / (static_cast<double>(law.freedom) + distance);
        for (Index j = 0; j < x.size(); ++j) {
            const double deviation = 1.0 / std::sqrt(law.precision(j, j) * inverse_scale);
            x[j] = normal_between(given_others(law, x, j), deviation, law.lower[j], law.upper[j], stream.uniform());
        }
    }
    return x;
}

}  // namespace wagefit
