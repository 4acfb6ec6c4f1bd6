#pragma once

#include <span>

#include "wagefit/distributions/knot_table.hpp"

namespace wagefit {

enum class Summary : unsigned char { mean, gini };

/// out[i] = the mean (dollars) or the Gini coefficient of the row whose wages at the knots start at rows[i], with the
/// bits of its Curve's. Where is_found[i] is false the row is steeper than fixed panels integrate, and out[i] of no
/// use. `out` and `is_found` have the rows' length.
void summarize(Summary what, const KnotTable& table, std::span<const double* const> rows, double* out, bool* is_found);

}  // namespace wagefit
