#include <pybind11/native_enum.h>
#include <pybind11/stl.h>

#include "arrays.hpp"
#include "bindings.hpp"
#include "unlocked.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/ensemble/evaluation.hpp"
#include "wagefit/ensemble/fit_cells.hpp"
#include "wagefit/fitting/posterior.hpp"
#include "wagefit/numerics/normal.hpp"

namespace wagefit::bindings {
namespace {

std::vector<std::span<const double>> views(const std::vector<Array>& arrays) {
    std::vector<std::span<const double>> out;
    for (const Array& array : arrays) out.push_back(view(array));
    return out;
}

Ensemble fit_all(std::size_t n_cells, const Array& quantile_p, const std::vector<Array>& quantiles,
                 const Array& at_least_p, const std::vector<Array>& at_least, const Array& mean,
                 const Array& mean_at_least, double lower, double upper, const Array& parent_wages,
                 const ShapePrior& prior, int n_threads) {
    const CellFacts facts{n_cells,
                          to_vector(quantile_p),
                          views(quantiles),
                          to_vector(at_least_p),
                          views(at_least),
                          view(mean),
                          view(mean_at_least),
                          lower,
                          upper,
                          view(parent_wages)};
    const WithoutLock unlocked;
    return fit_cells(facts, prior, n_threads);
}

/// points of shape (k,) for every cell, or (n_cells, k) row by row; returns (n_cells, k).
Array evaluated(const Ensemble& cells, PointOperation f, const Array& points, int n_threads) {
    const auto n_points = static_cast<std::size_t>(points.shape(points.ndim() - 1));
    Array out = new_table(cells.size(), n_points);
    const std::size_t row_stride = points.ndim() == 2 ? n_points : 0;
    const auto source = view(points);
    const auto target = memory(out);
    const WithoutLock unlocked;
    evaluate(cells, f, source, n_points, row_stride, target, n_threads);
    return out;
}

/// An array of shape (n_cells, n_points) that `fill` fills without the interpreter's lock.
template <class Fill>
Array filled(const Ensemble& cells, std::size_t n_points, Fill fill) {
    Array out = new_table(cells.size(), n_points);
    const auto target = memory(out);
    const WithoutLock unlocked;
    fill(target);
    return out;
}

/// A measure at wages of shape (k,) or (n_cells, k).
template <PointMeasure what, PointOperation row_by_row>
Array measured(const Ensemble& cells, const Array& x, int n_threads) {
    if (x.ndim() > 1) return evaluated(cells, row_by_row, x, n_threads);
    const auto points = view(x);
    return filled(cells, points.size(),
                  [&](std::span<double> out) { evaluate_measure(cells, what, points, out, n_threads); });
}

/// Quantiles at probabilities of which `score` makes normal scores, once for all cells that share a probability.
template <double (*score)(double) noexcept>
Array quantiles_of_cells(const Ensemble& cells, const Array& probabilities, int n_threads) {
    const Array z = map(probabilities, score);
    if (z.ndim() > 1) return evaluated(cells, &value_or_end, z, n_threads);
    const auto points = view(z);
    return filled(cells, points.size(), [&](std::span<double> out) { evaluate_values(cells, points, out, n_threads); });
}

/// Shares of pay below or above normal scores made of the probabilities `p`.
template <PaySide side, double (*score)(double) noexcept, PointOperation row_by_row>
Array pay_share(const Ensemble& cells, const Array& p, int n_threads) {
    if (p.ndim() > 1) return evaluated(cells, row_by_row, p, n_threads);
    const Array z = map(p, score);
    const auto points = view(z);
    return filled(cells, points.size(),
                  [&](std::span<double> out) { evaluate_pay_share(cells, side, points, out, n_threads); });
}

template <Summary what>
Array summarized(const Ensemble& cells, int n_threads) {
    return filled(cells, n_values(what), [&](std::span<double> out) { evaluate_summary(cells, what, out, n_threads); });
}

/// f at points of shape (k,) or (n_cells, k) for each cell; NaN where nothing was fitted.
auto at_points(PointOperation f) {
    return [f](const Ensemble& cells, const Array& points, int n_threads) {
        return evaluated(cells, f, points, n_threads);
    };
}

/// f for each cell, of shape (n_cells, 1); NaN where nothing was fitted.
auto one_number(PointOperation f) {
    return [f](const Ensemble& cells, int n_threads) {
        const double unused = 0.0;
        return evaluated(cells, f, Array(1, &unused), n_threads);
    };
}

double cdf_at(const Distribution& d, double x) { return d.cdf(x); }
double sf_at(const Distribution& d, double x) { return d.sf(x); }
double log_pdf_at(const Distribution& d, double x) { return d.log_pdf(x); }
double theil_of(const Distribution& d, double) { return theil(d); }
double variance_of(const Distribution& d, double) { return variance(d); }
double standard_deviation_of(const Distribution& d, double) { return standard_deviation(d); }

Array sampled_cells(const Ensemble& cells, const Key& key, std::size_t n_draws, int n_threads) {
    return filled(cells, n_draws, [&](std::span<double> out) {
        sample_cells(cells, {key.first, key.second}, n_draws, out, n_threads);
    });
}

void def_evaluations(py::classh<Ensemble>& cls) {
    const auto x = py::arg("x"), p = py::arg("p"), q = py::arg("q"), threads = py::arg("n_threads");
    cls.def("ppf", &quantiles_of_cells<&normal::quantile>, p, threads)
        .def("isf", &quantiles_of_cells<&normal::isf>, q, threads)
        .def("cdf", &measured<PointMeasure::cdf, &cdf_at>, x, threads)
        .def("sf", &measured<PointMeasure::sf, &sf_at>, x, threads)
        .def("pdf", &measured<PointMeasure::density, &pdf>, x, threads)
        .def("lorenz", &pay_share<PaySide::below, &normal::quantile, &lorenz>, p, threads)
        .def("top_share", &pay_share<PaySide::above, &normal::isf, &top_share>, py::arg("fraction"), threads)
        .def("logpdf", at_points(&log_pdf_at), x, threads)
        .def("logcdf", at_points(&log_cdf), x, threads)
        .def("logsf", at_points(&log_sf), x, threads)
        .def("moment", at_points(&moment), py::arg("k"), threads)
        .def("atkinson", at_points(&atkinson), py::arg("epsilon"), threads)
        .def("theil", one_number(&theil_of), threads)
        .def("variance", one_number(&variance_of), threads)
        .def("standard_deviation", one_number(&standard_deviation_of), threads)
        .def("mean", &summarized<Summary::mean>, threads)
        .def("mean_and_gini", &summarized<Summary::mean_and_gini>, threads)
        .def("sample", &sampled_cells, py::arg("key"), py::arg("n_draws"), threads);
}

py::array_t<unsigned char> statuses(const Ensemble& cells) {
    py::array_t<unsigned char> out(static_cast<py::ssize_t>(cells.size()));
    for (std::size_t i = 0; i < cells.size(); ++i) out.mutable_data()[i] = static_cast<unsigned char>(cells.status(i));
    return out;
}

py::object knots_state(const TableKnots* knots) {
    if (!knots) return py::none();
    const KnotRule& r = knots->rule;
    return py::make_tuple(r.z, r.upper_tail_ratio, r.typical_scale, knots->facts, knots->p);
}

std::shared_ptr<const TableKnots> knots_from(const py::object& state) {
    if (state.is_none()) return nullptr;
    const auto t = state.cast<py::tuple>();
    KnotRule rule{t[0].cast<std::vector<double>>(), t[1].cast<double>(), t[2].cast<double>()};
    return std::make_shared<const TableKnots>(std::move(rule), t[3].cast<std::vector<std::size_t>>(),
                                              t[4].cast<std::vector<double>>());
}

py::tuple ensemble_state(const Ensemble& cells) {
    return py::make_tuple(knots_state(cells.knots().get()), to_array(cells.wages()), statuses(cells), cells.others());
}

Ensemble ensemble_from(const py::tuple& state) {
    const auto codes = state[2].cast<py::array_t<unsigned char>>();
    std::vector<Status> status;
    for (py::ssize_t i = 0; i < codes.size(); ++i) status.push_back(static_cast<Status>(codes.data()[i]));
    const auto wages = state[1].cast<Array>();
    return {knots_from(state[0]), LargeVector(wages.data(), wages.data() + wages.size()), std::move(status),
            state[3].cast<Ensemble::Others>()};
}

Ensemble drawn(const Facts& facts, const CurveFit& fit, double size, FactSource source, double rounding, std::size_t n,
               const Key& key, const ShapePrior& prior, const ParentShape* parent, int n_threads) {
    return Ensemble(
        posterior_draws(facts, fit, {size, source, rounding}, n, {key.first, key.second}, prior, n_threads, parent));
}

void bind_posterior_draws(py::module_& m) {
    py::native_enum<FactSource>(m, "FactSource", "enum.Enum")
        .value("own", FactSource::own)
        .value("sampled", FactSource::sampled)
        .finalize();
    m.def("posterior_draws", &drawn, py::arg("facts"), py::arg("fit"), py::kw_only(), py::arg("size"),
          py::arg("source"), py::arg("rounding"), py::arg("n"), py::arg("key"), py::arg("prior"),
          py::arg("parent").none(true), py::arg("n_threads"), Unlocked());
}

}  // namespace

void bind_ensemble(py::module_& m) {
    py::classh<Ensemble> cls(m, "Ensemble", "Many distributions held and evaluated together.");
    cls.def("__len__", &Ensemble::size)
        .def(
            "cell", [](const Ensemble& cells, std::size_t i) { return cells[i]; }, py::arg("i"))
        .def(
            "take", [](const Ensemble& cells, const std::vector<std::size_t>& indices) { return cells.take(indices); },
            py::arg("indices"))
        .def("statuses", &statuses)
        .def(py::pickle(&ensemble_state, &ensemble_from));
    def_evaluations(cls);
    m.def("fit_cells", &fit_all, py::kw_only(), py::arg("n_cells"), py::arg("quantile_p"), py::arg("quantiles"),
          py::arg("at_least_p"), py::arg("at_least"), py::arg("mean"), py::arg("mean_at_least"), py::arg("lower"),
          py::arg("upper"), py::arg("parent_wages"), py::arg("prior"), py::arg("n_threads"));
    bind_posterior_draws(m);
}

}  // namespace wagefit::bindings
