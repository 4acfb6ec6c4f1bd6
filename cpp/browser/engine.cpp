// The core for JavaScript, by functions of numbers alone. A cell is given its facts one by one and is fitted; its
// curve, and the curves drawn from what the facts leave open, are asked for figures. What the core throws becomes the
// cell's sentence. Wages are in the unit of the facts. A curve belongs to its cell and lives until the cell is fitted
// or drawn from again, or deleted.

#include <emscripten.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "wagefit/distributions/inequality.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/fitting/curve_fit.hpp"
#include "wagefit/fitting/posterior.hpp"

namespace {

using wagefit::Curve;
using wagefit::Status;

struct Cell {
    wagefit::Figures figures;
    wagefit::CurveFit fit;
    std::vector<wagefit::CurveFit> draws;
    std::string status;
    std::string sentence;
};

void conclude(Cell& cell, Status status, std::string sentence) {
    cell.fit.status = status;
    cell.status = name(status);
    cell.sentence = std::move(sentence);
}

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE Cell* wagefit_new_cell() { return new Cell; }

EMSCRIPTEN_KEEPALIVE void wagefit_delete_cell(Cell* cell) { delete cell; }

/// The wage that a fraction `p` of the people earn less than.
EMSCRIPTEN_KEEPALIVE void wagefit_add_quantile(Cell* cell, double p, double wage) {
    cell->figures.quantiles.push_back({p, wage});
}

/// A wage that the quantile at `p` reaches or exceeds, such as a top code.
EMSCRIPTEN_KEEPALIVE void wagefit_add_bound(Cell* cell, double p, double wage) {
    cell->figures.at_least.push_back({p, wage});
}

EMSCRIPTEN_KEEPALIVE void wagefit_set_mean(Cell* cell, double wage) { cell->figures.mean = wage; }

/// A wage that the mean reaches or exceeds.
EMSCRIPTEN_KEEPALIVE void wagefit_set_mean_bound(Cell* cell, double wage) { cell->figures.mean_at_least = wage; }

/// The curve through the facts; null where there is none.
EMSCRIPTEN_KEEPALIVE const Curve* wagefit_fit(Cell* cell) {
    cell->fit = {};
    cell->draws.clear();
    try {
        cell->fit = wagefit::fit_curve(cell->figures);
        conclude(*cell, cell->fit.status, std::string(meaning(cell->fit.status)));
    } catch (const wagefit::InfeasibleError& error) {
        conclude(*cell, Status::infeasible, error.what());
    } catch (const wagefit::FactError& error) {
        conclude(*cell, Status::invalid, error.what());
    } catch (const wagefit::ConvergenceError& error) {
        conclude(*cell, Status::not_converged, error.what());
    }
    return cell->fit.curve.get();
}

/// The name of how the cell was fitted, or of why it was not, in UTF-8 with a zero at the end.
EMSCRIPTEN_KEEPALIVE const char* wagefit_status(const Cell* cell) { return cell->status.c_str(); }

/// What the status means, or what is wrong with the facts, in one sentence.
EMSCRIPTEN_KEEPALIVE const char* wagefit_sentence(const Cell* cell) { return cell->sentence.c_str(); }

/// Squared distance of the figures from those of usual wages, 1 being usual; NaN where it is not known.
EMSCRIPTEN_KEEPALIVE double wagefit_prior_distance(const Cell* cell) { return cell->fit.prior_distance; }

/// The number of bounds that the curve meets with equality, the mean's among them.
EMSCRIPTEN_KEEPALIVE int wagefit_n_binding(const Cell* cell) {
    return static_cast<int>(cell->fit.binding.size()) + (cell->fit.mean_binds ? 1 : 0);
}

/// Draws `n` curves from what the facts of a fitted cell, of the usual number of people, leave open.
EMSCRIPTEN_KEEPALIVE void wagefit_draw(Cell* cell, int n, std::uint64_t key_high, std::uint64_t key_low) {
    const wagefit::ShapePrior& prior = wagefit::shape_prior();
    const wagefit::Precision precision{prior.typical_size, wagefit::FactSource::own};
    cell->draws = posterior_draws(cell->figures, cell->fit, precision, static_cast<std::size_t>(n), {key_high, key_low},
                                  prior, 1);
}

/// A drawn curve.
EMSCRIPTEN_KEEPALIVE const Curve* wagefit_drawn(const Cell* cell, int i) {
    return cell->draws[static_cast<std::size_t>(i)].curve.get();
}

EMSCRIPTEN_KEEPALIVE double wagefit_quantile(const Curve* curve, double p) { return ppf(*curve, p); }

EMSCRIPTEN_KEEPALIVE double wagefit_cdf(const Curve* curve, double wage) { return curve->cdf(wage); }

EMSCRIPTEN_KEEPALIVE double wagefit_density(const Curve* curve, double wage) { return pdf(*curve, wage); }

EMSCRIPTEN_KEEPALIVE double wagefit_mean(const Curve* curve) { return mean(*curve); }

EMSCRIPTEN_KEEPALIVE double wagefit_standard_deviation(const Curve* curve) { return standard_deviation(*curve); }

EMSCRIPTEN_KEEPALIVE double wagefit_gini(const Curve* curve) { return gini(*curve); }

/// Share of all pay that the lowest `p` of the people earn.
EMSCRIPTEN_KEEPALIVE double wagefit_lorenz(const Curve* curve, double p) { return lorenz(*curve, p); }

/// Share of all pay that the highest `fraction` of the people earn.
EMSCRIPTEN_KEEPALIVE double wagefit_top_share(const Curve* curve, double fraction) {
    return top_share(*curve, fraction);
}

}  // extern "C"
