#include "estimation/level_system.hpp"

#include <algorithm>

namespace wagefit {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

std::size_t largest_factor(const std::vector<LevelColumn>& factors) {
    const auto fewer = [](const LevelColumn& a, const LevelColumn& b) { return a.levels < b.levels; };
    return static_cast<std::size_t>(std::max_element(factors.begin(), factors.end(), fewer) - factors.begin());
}

/// Places of the other factors' levels one after the other; the last number is their count.
std::vector<Index> offsets_without(const std::vector<LevelColumn>& factors, std::size_t largest) {
    std::vector<Index> offsets;
    Index next = 0;
    for (std::size_t f = 0; f < factors.size(); ++f) {
        offsets.push_back(next);
        if (f != largest) next += factors[f].levels;
    }
    offsets.push_back(next);
    return offsets;
}

Index code(const LevelColumn& factor, Index row) { return factor.codes[static_cast<std::size_t>(row)]; }

}  // namespace

LevelSystem::LevelSystem(const std::vector<LevelColumn>& factors, const Eigen::Ref<const Eigen::ArrayXd>& weights,
                         std::vector<Index> rows)
    : factors_(factors),
      weights_(weights.data(), weights.size()),
      rows_(std::move(rows)),
      largest_(largest_factor(factors)),
      offsets_(offsets_without(factors, largest_)),
      scale_(offsets_.back()),
      eliminated_(level_weights(largest_)),
      cholesky_(MatrixXd()) {
    for (std::size_t f = 0; f < factors_.size(); ++f)
        if (f != largest_) scale_.segment(offsets_[f], factors_[f].levels) = level_weights(f);
    cholesky_ = NormalCholesky(schur_complement(), scale_);
}

Index LevelSystem::rank() const { return cholesky_.rank() + (eliminated_.array() > 0.0).count(); }

VectorXd LevelSystem::level_weights(std::size_t f) const {
    VectorXd sums = VectorXd::Zero(factors_[f].levels);
    for (const Index row : rows_) sums[code(factors_[f], row)] += weights_[row];
    return sums;
}

std::vector<std::vector<Index>> LevelSystem::rows_by_level() const {
    std::vector<std::vector<Index>> grouped(static_cast<std::size_t>(factors_[largest_].levels));
    for (const Index row : rows_) grouped[static_cast<std::size_t>(code(factors_[largest_], row))].push_back(row);
    return grouped;
}

/// Subtracts the outer product of one eliminated level's sums over its weight from the lower triangle.
void LevelSystem::subtract_level(const std::vector<Index>& rows, VectorXd& sums, MatrixXd& schur) const {
    std::vector<Index> touched;
    double total = 0.0;
    for (const Index row : rows) {
        total += weights_[row];
        for (std::size_t f = 0; f < factors_.size(); ++f) {
            if (f == largest_) continue;
            const Index place = offsets_[f] + code(factors_[f], row);
            if (sums[place] == 0.0) touched.push_back(place);
            sums[place] += weights_[row];
        }
    }
    std::sort(touched.begin(), touched.end());
    for (std::size_t j = 0; j < touched.size(); ++j) {
        const double scaled = sums[touched[j]] / total;
        double* const column = schur.col(touched[j]).data();
        for (std::size_t i = j; i < touched.size(); ++i) column[touched[i]] -= scaled * sums[touched[i]];
    }
    for (const Index place : touched) sums[place] = 0.0;
}

MatrixXd LevelSystem::schur_complement() const {
    MatrixXd schur = scale_.asDiagonal();
    for (std::size_t f = 0; f < factors_.size(); ++f)
        for (std::size_t g = 0; g < f; ++g)
            if (f != largest_ && g != largest_)
                for (const Index row : rows_)
                    schur(offsets_[f] + code(factors_[f], row), offsets_[g] + code(factors_[g], row)) += weights_[row];
    VectorXd sums = VectorXd::Zero(scale_.size());
    for (const auto& rows : rows_by_level())
        if (!rows.empty()) subtract_level(rows, sums, schur);
    return schur;
}

std::vector<MatrixXd> LevelSystem::solve(const MatrixXd& outcomes) const {
    const Index m = outcomes.cols();
    const MatrixXd by_column = outcomes.transpose();  // an outcome's values of one row side by side
    MatrixXd means = MatrixXd::Zero(m, eliminated_.size()), right = MatrixXd::Zero(m, scale_.size());
    const LevelColumn& largest = factors_[largest_];
    for (const Index row : rows_)
        means.col(code(largest, row)) += weights_[row] / eliminated_[code(largest, row)] * by_column.col(row);
    for (const Index row : rows_)
        for (std::size_t f = 0; f < factors_.size(); ++f)
            if (f != largest_)
                right.col(offsets_[f] + code(factors_[f], row)) +=
                    weights_[row] * (by_column.col(row) - means.col(code(largest, row)));
    const MatrixXd others = cholesky_.solve(right.transpose()).transpose();
    for (const Index row : rows_)
        for (std::size_t f = 0; f < factors_.size(); ++f)
            if (f != largest_)
                means.col(code(largest, row)) -=
                    weights_[row] / eliminated_[code(largest, row)] * others.col(offsets_[f] + code(factors_[f], row));
    std::vector<MatrixXd> effects;
    for (std::size_t f = 0; f < factors_.size(); ++f) {
        if (f == largest_)
            effects.emplace_back(means.transpose());
        else
            effects.emplace_back(others.middleCols(offsets_[f], factors_[f].levels).transpose());
    }
    return effects;
}

}  // namespace wagefit
