#include "wagefit/estimation/design.hpp"

#include <cmath>

#include "numerics/lanes.hpp"
#include "wagefit/errors.hpp"

namespace wagefit {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;

void check_length(const char* name, Index length, Index rows) {
    if (length != rows)
        throw FactError(std::string(name) + " has " + std::to_string(length) + " values; expected " +
                        std::to_string(rows) + ", one for each row");
}

/// Whether all are finite. A sum with NaN or infinity is not; finite numbers' may overflow, then each counts times
/// zero.
bool all_finite(const double* values, Index n) {
    if (std::isfinite(lane_total(values, n))) return true;
    return lane_sum(n, [values](Index i) { return values[i] * 0.0; }) == 0.0;
}

void check_codes(const LevelColumn& factor, std::size_t number, Index rows) {
    const std::string name = "codes of factor " + std::to_string(number);
    check_length(name.c_str(), std::ssize(factor.codes), rows);
    const auto codes = Eigen::Map<const Eigen::ArrayXi>(factor.codes.data(), std::ssize(factor.codes));
    if (rows > 0 && (codes.minCoeff() < 0 || codes.maxCoeff() >= factor.levels))
        throw FactError(name + " hold a number outside 0.." + std::to_string(factor.levels - 1) +
                        "; expected level numbers");
}

}  // namespace

Index system_size(const Design& design) {
    Index size = 1 + design.numeric.cols();
    for (const LevelColumn& factor : design.factors) size += factor.levels - 1;
    return size;
}

std::vector<Index> factor_offsets(const Design& design) {
    std::vector<Index> offsets;
    Index next = 1 + design.numeric.cols();
    for (const LevelColumn& factor : design.factors) {
        offsets.push_back(next);
        next += factor.levels - 1;
    }
    return offsets;
}

Design design_of(const NamedColumns& columns) { return {columns.values, {}, Intercept::none, columns.names}; }

void refuse_dependent(const NamedColumns& columns, Index j) {
    throw FactError(coefficient_name(design_of(columns), 1 + j) +
                    " is a linear combination of the columns before it; expected independent columns");
}

std::string coefficient_name(const Design& design, Index coefficient) {
    const auto place = static_cast<std::size_t>(coefficient - first_estimated(design));
    return place < design.names.size() ? design.names[place] : "column " + std::to_string(place);
}

void check_columns(const Design& design, const Eigen::Ref<const ArrayXd>& weights) {
    const Index n = row_count(design);
    check_length("weights", weights.size(), n);
    if (!all_finite(weights.data(), n) || (n > 0 && weights.minCoeff() <= 0.0))
        throw FactError("weights hold nan, inf or a number of at most 0; expected finite numbers above 0");
    for (Index j = 0; j < design.numeric.cols(); ++j)
        if (!all_finite(design.numeric.col(j).data(), n))
            throw FactError(coefficient_name(design, 1 + j) + " holds nan or inf; expected finite numbers");
    for (std::size_t f = 0; f < design.factors.size(); ++f) check_codes(design.factors[f], f, n);
}

void check_regression(const Design& design, const Eigen::Ref<const ArrayXd>& outcome,
                      const Eigen::Ref<const ArrayXd>& weights) {
    const Index n = row_count(design);
    check_length("outcome", outcome.size(), n);
    if (!all_finite(outcome.data(), n)) throw FactError("outcome holds nan or inf; expected finite numbers");
    check_columns(design, weights);
}

void check_rows(const Design& design) {
    const Index n = row_count(design);
    const Index size = system_size(design) - first_estimated(design);
    if (n <= size)
        throw FactError("there are " + std::to_string(n) + " rows for " + std::to_string(size) +
                        " coefficients; expected more rows than coefficients");
}

}  // namespace wagefit
