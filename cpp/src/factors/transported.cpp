#include "wagefit/factors/transported.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "factors/index_grid.hpp"
#include "numerics/constants.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit {
namespace {

/// exp of this is below rounding: an integrand that small, relative to its middle, has ended.
constexpr double log_negligible_density = -40.0;

/// Ranges that keep this much of the middle are integrated on the workforce's grid, whose ends are far outside it.
constexpr double middle = 3.0;

TransportPtr required(TransportPtr transport) {
    if (!transport) throw FactError("transport: got none, expected the transport of a workforce");
    return transport;
}

/// E[wage^k; index on panels first to last - 1 of `grid`].
double pay_on_panels(const IndexGrid& grid, const NormalMixture& person, double k, std::size_t first,
                     std::size_t last) {
    const std::size_t m = static_cast<std::size_t>(grid.index.size()) / (grid.edges.size() - 1);
    double total = 0.0;
    for (auto i = static_cast<Eigen::Index>(first * m); i < static_cast<Eigen::Index>(last * m); ++i) {
        const double pay = k == 1.0 ? grid.wage[i] : std::pow(grid.wage[i], k);
        total += pay * grid.weight[i] * person.pdf(grid.index[i]);
    }
    return total;
}

}  // namespace

Transported::Transported(TransportPtr transport, NormalMixture person)
    : transport_(required(std::move(transport))), person_(std::move(person)) {}

double Transported::person_score(double u) const { return person_.score(transport_->index(u)); }

double Transported::value(double z) const { return transport_->wage(person_.inverse(z)); }

double Transported::score(double x) const { return person_score(transport_->anchor()->score(x)); }

double Transported::score_left(double x) const { return person_score(transport_->anchor()->score_left(x)); }

double Transported::log_pdf(double x) const {
    const double anchor = transport_->anchor()->log_pdf(x);
    if (!std::isfinite(anchor)) return anchor;
    const double l = transport_->index(transport_->anchor()->score(x));
    return anchor + person_.log_pdf(l) - transport_->workforce().log_pdf(l);
}

bool Transported::on_grid(double k) const {
    const IndexGrid& grid = transport_->grid();
    const double typical = transport_->wage(person_.mean());
    const auto has_ended = [&](double edge, double wage) {
        const double density = person_.log_pdf(edge) + std::log(person_.spread());
        return density < log_negligible_density && k * std::log(wage / typical) + density < log_negligible_density;
    };
    return has_ended(grid.edges.front(), grid.wage[0]) && has_ended(grid.edges.back(), grid.wage[grid.wage.size() - 1]);
}

double Transported::partial_moment(double k, double z0, double z1) const {
    if (!(z0 <= middle && z1 >= -middle && on_grid(k))) return Distribution::partial_moment(k, z0, z1);
    const std::vector<double>& edges = transport_->grid().edges;
    const double low = std::max(person_.inverse(z0), edges.front()), high = std::min(person_.inverse(z1), edges.back());
    if (!(low < high)) return 0.0;
    const auto first = std::lower_bound(edges.begin(), edges.end(), low);
    const auto last = std::upper_bound(edges.begin(), edges.end(), high) - 1;
    const auto between = [&](double a, double b) {
        if (!(a < b)) return 0.0;
        return pay_on_panels(make_index_grid(*transport_->anchor(), transport_->workforce(), {a, b}), person_, k, 0, 1);
    };
    if (first > last) return between(low, high);
    const auto from = static_cast<std::size_t>(first - edges.begin()),
               to = static_cast<std::size_t>(last - edges.begin());
    return between(low, *first) + pay_on_panels(transport_->grid(), person_, k, from, to) + between(*last, high);
}

std::vector<double> Transported::breakpoints() const {
    std::vector<double> scores = transport_->anchor()->breakpoints();
    for (double& u : scores) u = person_score(u);
    return scores;
}

ExpectationNodes Transported::nodes() const {
    if (!on_grid(2.0)) return Distribution::nodes();
    const IndexGrid& grid = transport_->grid();
    ExpectationNodes result;
    for (Eigen::Index i = 0; i < grid.index.size(); ++i) {
        result.append(grid.wage[i], std::log(grid.wage[i]), grid.weight[i] * person_.pdf(grid.index[i]));
    }
    return result;
}

double Transported::half_mean_difference() const {
    if (!on_grid(1.0)) return Distribution::half_mean_difference();
    const IndexGrid& grid = transport_->grid();
    double total = 0.0;
    for (Eigen::Index i = 0; i < grid.index.size(); ++i) {
        const double l = grid.index[i];
        total += grid.wage[i] * grid.weight[i] * person_.pdf(l) * (person_.cdf(l) - person_.sf(l));
    }
    return total;
}

Support Transported::support() const { return transport_->anchor()->support(); }

std::vector<Atom> Transported::atoms() const {
    std::vector<Atom> result = transport_->anchor()->atoms();
    for (Atom& atom : result) {
        const double left = score_left(atom.value), right = score(atom.value);
        atom.probability = left > 0.0 ? normal::sf(left) - normal::sf(right) : normal::cdf(right) - normal::cdf(left);
    }
    return result;
}

DistributionPtr Transported::scaled(double k) const {
    auto transport = std::make_shared<const Transport>(transport_->anchor()->scaled(k), transport_->workforce());
    return std::make_shared<Transported>(std::move(transport), person_);
}

DistributionPtr Transported::with_anchor(DistributionPtr anchor) const {
    return std::make_shared<Transported>(std::make_shared<const Transport>(std::move(anchor), transport_->workforce()),
                                         person_);
}

}  // namespace wagefit
