// Compiled once for each instruction set; see cpp/cmake/Kernels.cmake.
#include "distributions/kernels/careful_sums.hpp"

#include "distributions/rational_shape.hpp"
#include "simd/elementary.hpp"

namespace wagefit {
namespace {

using PanelTerms = std::array<double, PanelRule::size>;

/// e^x within a few ulp, 0 or infinite where it leaves the floating-point numbers.
WAGEFIT_INLINE Lanes wide_exp(Lanes x) {
    const Lanes root = elementary::exp(0.5 * x);
    return root * root;
}

/// y at lanes of normal scores.
WAGEFIT_INLINE Lanes height(const RationalSegment& of, Lanes z) {
    const double h = of.z1 - of.z0, scale = h / (of.y1 - of.y0);
    return rational_shape::value((z - of.z0) / h, (of.z1 - z) / h, every<Lanes>(of.slope0 * scale),
                                 every<Lanes>(of.slope1 * scale), every<Lanes>(of.y0), every<Lanes>(of.y1));
}

/// The sum but for the last term, in an order that registers of any length keep.
WAGEFIT_INLINE double panel_total(PanelTerms& terms) {
    terms.back() = 0.0;
    for (std::size_t half = terms.size() / 2; half > 0; half /= 2)
        for (std::size_t j = 0; j < half; ++j) terms[j] += terms[j + half];
    return terms[0];
}

/// Integral of f(z) phi(z), f taking lanes.
template <class Function>
WAGEFIT_INLINE double integral(const PanelRule& rule, std::span<const double> edges, Function&& f) {
    double total = 0.0;
    for (std::size_t i = 1; i < edges.size(); ++i) {
        const double length = edges[i] - edges[i - 1];
        PanelTerms terms;
        for (std::size_t j = 0; j < terms.size(); j += lane_count) {
            const Lanes z = edges[i - 1] + length * loaded<Lanes>(&rule.fraction[j]);
            store(&terms[j], (loaded<Lanes>(&rule.weight[j]) * elementary::normal_pdf(z)) * f(z));
        }
        total += length * panel_total(terms);
    }
    return total;
}

double moment(const PanelRule& rule, std::span<const double> edges, const RationalSegment& of, double k) {
    return integral(rule, edges, [&](Lanes z) { return wide_exp(k * height(of, z)); });
}

double rank(const PanelRule& rule, std::span<const double> edges, const RationalSegment& of) {
    return integral(rule, edges, [&](Lanes z) {
        return wide_exp(height(of, z)) * (elementary::normal_cdf(z) - elementary::normal_cdf(-z));
    });
}

constexpr CarefulKernels careful_kernels{&moment, &rank};

}  // namespace

const CarefulKernels CarefulKernels::WAGEFIT_INSTRUCTION_SET = careful_kernels;

}  // namespace wagefit
