#include "wagefit/factors/interaction.hpp"

#include <cmath>
#include <variant>

#include "wagefit/errors.hpp"
#include "wagefit/facts/text.hpp"

namespace wagefit {
namespace {

constexpr double raking_tolerance = 1e-14;
constexpr int raking_rounds = 1000;

std::string name_of(const Interaction& interaction) { return interaction.first + " x " + interaction.second; }

Eigen::VectorXd shares(const Factor& factor) {
    Eigen::VectorXd out(std::ssize(factor.levels));
    for (Eigen::Index i = 0; i < out.size(); ++i) out[i] = factor.levels[static_cast<std::size_t>(i)].share;
    return out;
}

Eigen::VectorXd relative_ratios(const Factor& factor) {
    Eigen::VectorXd out(std::ssize(factor.levels));
    for (Eigen::Index i = 0; i < out.size(); ++i)
        out[i] = factor.levels[static_cast<std::size_t>(i)].ratio / mean_ratio(factor);
    return out;
}

/// Scales rows and columns until the average over columns is `rows` and that over rows is `columns`.
Eigen::MatrixXd raked(const Interaction& interaction, const Factor& first, const Factor& second) {
    Eigen::MatrixXd table = interaction.ratio;
    const Eigen::VectorXd s = shares(first), t = shares(second);
    const Eigen::VectorXd rows = relative_ratios(first), columns = relative_ratios(second);
    for (int round = 0; round < raking_rounds; ++round) {
        table.array().colwise() *= rows.array() / (table * t).array();
        const Eigen::ArrayXd factors = columns.array() / (table.transpose() * s).array();
        table.array().rowwise() *= factors.transpose();
        if (((table * t).array() / rows.array() - 1.0).abs().maxCoeff() < raking_tolerance) break;
    }
    return table;
}

void require_knots(const Factor& factor) {
    if (factor.curve && factor.curve->knots().size() != factor.levels.size())
        throw FactError("factor '" + factor.name + "': got shares at other amounts than the knots, expected the same");
}

/// Values at the knots of the continuous one of two factors, at the other's chosen level, as a curve.
struct Slice {
    const RatioCurve& along;
    double amount;
    std::vector<Eigen::Index> cells;  ///< row by row positions in a table of pairs
};

Eigen::Index position(const Factor& factor, const Choice& choice) {
    return static_cast<Eigen::Index>(level_index(factor, std::get<std::string>(choice)));
}

Slice slice(const Factor& first, const Factor& second, const Choice& a, const Choice& b) {
    const auto columns = std::ssize(second.levels);
    std::vector<Eigen::Index> cells;
    if (first.curve) {
        for (Eigen::Index i = 0; i < std::ssize(first.levels); ++i) cells.push_back(i * columns + position(second, b));
        return {*first.curve, std::get<double>(a), std::move(cells)};
    }
    for (Eigen::Index j = 0; j < columns; ++j) cells.push_back(position(first, a) * columns + j);
    return {*second.curve, std::get<double>(b), std::move(cells)};
}

/// The curve through a slice's `ratio(cell)` and `error(cell)`.
template <class Ratio, class Error>
RatioCurve curve_of(const Slice& slice, Ratio&& ratio, Error&& error) {
    std::vector<RatioKnot> knots;
    for (std::size_t k = 0; k < slice.cells.size(); ++k)
        knots.push_back({slice.along.knots()[k].at, ratio(slice.cells[k]), error(slice.cells[k])});
    return RatioCurve(std::move(knots), slice.along.scale());
}

}  // namespace

void validate(const Interaction& interaction, const Factor& first, const Factor& second) {
    const std::string where = "interaction '" + name_of(interaction) + "': ";
    if (interaction.ratio.rows() != std::ssize(first.levels) || interaction.ratio.cols() != std::ssize(second.levels) ||
        interaction.ratio_error.rows() != interaction.ratio.rows() ||
        interaction.ratio_error.cols() != interaction.ratio.cols())
        throw FactError(where + "expected a ratio and an error for each pair of levels");
    for (const double ratio : interaction.ratio.reshaped())
        if (!(ratio > 0.0) || !std::isfinite(ratio))
            throw FactError(where + "got the ratio " + number(ratio) + ", expected a finite positive number");
    for (const double error : interaction.ratio_error.reshaped())
        if (error < 0.0 || std::isinf(error))
            throw FactError(where + "got the standard error " + number(error) + ", expected none below zero");
    if (first.curve && second.curve)
        throw FactError(where + "got two continuous factors, expected at least one with levels");
    require_knots(first);
    require_knots(second);
}

Factor joint_factor(const Interaction& interaction, const Factor& first, const Factor& second) {
    validate(interaction, first, second);
    const Eigen::MatrixXd ratios = raked(interaction, first, second);
    Factor joint{name_of(interaction), {}};
    for (std::size_t i = 0; i < first.levels.size(); ++i)
        for (std::size_t j = 0; j < second.levels.size(); ++j) {
            const Level &a = first.levels[i], &b = second.levels[j];
            const auto row = static_cast<Eigen::Index>(i), column = static_cast<Eigen::Index>(j);
            joint.levels.push_back({a.name + " x " + b.name, ratios(row, column), interaction.ratio_error(row, column),
                                    a.share * b.share});
        }
    return joint;
}

double joint_ratio(const Factor& joint, const Factor& first, const Factor& second, const Choice& a, const Choice& b) {
    const auto ratio = [&](Eigen::Index cell) { return joint.levels[static_cast<std::size_t>(cell)].ratio; };
    if (!first.curve && !second.curve)
        return ratio(position(first, a) * std::ssize(second.levels) + position(second, b));
    const Slice cells = slice(first, second, a, b);
    return curve_of(cells, ratio, [](Eigen::Index) { return 0.0; }).ratio(cells.amount);
}

double interaction_log_error(const Interaction& interaction, const Factor& first, const Factor& second, const Choice& a,
                             const Choice& b) {
    const Eigen::Index columns = interaction.ratio.cols();
    const auto ratio = [&](Eigen::Index cell) { return interaction.ratio(cell / columns, cell % columns); };
    const auto error = [&](Eigen::Index cell) { return interaction.ratio_error(cell / columns, cell % columns); };
    if (!first.curve && !second.curve) {
        const Eigen::Index cell = position(first, a) * columns + position(second, b);
        return error(cell) / ratio(cell);
    }
    const Slice cells = slice(first, second, a, b);
    const RatioCurve curve = curve_of(cells, ratio, error);
    return curve.ratio_error(cells.amount) / curve.ratio(cells.amount);
}

}  // namespace wagefit
