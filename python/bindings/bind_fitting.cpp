#include <pybind11/native_enum.h>
#include <pybind11/stl.h>

#include "arrays.hpp"
#include "bindings.hpp"
#include "wagefit/fitting/curve_fit.hpp"
#include "wagefit/fitting/lognormal_fit.hpp"
#include "wagefit/fitting/status.hpp"

namespace wagefit::bindings {
namespace {

void bind_status(py::module_& m) {
    py::native_enum<Status>(m, "Status", "enum.Enum")
        .value("exact", Status::exact)
        .value("guaranteed", Status::guaranteed)
        .value("no_mean", Status::no_mean)
        .value("suppressed", Status::suppressed)
        .value("invalid", Status::invalid)
        .value("infeasible", Status::infeasible)
        .value("not_converged", Status::not_converged)
        .finalize();
    m.def("status_name", [](Status status) { return std::string(name(status)); }, py::arg("status"));
    m.def("status_meaning", [](Status status) { return std::string(meaning(status)); }, py::arg("status"));
}

std::vector<std::pair<double, double>> binding_pairs(const CurveFit& fit) {
    std::vector<std::pair<double, double>> out;
    for (const QuantileFact& fact : fit.binding) out.emplace_back(fact.p, fact.value);
    return out;
}

void bind_curve_fit(py::module_& m) {
    py::classh<CurveFit>(m, "CurveFit", "A fitted curve and the path that led to it.")
        .def_property_readonly("curve",
                               [](const CurveFit& f) { return std::const_pointer_cast<Curve>(f.curve); })
        .def_readonly("status", &CurveFit::status)
        .def_readonly("feasibility", &CurveFit::feasibility)
        .def_readonly("gamma", &CurveFit::gamma)
        .def_property_readonly("binding", &binding_pairs)
        .def_readonly("mean_binds", &CurveFit::mean_binds);
    m.def("fit_curve", &fit_curve, py::arg("facts"), py::call_guard<py::gil_scoped_release>());
}

void bind_lognormal_fit(py::module_& m) {
    using Other = std::optional<std::pair<double, double>>;
    py::classh<LognormalFit>(m, "LognormalFit", "A fitted lognormal, and the other root where there is one.")
        .def_property_readonly("distribution",
                               [](const LognormalFit& f) { return std::make_shared<Lognormal>(f.distribution); })
        .def_property_readonly("other_root",
                               [](const LognormalFit& f) -> Other {
                                   if (!f.other_root) return std::nullopt;
                                   return std::pair(f.other_root->median(), f.other_root->sigma());
                               })
        .def_readonly("largest_log_residual", &LognormalFit::largest_log_residual);
    m.def("fit_lognormal", &fit_lognormal, py::arg("facts"));
    m.def("greatest_quantile_to_mean_ratio", &greatest_quantile_to_mean_ratio, py::arg("p"));
}

}  // namespace

void bind_fitting(py::module_& m) {
    bind_status(m);
    bind_curve_fit(m);
    bind_lognormal_fit(m);
}

}  // namespace wagefit::bindings
