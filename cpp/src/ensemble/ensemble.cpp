#include "wagefit/ensemble/ensemble.hpp"

#include <cmath>

#include "wagefit/numerics/parallel.hpp"

namespace wagefit {
namespace {

std::vector<QuantileFact> published(const std::vector<double>& p, const std::vector<std::span<const double>>& values,
                                    std::size_t cell) {
    std::vector<QuantileFact> facts;
    for (std::size_t j = 0; j < p.size(); ++j)
        if (!std::isnan(values[j][cell])) facts.push_back({p[j], values[j][cell]});
    return facts;
}

std::optional<double> published(std::span<const double> values, std::size_t cell) {
    if (values.empty() || std::isnan(values[cell])) return std::nullopt;
    return values[cell];
}

}  // namespace

Facts CellFacts::operator[](std::size_t cell) const {
    return {published(quantile_p, quantiles, cell),
            published(at_least_p, at_least, cell),
            published(mean, cell),
            published(mean_at_least, cell),
            lower,
            upper};
}

Ensemble Ensemble::take(std::span<const std::size_t> indices) const {
    std::vector<CurveFit> cells;
    cells.reserve(indices.size());
    for (const std::size_t i : indices) cells.push_back(cells_[i]);
    return Ensemble(std::move(cells));
}

Ensemble fit_cells(const CellFacts& facts, const ShapePrior& prior, int n_threads) {
    std::vector<CurveFit> cells(facts.n_cells);
    parallel_for(facts.n_cells, n_threads, [&](std::size_t begin, std::size_t end) {
        PatternCache patterns(prior);
        for (std::size_t i = begin; i < end; ++i) cells[i] = try_fit_curve(facts[i], patterns);
    });
    return Ensemble(std::move(cells));
}

double value_or_end(const Distribution& d, double z) {
    if (!std::isinf(z)) return d.value(z);
    return z < 0.0 ? d.support().lower : d.support().upper;
}

void evaluate(const Ensemble& ensemble, PointOperation f, std::span<const double> points, std::size_t n_points,
              std::size_t row_stride, std::span<double> out, int n_threads) {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    parallel_for(ensemble.size(), n_threads, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            const auto& curve = ensemble[i].curve;
            for (std::size_t j = 0; j < n_points; ++j)
                out[i * n_points + j] = curve ? f(*curve, points[i * row_stride + j]) : nan;
        }
    });
}

}  // namespace wagefit
