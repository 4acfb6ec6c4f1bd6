#include "wagefit/ensemble/ensemble.hpp"

#include <cassert>

#include "distributions/knot_table.hpp"
#include "fitting/log_quantiles.hpp"

namespace wagefit {

TableKnots::TableKnots(KnotRule knot_rule, std::vector<std::size_t> positions, std::vector<double> probabilities)
    : rule(std::move(knot_rule)),
      facts(std::move(positions)),
      p(std::move(probabilities)),
      table(std::make_shared<const KnotTable>(make_knot_table(rule.z, rule.upper_tail_ratio))) {}

Ensemble::Ensemble(const std::vector<CurveFit>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        status_.push_back(cells[i].status);
        others_.emplace(i, cells[i]);
    }
}

Ensemble::Ensemble(std::shared_ptr<const TableKnots> knots, LargeVector wages, std::vector<Status> status,
                   Others others)
    : knots_(std::move(knots)), wages_(std::move(wages)), status_(std::move(status)), others_(std::move(others)) {
    assert(wages_.size() == (knots_ ? knots_->rule.z.size() * status_.size() : 0));
}

Ensemble::~Ensemble() = default;
Ensemble::Ensemble(const Ensemble&) = default;
Ensemble::Ensemble(Ensemble&&) noexcept = default;
Ensemble& Ensemble::operator=(const Ensemble&) = default;
Ensemble& Ensemble::operator=(Ensemble&&) noexcept = default;

std::span<const double> Ensemble::row(std::size_t cell) const {
    if (!knots_ || !is_fitted(status_[cell]) || others_.contains(cell)) return {};
    const std::size_t n = knots_->rule.z.size();
    return {wages_.data() + cell * n, n};
}

std::shared_ptr<const Curve> Ensemble::curve(std::size_t cell) const {
    if (!is_fitted(status_[cell])) return nullptr;
    if (const auto found = others_.find(cell); found != others_.end()) return found->second.curve;
    return std::make_shared<const Curve>(knots_through(knots_->rule, row(cell)), open_support);
}

CurveFit Ensemble::operator[](std::size_t cell) const {
    if (const auto found = others_.find(cell); found != others_.end()) return found->second;
    CurveFit fit;
    fit.status = status_[cell];
    fit.curve = curve(cell);
    if (!fit.curve) return fit;
    Figures figures;
    for (std::size_t k = 0; k < knots_->p.size(); ++k)
        figures.quantiles.push_back({knots_->p[k], row(cell)[knots_->facts[k]]});
    if (const auto facts = Facts::from(std::move(figures))) fit.feasibility = check_feasibility(*facts);
    return fit;
}

Ensemble Ensemble::take(std::span<const std::size_t> indices) const {
    LargeVector wages;
    std::vector<Status> status;
    Others others;
    const std::size_t n = knots_ ? knots_->rule.z.size() : 0;
    wages.reserve(n * indices.size());
    for (const std::size_t i : indices) {
        const auto begin = wages_.begin() + static_cast<std::ptrdiff_t>(i * n);
        wages.insert(wages.end(), begin, begin + static_cast<std::ptrdiff_t>(n));
        if (const auto found = others_.find(i); found != others_.end()) others.emplace(status.size(), found->second);
        status.push_back(status_[i]);
    }
    return {knots_, std::move(wages), std::move(status), std::move(others)};
}

}  // namespace wagefit
