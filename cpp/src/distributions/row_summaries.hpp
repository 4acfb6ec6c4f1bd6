#pragma once

#include <cstddef>
#include <span>

#include "distributions/knot_table.hpp"
#include "wagefit/distributions/measures.hpp"

namespace wagefit {

/// The mean (dollars), or mean and Gini coefficient, of the rows whose wages at the knots start at `rows`, with the
/// bits of their Curves'. `out` has shape (n_rows, n_values(what)), `is_found` (n_rows,). Where is_found[i] is false
/// the row is steeper than fixed panels integrate, and what `out` holds for it of no use.
void summarize(Summary what, const KnotTable& table, std::span<const double* const> rows, double* out, bool* is_found);

}  // namespace wagefit
