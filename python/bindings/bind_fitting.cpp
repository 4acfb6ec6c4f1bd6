#include <pybind11/eigen.h>
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

py::tuple pickled(const CurveFit& f) {
    const Feasibility& v = f.feasibility;
    return py::make_tuple(std::const_pointer_cast<Curve>(f.curve), f.status, v.reason, v.p_low, v.p_high, v.mean.lower,
                          v.mean.upper, f.gamma, binding_pairs(f), f.mean_binds);
}

CurveFit unpickled(const py::tuple& t) {
    CurveFit f;
    f.curve = t[0].cast<std::shared_ptr<Curve>>();
    f.status = t[1].cast<Status>();
    f.feasibility = {t[2].cast<Infeasibility>(),
                     t[3].cast<double>(),
                     t[4].cast<double>(),
                     {t[5].cast<double>(), t[6].cast<double>()}};
    f.gamma = t[7].cast<double>();
    for (const auto& [p, value] : t[8].cast<std::vector<std::pair<double, double>>>()) f.binding.push_back({p, value});
    f.mean_binds = t[9].cast<bool>();
    return f;
}

void bind_curve_fit(py::module_& m) {
    py::classh<CurveFit>(m, "CurveFit", "A fitted curve and the path that led to it.")
        .def_property_readonly("curve",
                               [](const CurveFit& f) { return std::const_pointer_cast<Curve>(f.curve); })
        .def_readonly("status", &CurveFit::status)
        .def_readonly("feasibility", &CurveFit::feasibility)
        .def_readonly("gamma", &CurveFit::gamma)
        .def_property_readonly("binding", &binding_pairs)
        .def_readonly("mean_binds", &CurveFit::mean_binds)
        .def(py::pickle(&pickled, &unpickled));
    m.def("fit_curve", &fit_curve, py::arg("facts"), py::arg("prior"), py::call_guard<py::gil_scoped_release>());
}

void bind_shape_prior(py::module_& m) {
    py::classh<ShapePrior>(m, "ShapePrior", "What real wage distributions look like between and beyond published points.")
        .def(py::init([](const Eigen::VectorXd& z, const Eigen::VectorXd& mean, const Eigen::VectorXd& mean_alone,
                         const Eigen::VectorXd& mean_by_scale,
                         const Eigen::MatrixXd& shape, const Eigen::VectorXd& interval_factor, double typical_scale, double scale_spread,
                         double typical_size, double degrees_of_freedom, double upper_tail_ratio, double lower_chord_end,
                         double upper_chord_start) {
                 return ShapePrior{z,
                                   mean,
                                   mean_alone,
                                   mean_by_scale,
                                   shape,
                                   interval_factor,
                                   typical_scale,
                                   scale_spread,
                                   typical_size,
                                   degrees_of_freedom,
                                   upper_tail_ratio,
                                   lower_chord_end,
                                   upper_chord_start};
             }),
             py::kw_only(), py::arg("z"), py::arg("mean"), py::arg("mean_alone"), py::arg("mean_by_scale"),
             py::arg("shape"), py::arg("interval_factor"), py::arg("typical_scale"), py::arg("scale_spread"),
             py::arg("typical_size"), py::arg("degrees_of_freedom"), py::arg("upper_tail_ratio"), py::arg("lower_chord_end"), py::arg("upper_chord_start"))
        .def_readonly("z", &ShapePrior::z)
        .def_readonly("mean", &ShapePrior::mean)
        .def_readonly("mean_alone", &ShapePrior::mean_alone)
        .def_readonly("mean_by_scale", &ShapePrior::mean_by_scale)
        .def_readonly("shape", &ShapePrior::shape)
        .def_readonly("interval_factor", &ShapePrior::interval_factor)
        .def_readonly("typical_scale", &ShapePrior::typical_scale)
        .def_readonly("scale_spread", &ShapePrior::scale_spread)
        .def_readonly("typical_size", &ShapePrior::typical_size)
        .def_readonly("degrees_of_freedom", &ShapePrior::degrees_of_freedom)
        .def_readonly("upper_tail_ratio", &ShapePrior::upper_tail_ratio)
        .def_readonly("lower_chord_end", &ShapePrior::lower_chord_end)
        .def_readonly("upper_chord_start", &ShapePrior::upper_chord_start);
    m.def("shape_prior", [] { return shape_prior(); });
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
    bind_shape_prior(m);
    bind_curve_fit(m);
    bind_lognormal_fit(m);
}

}  // namespace wagefit::bindings
