#include "wagefit/numerics/student_t.hpp"

#include <boost/math/distributions/complement.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

#include "numerics/special_policy.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit::student_t {
namespace {

using Student = boost::math::students_t_distribution<double, SpecialPolicy>;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

}  // namespace

double sf(double t, double freedom) noexcept {
    if (std::isnan(t) || !(freedom > 0.0)) return missing;
    if (std::isinf(freedom)) return normal::sf(t);
    if (std::isinf(t)) return t > 0.0 ? 0.0 : 1.0;
    return boost::math::cdf(boost::math::complement(Student(freedom), t));
}

double quantile(double p, double freedom) noexcept {
    if (!(p >= 0.0 && p <= 1.0) || !(freedom > 0.0)) return missing;
    if (std::isinf(freedom) || p == 0.0 || p == 1.0) return normal::quantile(p);
    return boost::math::quantile(Student(freedom), p);
}

}  // namespace wagefit::student_t
