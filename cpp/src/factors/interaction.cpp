#include "wagefit/factors/interaction.hpp"

#include <algorithm>
#include <cmath>
#include <variant>

#include "wagefit/errors.hpp"
#include "wagefit/facts/text.hpp"

namespace wagefit {
namespace {

constexpr double raking_tolerance = 1e-14;
constexpr double least_accuracy = 1e-10;  // where rounding keeps rounds from getting further
constexpr int raking_rounds = 10000;      // strongly correlated levels need many

std::string name_of(const Interaction& interaction) { return interaction.first + " x " + interaction.second; }

Eigen::VectorXd shares(const Factor& factor) {
    Eigen::VectorXd out(std::ssize(factor.levels));
    for (Eigen::Index i = 0; i < out.size(); ++i) out[i] = factor.levels[static_cast<std::size_t>(i)].share;
    return out / out.sum();
}

Eigen::VectorXd relative_ratios(const Factor& factor) {
    Eigen::VectorXd out(std::ssize(factor.levels));
    for (Eigen::Index i = 0; i < out.size(); ++i) out[i] = factor.levels[static_cast<std::size_t>(i)].ratio;
    return out / shares(factor).dot(out);
}

/// Rows of a table of people as shares; a row of nobody has those of all.
Eigen::MatrixXd row_shares(const Eigen::MatrixXd& people) {
    const Eigen::RowVectorXd all = people.colwise().sum() / people.sum();
    Eigen::MatrixXd out = people;
    for (Eigen::Index i = 0; i < out.rows(); ++i) {
        const double sum = people.row(i).sum();
        out.row(i) = sum > 0.0 ? Eigen::RowVectorXd(people.row(i) / sum) : all;
    }
    return out;
}

/// Scales rows and columns until the average over columns is `rows` and that over rows is `columns`.
Eigen::MatrixXd raked(const Interaction& interaction, const Factor& first, const Factor& second,
                      const Eigen::MatrixXd& people) {
    Eigen::MatrixXd table = interaction.ratio;
    const Eigen::MatrixXd along = row_shares(people), down = row_shares(people.transpose()).transpose();
    const Eigen::VectorXd rows = relative_ratios(first), columns = relative_ratios(second);
    const auto row_means = [&] { return Eigen::ArrayXd((table.array() * along.array()).rowwise().sum()); };
    double gap = 1.0;
    for (int round = 0; round < raking_rounds && gap >= raking_tolerance; ++round) {
        table.array().colwise() *= rows.array() / row_means();
        const Eigen::ArrayXd means = (table.array() * down.array()).colwise().sum().transpose();
        const Eigen::ArrayXd factors = columns.array() / means;
        table.array().rowwise() *= factors.transpose();
        gap = (row_means() / rows.array() - 1.0).abs().maxCoeff();
    }
    if (gap <= least_accuracy) return table;
    throw ConvergenceError("interaction '" + name_of(interaction) + "': the level means of both factors are not met");
}

/// What a row or column of `found` people is multiplied by to hold the `wanted` ones.
Eigen::ArrayXd scaling(const Eigen::ArrayXd& wanted, const Eigen::ArrayXd& found) {
    return (wanted == 0.0).select(0.0, wanted / found);
}

/// Share table of a joint factor.
Eigen::MatrixXd people_of(const Factor& joint, Eigen::Index rows, Eigen::Index columns) {
    Eigen::MatrixXd out(rows, columns);
    for (Eigen::Index cell = 0; cell < rows * columns; ++cell)
        out(cell / columns, cell % columns) = joint.levels[static_cast<std::size_t>(cell)].share;
    return out;
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

/// The row of a choice; of an amount, both knots beside it in proportion.
Eigen::ArrayXd row_at(const Eigen::MatrixXd& rows, const Factor& factor, const Choice& choice) {
    if (!factor.curve) return rows.row(position(factor, choice)).transpose().array();
    const std::vector<RatioKnot>& knots = factor.curve->knots();
    const double amount = std::clamp(std::get<double>(choice), knots.front().at, knots.back().at);
    std::size_t above = 1;
    while (knots[above].at < amount) ++above;
    const double part = (amount - knots[above - 1].at) / (knots[above].at - knots[above - 1].at);
    const auto i = static_cast<Eigen::Index>(above);
    return ((1.0 - part) * rows.row(i - 1) + part * rows.row(i)).transpose().array();
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
    if (interaction.share.size() != 0 &&
        (interaction.share.rows() != interaction.ratio.rows() || interaction.share.cols() != interaction.ratio.cols()))
        throw FactError(where + "expected no shares or one for each pair of levels");
    for (const double share : interaction.share.reshaped())
        if (!(share >= 0.0) || !std::isfinite(share))
            throw FactError(where + "got the share " + number(share) + ", expected a finite number of at least 0");
    if (first.curve && second.curve)
        throw FactError(where + "got two continuous factors, expected at least one with levels");
    require_knots(first);
    require_knots(second);
}

Eigen::MatrixXd joint_shares(const Interaction& interaction, const Factor& first, const Factor& second) {
    const Eigen::VectorXd s = shares(first), t = shares(second);
    if (interaction.share.size() == 0) return s * t.transpose();
    Eigen::MatrixXd table = interaction.share;
    double gap = 1.0;
    for (int round = 0; round < raking_rounds && gap >= raking_tolerance; ++round) {
        table.array().colwise() *= scaling(s.array(), table.rowwise().sum().array());
        const Eigen::ArrayXd factors = scaling(t.array(), table.colwise().sum().transpose().array());
        table.array().rowwise() *= factors.transpose();
        gap = (table.rowwise().sum() - s).lpNorm<1>();
    }
    if (gap <= least_accuracy) return table;
    throw InfeasibleError("interaction '" + name_of(interaction) +
                          "': got shares that leave pairs of levels empty, expected some that can be scaled to the "
                          "shares of both factors");
}

Factor joint_factor(const Interaction& interaction, const Factor& first, const Factor& second) {
    validate(interaction, first, second);
    const Eigen::MatrixXd people = joint_shares(interaction, first, second);
    const Eigen::MatrixXd ratios = raked(interaction, first, second, people);
    Factor joint{name_of(interaction), {}};
    for (std::size_t i = 0; i < first.levels.size(); ++i)
        for (std::size_t j = 0; j < second.levels.size(); ++j) {
            const Level &a = first.levels[i], &b = second.levels[j];
            const auto row = static_cast<Eigen::Index>(i), column = static_cast<Eigen::Index>(j);
            joint.levels.push_back({a.name + " x " + b.name, ratios(row, column), interaction.ratio_error(row, column),
                                    people(row, column)});
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

Eigen::ArrayXd shares_of_second(const Factor& joint, const Factor& first, const Factor& second, const Choice& choice) {
    return row_at(row_shares(people_of(joint, std::ssize(first.levels), std::ssize(second.levels))), first, choice);
}

Eigen::ArrayXd shares_of_first(const Factor& joint, const Factor& first, const Factor& second, const Choice& choice) {
    const Eigen::MatrixXd people = people_of(joint, std::ssize(first.levels), std::ssize(second.levels));
    return row_at(row_shares(people.transpose()), second, choice);
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
