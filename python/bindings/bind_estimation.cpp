#include <pybind11/native_enum.h>

#include "bindings.hpp"
#include "designs.hpp"
#include "wagefit/estimation/factor_effects.hpp"
#include "wagefit/estimation/least_squares.hpp"

namespace wagefit::bindings {
namespace {

void bind_choices(py::module_& m) {
    py::native_enum<Intercept>(m, "Intercept", "enum.Enum")
        .value("included", Intercept::included)
        .value("none", Intercept::none)
        .finalize();
    py::native_enum<Covariance>(m, "Covariance", "enum.Enum")
        .value("classic", Covariance::classic)
        .value("hc1", Covariance::hc1)
        .value("hc3", Covariance::hc3)
        .value("clustered", Covariance::clustered)
        .finalize();
    py::native_enum<Dependence>(m, "Dependence", "enum.Enum")
        .value("refused", Dependence::refused)
        .value("left_out", Dependence::left_out)
        .finalize();
}

LeastSquaresFit fit_least_squares(const Array& outcome, const Array& weights, const Matrix& numeric,
                                  const std::vector<Levels>& factors, Intercept intercept, Covariance covariance,
                                  const std::optional<Levels>& clusters, Dependence dependence, Eigen::Index absorbed,
                                  std::vector<std::string> names) {
    const Design design = design_of(numeric, factors, intercept, std::move(names));
    LeastSquaresOptions options{covariance, {}, dependence, absorbed};
    if (clusters) options.clusters = level_column(*clusters);
    const py::gil_scoped_release unlocked;
    return least_squares(design, array_view(outcome), array_view(weights), options);
}

void bind_least_squares(py::module_& m) {
    py::classh<LeastSquaresFit>(m, "LeastSquaresFit", "Weighted least squares of an outcome.")
        .def_property_readonly("coefficients", [](const LeastSquaresFit& f) { return vector_out(f.coefficients); })
        .def_property_readonly("covariance", [](const LeastSquaresFit& f) { return matrix_out(f.covariance); })
        .def_property_readonly("means", [](const LeastSquaresFit& f) { return vector_out(f.means); })
        .def_property_readonly("residuals", [](const LeastSquaresFit& f) { return vector_out(f.residuals); })
        .def_readonly("rank", &LeastSquaresFit::rank)
        .def_readonly("r_squared", &LeastSquaresFit::r_squared)
        .def_readonly("degrees_of_freedom", &LeastSquaresFit::degrees_of_freedom)
        .def_readonly("residual_variance", &LeastSquaresFit::residual_variance);
    m.def("least_squares", &fit_least_squares, py::kw_only(), py::arg("outcome"), py::arg("weights"),
          py::arg("numeric"), py::arg("factors"), py::arg("intercept"), py::arg("covariance"), py::arg("clusters"),
          py::arg("dependence"), py::arg("absorbed"), py::arg("names"));
    m.def(
        "smearing",
        [](const Array& residuals, const Array& weights) {
            return smearing(array_view(residuals), array_view(weights));
        },
        py::arg("residuals"), py::arg("weights"));
}

FactorEffects solve_factor_effects(const Matrix& outcomes, const std::vector<Levels>& factors, const Array& weights) {
    std::vector<LevelColumn> columns;
    for (const Levels& factor : factors) columns.push_back(level_column(factor));
    const auto values = matrix_view(outcomes);
    const py::gil_scoped_release unlocked;
    return factor_effects(values, columns, array_view(weights));
}

void bind_factor_effects(py::module_& m) {
    py::classh<FactorEffects>(m, "FactorEffects", "Effects of every level of several factors on several outcomes.")
        .def_property_readonly("constants", [](const FactorEffects& e) { return vector_out(e.constants.transpose()); })
        .def_property_readonly("effects",
                               [](const FactorEffects& e) {
                                   std::vector<Matrix> out;
                                   for (const auto& effects : e.effects) out.push_back(matrix_out(effects));
                                   return out;
                               })
        .def_property_readonly("residuals", [](const FactorEffects& e) { return matrix_out(e.residuals); })
        .def_property_readonly("r_squared", [](const FactorEffects& e) { return vector_out(e.r_squared.transpose()); })
        .def_readonly("rows", &FactorEffects::rows)
        .def_readonly("rank", &FactorEffects::rank);
    m.def("factor_effects", &solve_factor_effects, py::kw_only(), py::arg("outcomes"), py::arg("factors"),
          py::arg("weights"));
}

}  // namespace

void bind_estimation(py::module_& m) {
    bind_factor_effects(m);
    bind_choices(m);
    bind_least_squares(m);
}

}  // namespace wagefit::bindings
