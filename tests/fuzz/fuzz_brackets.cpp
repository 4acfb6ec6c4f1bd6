// From counts in brackets to a curve that meets every share, and to each parametric family.

#include <cmath>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "byte_source.hpp"
#include "mean_by_tails.hpp"
#include "properties.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/fitting/curve_fit.hpp"
#include "wagefit/fitting/family_fit.hpp"

namespace {

using namespace wagefit;
using fuzz::ByteSource;

constexpr std::size_t most_brackets = 10;
constexpr double least_share = 1e-14;  // as the Python function fit_brackets requires

struct Brackets {
    std::vector<double> edges;
    std::vector<double> counts;
};

double count_from(ByteSource& bytes) {
    const std::uint8_t kind = bytes.byte();
    if (kind < 200) return 1.0 + 10'000.0 * bytes.part();
    return kind < 225 ? 0.0 : bytes.power(-6.0, 9.0);
}

Brackets brackets_from(ByteSource& bytes) {
    Brackets brackets;
    brackets.counts.resize(1 + bytes.count(most_brackets - 1));
    double edge = bytes.byte() < 200 ? 20'000.0 : bytes.power(-3.0, 9.0);
    brackets.edges.push_back(bytes.byte() < 128 ? 0.0 : edge * bytes.part());
    for (double& count : brackets.counts) {
        count = count_from(bytes);
        edge = bytes.wage_after(edge);
        brackets.edges.push_back(edge);
    }
    if (bytes.byte() < 160) brackets.edges.back() = INFINITY;
    return brackets;
}

/// What the function's contract asks for: ascending finite edges, the last perhaps infinite, and people.
bool are_valid(const Brackets& brackets) {
    const auto& [edges, counts] = brackets;
    for (std::size_t i = 0; i + 1 < edges.size(); ++i)
        if (!(edges[i] >= 0.0 && edges[i] < edges[i + 1])) return false;
    const double people = std::accumulate(counts.begin(), counts.end(), 0.0);
    for (const double count : counts)
        if (count > 0.0 && count < least_share * people) return false;
    return people > 0.0;
}

std::optional<Figures> as_figures(const Brackets& brackets) {
    const auto& [edges, counts] = brackets;
    const double people = std::accumulate(counts.begin(), counts.end(), 0.0);
    Figures figures;
    figures.lower = edges.front();
    figures.upper = edges.back();
    double below = 0.0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] == 0.0) return std::nullopt;
        below += counts[i] / people;
        if (i + 1 < counts.size()) figures.quantiles.push_back({below, edges[i + 1]});
    }
    return figures;
}

void fit_curve_through(const Brackets& brackets, bool is_sampled) {
    const std::optional<Figures> figures = as_figures(brackets);
    const std::optional<Facts> facts = figures ? Facts::from(*figures) : std::nullopt;
    if (!facts) return;
    const CurveFit fit = fit_curve(*facts);
    fuzz::require_met(fit, *facts);
    fuzz::require_distribution(*fit.curve, fuzz::Rounding::none);
    if (is_sampled) fuzz::require_mean_by_tails(*fit.curve);
}

void fit_family_through(Family family, const Brackets& brackets) {
    const FamilyFit fit = fit_family_to_brackets(family, brackets.edges, brackets.counts);
    fuzz::require(fit.parameters.allFinite() && (fit.parameters.array() > 0.0).all(), "parameters are above 0",
                  static_cast<double>(family));
    fuzz::require(std::isfinite(fit.log_likelihood), "the likelihood is finite", fit.log_likelihood);
    fuzz::require_distribution(*fit.distribution, fuzz::Rounding::special);
}

std::string described(std::string_view family, const Brackets& brackets) {
    std::string text = std::string(family) + " edges";
    for (const double edge : brackets.edges) text += " " + fuzz::digits(edge);
    text += " counts";
    for (const double count : brackets.counts) text += " " + fuzz::digits(count);
    return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ByteSource bytes({data, size});
    const auto family = static_cast<Family>(bytes.count(family_count - 1));
    const bool is_parametric = bytes.byte() < 128;
    const Brackets brackets = brackets_from(bytes);
    if (!are_valid(brackets)) return 0;
    try {
        if (is_parametric)
            fit_family_through(family, brackets);
        else
            fit_curve_through(brackets, bytes.is_sampled());
    } catch (const FactError&) {
    } catch (const ConvergenceError&) {
    } catch (const fuzz::Violation& violation) {
        fuzz::report(violation, described(is_parametric ? name(family) : "curve", brackets));
    }
    return 0;
}
