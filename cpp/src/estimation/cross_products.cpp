#include "estimation/cross_products.hpp"

#include <algorithm>

#include "numerics/lanes.hpp"
#include "wagefit/numerics/interruption.hpp"

namespace wagefit {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using Values = Eigen::Ref<const ArrayXd>;

constexpr Index block_rows = 256;  // of a dozen columns stay in the first-level cache

/// Calls f(begin, count) on blocks that cover the design's rows.
template <class Function>
void for_each_block(const CenteredDesign& z, Function&& f) {
    const Index n = row_count(z.design);
    for (Index begin = 0; begin < n; begin += block_rows) {
        interruption_point();
        f(begin, std::min(block_rows, n - begin));
    }
}

/// Rows begin.. of the numeric columns, centered, into the first `count` rows of `block`.
void fill_centered(const CenteredDesign& z, Index begin, Index count, MatrixXd& block) {
    for (Index j = 0; j < block.cols(); ++j)
        block.col(j).head(count) = z.design.numeric.col(j).segment(begin, count).array() - z.center[j];
}

/// Adds the numeric part, intercept included, of Z' diag(weights) Z to the upper triangle of `gram`.
void add_numeric(const MatrixXd& block, const MatrixXd& weighted, const Values& weights, MatrixXd& gram) {
    const Index count = weights.size();
    gram(0, 0) += weights.sum();
    for (Index j = 0; j < block.cols(); ++j) {
        const double* const column = weighted.col(j).data();
        gram(0, 1 + j) += lane_total(column, count);
        for (Index i = 0; i <= j; ++i) gram(1 + i, 1 + j) += lane_dot(block.col(i).data(), column, count);
    }
}

/// Adds cells, each with the sums of [weight | weight x columns] over its rows, to the upper triangle of `gram`.
void add_levels(const std::vector<Index>& offsets, const Eigen::MatrixXi& codes, const MatrixXd& sums, Index cells,
                MatrixXd& gram) {
    for (Index cell = 0; cell < cells; ++cell) {
        if (sums(0, cell) == 0.0) continue;
        for (Index f = 0; f < codes.rows(); ++f) {
            if (codes(f, cell) == 0) continue;
            const Index column = offsets[static_cast<std::size_t>(f)] + codes(f, cell) - 1;
            gram.col(column).head(sums.rows()) += sums.col(cell);
            for (Index g = 0; g <= f; ++g)
                if (codes(g, cell) != 0)
                    gram(offsets[static_cast<std::size_t>(g)] + codes(g, cell) - 1, column) += sums(0, cell);
        }
    }
}

/// Adds a block's rows to the sums of their cells, or to `gram` at once where cells are not collapsed.
void add_rows(const CenteredDesign& z, Index begin, const MatrixXd& weighted, const Values& weights, MatrixXd& sums,
              MatrixXd& gram) {
    const Index count = weights.size(), k = weighted.cols();
    if (z.cells.collapsed()) {
        const std::uint32_t* const cell = z.cells.of_row.data() + begin;
        for (Index i = 0; i < count; ++i) {
            double* const sum = sums.col(cell[i]).data();
            sum[0] += weights[i];
            for (Index j = 0; j < k; ++j) sum[1 + j] += weighted(i, j);
        }
    } else if (!z.design.factors.empty()) {
        sums.row(0).head(count) = weights.matrix().transpose();
        sums.bottomRows(k).leftCols(count) = weighted.topRows(count).transpose();
        add_levels(z.offsets, row_codes(z.design, begin, count), sums, count, gram);
    }
}

/// Adds value to the places of a row's (or cell's) levels.
void add_to_levels(const std::vector<Index>& offsets, const Eigen::MatrixXi& codes, Index cell, double value,
                   double* sums) {
    for (Index f = 0; f < codes.rows(); ++f)
        if (codes(f, cell) != 0) sums[offsets[static_cast<std::size_t>(f)] + codes(f, cell) - 1] += value;
}

double sum_of_levels(const std::vector<Index>& offsets, const Eigen::MatrixXi& codes, Index cell,
                     const VectorXd& coefficients) {
    double sum = 0.0;
    for (Index f = 0; f < codes.rows(); ++f)
        if (codes(f, cell) != 0) sum += coefficients[offsets[static_cast<std::size_t>(f)] + codes(f, cell) - 1];
    return sum;
}

/// Sum of values by cell.
ArrayXd cell_sums(const JointCells& cells, const Values& values) {
    ArrayXd sums = ArrayXd::Zero(cells.codes.cols());
    for (Index i = 0; i < values.size(); ++i) sums[cells.of_row[static_cast<std::size_t>(i)]] += values[i];
    return sums;
}

/// z' form z of one row: `numeric` is [1 | centered columns].
double quadratic_form(const std::vector<Index>& offsets, const Eigen::MatrixXi& codes, Index row,
                      const VectorXd& numeric, const MatrixXd& form) {
    const Index k = numeric.size();
    double value = 0.0;
    for (Index j = 0; j < k; ++j) value += numeric[j] * form.col(j).head(k).dot(numeric);  // no temporary for each row
    for (Index f = 0; f < codes.rows(); ++f) {
        if (codes(f, row) == 0) continue;
        const Index column = offsets[static_cast<std::size_t>(f)] + codes(f, row) - 1;
        value += form(column, column) + 2.0 * numeric.dot(form.col(column).head(k));
        for (Index g = 0; g < f; ++g)
            if (codes(g, row) != 0)
                value += 2.0 * form(offsets[static_cast<std::size_t>(g)] + codes(g, row) - 1, column);
    }
    return value;
}

}  // namespace

CenteredDesign centered(const Design& design, const Values& weights) {
    Eigen::RowVectorXd center = Eigen::RowVectorXd::Zero(design.numeric.cols());
    if (design.intercept == Intercept::included && weights.size() > 0) {
        const double total = weights.sum();
        for (Index j = 0; j < center.size(); ++j)
            center[j] = lane_dot(design.numeric.col(j).data(), weights.data(), weights.size()) / total;
    }
    return {design, joint_cells(design), std::move(center), factor_offsets(design)};
}

MatrixXd cross_product(const CenteredDesign& z, const Values& weights) {
    const Index size = system_size(z.design), k = z.design.numeric.cols();
    MatrixXd gram = MatrixXd::Zero(size, size);
    MatrixXd block(block_rows, k), weighted(block_rows, k);
    MatrixXd sums = MatrixXd::Zero(1 + k, z.cells.collapsed() ? z.cells.codes.cols() : block_rows);
    for_each_block(z, [&](Index begin, Index count) {
        const auto w = weights.segment(begin, count);
        for (Index j = 0; j < k; ++j)
            center_and_weigh(z.design.numeric.col(j).data() + begin, z.center[j], w.data(), count, block.col(j).data(),
                             weighted.col(j).data());
        add_numeric(block, weighted, w, gram);
        add_rows(z, begin, weighted, w, sums, gram);
    });
    if (z.cells.collapsed()) add_levels(z.offsets, z.cells.codes, sums, sums.cols(), gram);
    gram.triangularView<Eigen::StrictlyLower>() = gram.transpose();
    return gram;
}

VectorXd transpose_times(const CenteredDesign& z, const Values& values) {
    VectorXd out = VectorXd::Zero(system_size(z.design));
    out[0] = values.sum();
    for (Index j = 0; j < z.center.size(); ++j)
        out[1 + j] = lane_dot(z.design.numeric.col(j).data(), values.data(), values.size()) - z.center[j] * out[0];
    if (z.cells.collapsed()) {
        const ArrayXd sums = cell_sums(z.cells, values);
        for (Index cell = 0; cell < sums.size(); ++cell)
            add_to_levels(z.offsets, z.cells.codes, cell, sums[cell], out.data());
    } else if (!z.design.factors.empty()) {
        for_each_block(z, [&](Index begin, Index count) {
            const Eigen::MatrixXi codes = row_codes(z.design, begin, count);
            for (Index i = 0; i < count; ++i) add_to_levels(z.offsets, codes, i, values[begin + i], out.data());
        });
    }
    return out;
}

ArrayXd residuals_of(const CenteredDesign& z, const VectorXd& coefficients, const Values& outcome) {
    const Index k = z.center.size();
    const double constant = coefficients[0] - z.center * coefficients.segment(1, k);
    ArrayXd out(outcome.size());
    for_each_block(z, [&](Index begin, Index count) {  // a block of differences stays in the first-level cache
        auto rest = out.segment(begin, count);
        rest = outcome.segment(begin, count) - constant;
        for (Index j = 0; j < k; ++j)
            rest -= coefficients[1 + j] * z.design.numeric.col(j).segment(begin, count).array();
    });
    if (z.cells.collapsed()) {
        ArrayXd effects(z.cells.codes.cols());
        for (Index cell = 0; cell < effects.size(); ++cell)
            effects[cell] = sum_of_levels(z.offsets, z.cells.codes, cell, coefficients);
        for (Index i = 0; i < out.size(); ++i) out[i] -= effects[z.cells.of_row[static_cast<std::size_t>(i)]];
    } else if (!z.design.factors.empty()) {
        for_each_block(z, [&](Index begin, Index count) {
            const Eigen::MatrixXi codes = row_codes(z.design, begin, count);
            for (Index i = 0; i < count; ++i) out[begin + i] -= sum_of_levels(z.offsets, codes, i, coefficients);
        });
    }
    return out;
}

ArrayXd quadratic_forms(const CenteredDesign& z, const MatrixXd& form) {
    const Index k = z.center.size();
    ArrayXd out(row_count(z.design));
    MatrixXd block(block_rows, k);
    VectorXd numeric(1 + k);
    numeric[0] = 1.0;
    for_each_block(z, [&](Index begin, Index count) {
        fill_centered(z, begin, count, block);
        const Eigen::MatrixXi codes = row_codes(z.design, begin, count);
        for (Index i = 0; i < count; ++i) {
            numeric.tail(k) = block.row(i).transpose();
            out[begin + i] = quadratic_form(z.offsets, codes, i, numeric, form);
        }
    });
    return out;
}

MatrixXd columns_of_rows(const CenteredDesign& z, const std::vector<Index>& rows) {
    const Index k = z.center.size();
    MatrixXd out = MatrixXd::Zero(system_size(z.design), std::ssize(rows));
    for (Index i = 0; i < out.cols(); ++i) {
        const Index row = rows[static_cast<std::size_t>(i)];
        out(0, i) = 1.0;
        out.col(i).segment(1, k) = (z.design.numeric.row(row) - z.center).transpose();
        add_to_levels(z.offsets, row_codes(z.design, row, 1), 0, 1.0, out.col(i).data());
    }
    return out;
}

MatrixXd grouped_sums(const CenteredDesign& z, const Values& values, const LevelColumn& groups) {
    const Index k = z.center.size();
    MatrixXd sums = MatrixXd::Zero(system_size(z.design), groups.levels);
    for_each_block(z, [&](Index begin, Index count) {
        const Eigen::MatrixXi codes = row_codes(z.design, begin, count);
        for (Index i = 0; i < count; ++i) {
            const Index row = begin + i;
            double* const sum = sums.col(groups.codes[static_cast<std::size_t>(row)]).data();
            sum[0] += values[row];
            for (Index j = 0; j < k; ++j) sum[1 + j] += values[row] * (z.design.numeric(row, j) - z.center[j]);
            add_to_levels(z.offsets, codes, i, values[row], sum);
        }
    });
    return sums;
}

}  // namespace wagefit
