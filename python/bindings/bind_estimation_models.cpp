#include <pybind11/native_enum.h>

#include "bindings.hpp"
#include "designs.hpp"
#include "wagefit/estimation/cell_equation.hpp"
#include "wagefit/estimation/decomposition.hpp"
#include "wagefit/estimation/interval_regression.hpp"
#include "wagefit/estimation/quantile_regression.hpp"
#include "wagefit/estimation/recentred_influence.hpp"

namespace wagefit::bindings {
namespace {

void bind_quantile_regression(py::module_& m) {
    py::classh<QuantileFit>(m, "QuantileFit", "Regression for a conditional quantile.")
        .def_property_readonly("coefficients", [](const QuantileFit& f) { return vector_out(f.coefficients); })
        .def_property_readonly("covariance", [](const QuantileFit& f) { return matrix_out(f.covariance); })
        .def_property_readonly("residuals", [](const QuantileFit& f) { return vector_out(f.residuals); })
        .def_readonly("check_loss", &QuantileFit::check_loss)
        .def_readonly("bandwidth", &QuantileFit::bandwidth);
    m.def(
        "quantile_regression",
        [](const Array& outcome, const Array& weights, const Matrix& columns, double p) {
            const auto x = matrix_view(columns);
            const py::gil_scoped_release unlocked;
            return quantile_regression(x, array_view(outcome), array_view(weights), p);
        },
        py::kw_only(), py::arg("outcome"), py::arg("weights"), py::arg("columns"), py::arg("p"));
}

void bind_interval_regression(py::module_& m) {
    py::native_enum<LikelihoodErrors>(m, "LikelihoodErrors", "enum.Enum")
        .value("hessian", LikelihoodErrors::hessian)
        .value("sandwich", LikelihoodErrors::sandwich)
        .finalize();
    py::classh<IntervalFit>(m, "IntervalFit", "Maximum likelihood for outcomes in intervals.")
        .def_property_readonly("coefficients", [](const IntervalFit& f) { return vector_out(f.coefficients); })
        .def_property_readonly("covariance", [](const IntervalFit& f) { return matrix_out(f.covariance); })
        .def_readonly("sigma", &IntervalFit::sigma)
        .def_readonly("log_likelihood", &IntervalFit::log_likelihood)
        .def_readonly("steps", &IntervalFit::steps);
    m.def(
        "interval_regression",
        [](const Array& lower, const Array& upper, const Array& weights, const Matrix& columns,
           LikelihoodErrors errors) {
            const auto x = matrix_view(columns);
            const Intervals outcome{array_view(lower), array_view(upper)};
            const py::gil_scoped_release unlocked;
            return interval_regression(x, outcome, array_view(weights), errors);
        },
        py::kw_only(), py::arg("lower"), py::arg("upper"), py::arg("weights"), py::arg("columns"), py::arg("errors"));
}

void bind_cell_equation(py::module_& m) {
    py::native_enum<SamplingVariance>(m, "SamplingVariance", "enum.Enum")
        .value("known", SamplingVariance::known)
        .value("proportional", SamplingVariance::proportional)
        .finalize();
    py::classh<CellEquation>(m, "CellEquation", "An equation for published figures with its variance function.")
        .def_property_readonly("coefficients", [](const CellEquation& e) { return vector_out(e.coefficients); })
        .def_property_readonly("covariance", [](const CellEquation& e) { return matrix_out(e.covariance); })
        .def_property_readonly("variances", [](const CellEquation& e) { return vector_out(e.variances); })
        .def_property_readonly("residuals", [](const CellEquation& e) { return vector_out(e.residuals); })
        .def_readonly("between", &CellEquation::between)
        .def_readonly("sampling", &CellEquation::sampling)
        .def_readonly("r_squared", &CellEquation::r_squared)
        .def_readonly("steps", &CellEquation::steps);
    m.def(
        "cell_equation",
        [](const Array& outcome, const Array& known, const Matrix& numeric, const std::vector<Levels>& factors,
           Intercept intercept, SamplingVariance kind, std::vector<std::string> names) {
            const Design design = design_of(numeric, factors, intercept, std::move(names));
            const py::gil_scoped_release unlocked;
            return cell_equation(design, array_view(outcome), array_view(known), kind);
        },
        py::kw_only(), py::arg("outcome"), py::arg("known"), py::arg("numeric"), py::arg("factors"),
        py::arg("intercept"), py::arg("kind"), py::arg("names"));
}

GroupSample sample_of(const Matrix& columns, const Array& outcome, const Array& weights) {
    return {matrix_view(columns), array_view(outcome), array_view(weights)};
}

std::pair<double, Array> influence_out(const RecentredInfluence& influence) {
    return {influence.statistic, vector_out(influence.values)};
}

void bind_influence(py::module_& m) {
    m.def(
        "influence_of_mean",
        [](const Array& values, const Array& weights) {
            return influence_out(influence_of_mean(array_view(values), array_view(weights)));
        },
        py::arg("values"), py::arg("weights"));
    m.def(
        "influence_of_quantile",
        [](const Array& values, const Array& weights, double p) {
            return influence_out(influence_of_quantile(array_view(values), array_view(weights), p));
        },
        py::arg("values"), py::arg("weights"), py::arg("p"));
    m.def(
        "influence_of_gini",
        [](const Array& values, const Array& weights) {
            return influence_out(influence_of_gini(array_view(values), array_view(weights)));
        },
        py::arg("values"), py::arg("weights"));
}

void bind_decomposition(py::module_& m) {
    py::native_enum<DecompositionKind>(m, "DecompositionKind", "enum.Enum")
        .value("threefold", DecompositionKind::threefold)
        .value("pooled", DecompositionKind::pooled)
        .finalize();
    py::classh<Decomposition>(m, "Decomposition", "A gap between two groups in parts that add up to it.")
        .def_readonly("gap", &Decomposition::gap)
        .def_readonly("gap_error", &Decomposition::gap_error)
        .def_property_readonly("parts", [](const Decomposition& d) { return matrix_out(d.parts); })
        .def_property_readonly("part_errors", [](const Decomposition& d) { return matrix_out(d.part_errors); })
        .def_property_readonly("totals", [](const Decomposition& d) { return vector_out(d.totals.transpose()); })
        .def_property_readonly("total_errors",
                               [](const Decomposition& d) { return vector_out(d.total_errors.transpose()); });
    using Sample = std::tuple<Matrix, Array, Array>;
    m.def(
        "decompose",
        [](const Sample& first, const Sample& second, const std::vector<int>& terms, DecompositionKind kind) {
            const GroupSample a = std::apply(sample_of, first), b = std::apply(sample_of, second);
            const py::gil_scoped_release unlocked;
            return decompose(a, b, terms, kind);
        },
        py::kw_only(), py::arg("first"), py::arg("second"), py::arg("terms"), py::arg("kind"));
}

}  // namespace

void bind_estimation_models(py::module_& m) {
    bind_quantile_regression(m);
    bind_interval_regression(m);
    bind_cell_equation(m);
    bind_influence(m);
    bind_decomposition(m);
}

}  // namespace wagefit::bindings
