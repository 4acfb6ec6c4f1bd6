#include <pybind11/stl.h>

#include "arrays.hpp"
#include "bindings.hpp"
#include "wagefit/factors/concave_fit.hpp"
#include "wagefit/factors/pooling.hpp"

namespace wagefit::bindings {
namespace {

std::vector<Reading> readings_from(const Array& effects, const Array& errors) {
    std::vector<Reading> readings;
    const auto effect = view(effects), error = view(errors);
    for (std::size_t i = 0; i < effect.size(); ++i) readings.push_back({effect[i], error[i]});
    return readings;
}

}  // namespace

void bind_pooling(py::module_& m) {
    py::classh<Pooled>(m, "Pooled", "What several sources say together, by the random-effects model.")
        .def_readonly("effect", &Pooled::effect)
        .def_readonly("error", &Pooled::error)
        .def_readonly("degrees_of_freedom", &Pooled::degrees_of_freedom)
        .def_readonly("tau_squared", &Pooled::tau_squared)
        .def_readonly("q", &Pooled::q)
        .def_readonly("q_p_value", &Pooled::q_p_value)
        .def_readonly("i_squared", &Pooled::i_squared)
        .def_readonly("weights", &Pooled::weights);
    py::classh<PooledPosterior>(m, "PooledPosterior", "Posterior of a pooled effect under a half-normal prior of tau.")
        .def(py::init([](const Array& effects, const Array& errors, double prior_scale) {
                 return PooledPosterior(readings_from(effects, errors), prior_scale);
             }),
             py::arg("effects"), py::arg("errors"), py::arg("prior_scale"))
        .def_property_readonly("summary", &PooledPosterior::summary)
        .def("cdf", &PooledPosterior::cdf, py::arg("x"))
        .def("quantile", &PooledPosterior::quantile, py::arg("p"));
    m.def(
        "pool_by_reml",
        [](const Array& effects, const Array& errors) { return pool_by_reml(readings_from(effects, errors)); },
        py::arg("effects"), py::arg("errors"));
    m.def(
        "fit_concave",
        [](const Array& x, const Array& y, const Array& weights) {
            const auto vector = [](const Array& values) {
                return Eigen::VectorXd(Eigen::Map<const Eigen::VectorXd>(values.data(), values.size()));
            };
            const Eigen::VectorXd fit = fit_concave(vector(x), vector(y), vector(weights));
            return to_array({fit.begin(), fit.end()});
        },
        py::arg("x"), py::arg("y"), py::arg("weights"));
    m.def("student_quantile", &student_quantile, py::arg("p"), py::arg("degrees_of_freedom"));
}

}  // namespace wagefit::bindings
