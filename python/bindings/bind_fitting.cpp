#include <pybind11/native_enum.h>
#include <pybind11/stl.h>

#include "arrays.hpp"
#include "bindings.hpp"
#include "unlocked.hpp"
#include "wagefit/fitting/curve_fit.hpp"
#include "wagefit/fitting/family_fit.hpp"
#include "wagefit/fitting/lognormal_fit.hpp"
#include "wagefit/fitting/mean_allocation.hpp"
#include "wagefit/fitting/status.hpp"
#include "wagefit/numerics/incomplete_gamma.hpp"

namespace wagefit::bindings {
namespace {

void bind_status(py::module_& m) {
    py::native_enum<Status>(m, "Status", "enum.Enum")
        .value("exact", Status::exact)
        .value("guaranteed", Status::guaranteed)
        .value("exact_without_mean", Status::exact_without_mean)
        .value("suppressed", Status::suppressed)
        .value("invalid", Status::invalid)
        .value("infeasible", Status::infeasible)
        .value("not_converged", Status::not_converged)
        .finalize();
    m.def("status_name", [](Status status) { return std::string(name(status)); }, py::arg("status"));
    m.def("status_meaning", [](Status status) { return std::string(meaning(status)); }, py::arg("status"));
}

ShapePrior make_shape_prior(const Array& z, const Array& mean, const Array& mean_alone, const Array& mean_by_scale,
                            const Matrix& shape, const Array& interval_factor,
                            const std::optional<ParentRule>& parent) {
    ShapePrior prior = shape_prior();
    prior.z = to_eigen(z);
    prior.mean = to_eigen(mean);
    prior.mean_alone = to_eigen(mean_alone);
    prior.mean_by_scale = to_eigen(mean_by_scale);
    prior.shape = matrix_view(shape);
    prior.interval_factor = to_eigen(interval_factor);
    if (parent) prior.parent = *parent;
    return prior;
}

void bind_parent_rule(py::module_& m) {
    const auto make = [](double lower_weight, double middle_weight, double upper_weight, double upper_shift,
                         double upper_level, double upper_scale, double lower_factor, double middle_factor,
                         double upper_factor, double drawn_factor) {
        return ParentRule{lower_weight, middle_weight, upper_weight,  upper_shift,  upper_level,
                          upper_scale,  lower_factor,  middle_factor, upper_factor, drawn_factor};
    };
    py::classh<ParentRule>(m, "ParentRule", "What parts of a parent distribution have of its shape.")
        .def(py::init(make), py::kw_only(), py::arg("lower_weight"), py::arg("middle_weight"), py::arg("upper_weight"),
             py::arg("upper_shift"), py::arg("upper_level"), py::arg("upper_scale"), py::arg("lower_factor"),
             py::arg("middle_factor"), py::arg("upper_factor"), py::arg("drawn_factor"))
        .def_readonly("lower_weight", &ParentRule::lower_weight)
        .def_readonly("middle_weight", &ParentRule::middle_weight)
        .def_readonly("upper_weight", &ParentRule::upper_weight)
        .def_readonly("upper_shift", &ParentRule::upper_shift)
        .def_readonly("upper_level", &ParentRule::upper_level)
        .def_readonly("upper_scale", &ParentRule::upper_scale)
        .def_readonly("lower_factor", &ParentRule::lower_factor)
        .def_readonly("middle_factor", &ParentRule::middle_factor)
        .def_readonly("upper_factor", &ParentRule::upper_factor)
        .def_readonly("drawn_factor", &ParentRule::drawn_factor);
}

ParentShape parent_shape(const Array& wages, const ShapePrior& prior) {
    if (wages.size() != prior.z.size() + 1) throw py::value_error("a parent has a wage at each of parent_scores");
    return make_parent_shape(view(wages), prior);
}

void bind_parent_shape(py::module_& m) {
    py::classh<ParentShape>(m, "ParentShape", "The shape of a distribution as its parts borrow it.")
        .def(py::init(&parent_shape), py::arg("wages"), py::arg("prior"));
    m.def("parent_scores", [](const ShapePrior& prior) { return to_array(parent_scores(prior)); }, py::arg("prior"));
}

void def_properties(py::classh<ShapePrior>& cls) {
    cls.def_property_readonly("z", array_of(&ShapePrior::z))
        .def_property_readonly("mean", array_of(&ShapePrior::mean))
        .def_property_readonly("mean_alone", array_of(&ShapePrior::mean_alone))
        .def_property_readonly("mean_by_scale", array_of(&ShapePrior::mean_by_scale))
        .def_property_readonly("shape", array_of(&ShapePrior::shape))
        .def_property_readonly("interval_factor", array_of(&ShapePrior::interval_factor))
        .def_property_readonly("knots", array_of(&ShapePrior::knots))
        .def_readonly("typical_scale", &ShapePrior::typical_scale)
        .def_readonly("scale_variance", &ShapePrior::scale_variance)
        .def_readonly("scale_spread", &ShapePrior::scale_spread)
        .def_readonly("typical_size", &ShapePrior::typical_size)
        .def_readonly("degrees_of_freedom", &ShapePrior::degrees_of_freedom)
        .def_readonly("tail", &ShapePrior::tail)
        .def_readonly("lower_skew", &ShapePrior::lower_skew)
        .def_readonly("drawn_lower_skew", &ShapePrior::drawn_lower_skew)
        .def_readonly("upper_skew", &ShapePrior::upper_skew)
        .def_readonly("parent", &ShapePrior::parent)
        .def_readonly("upper_tail_ratio", &ShapePrior::upper_tail_ratio);
}

void bind_shape_prior(py::module_& m) {
    py::classh<ShapePrior> cls(m, "ShapePrior",
                               "What real wage distributions look like between and beyond published points.");
    cls.def(py::init(&make_shape_prior), py::kw_only(), py::arg("z"), py::arg("mean"), py::arg("mean_alone"),
            py::arg("mean_by_scale"), py::arg("shape"), py::arg("interval_factor"), py::arg("parent") = py::none());
    def_properties(cls);
    m.def("shape_prior", [] { return shape_prior(); });
}

std::shared_ptr<Curve> fitted_curve(const CurveFit& fit) { return std::const_pointer_cast<Curve>(fit.curve); }

std::vector<std::pair<double, double>> binding_pairs(const CurveFit& fit) {
    std::vector<std::pair<double, double>> out;
    for (const QuantileFact& fact : fit.binding) out.emplace_back(fact.p, fact.value);
    return out;
}

py::tuple curve_fit_state(const CurveFit& fit) {
    const Feasibility& v = fit.feasibility;
    return py::make_tuple(fitted_curve(fit), fit.status, v.reason, v.p_low, v.p_high, v.mean.lower, v.mean.upper,
                          fit.gamma, binding_pairs(fit), fit.mean_binds, fit.prior_distance);
}

CurveFit curve_fit_from(const py::tuple& t) {
    const auto number = [&t](std::size_t i) { return t[i].cast<double>(); };
    CurveFit fit;
    fit.curve = t[0].cast<std::shared_ptr<Curve>>();
    fit.status = t[1].cast<Status>();
    fit.feasibility = {t[2].cast<Infeasibility>(), number(3), number(4), {number(5), number(6)}};
    fit.gamma = number(7);
    for (const auto& [p, value] : t[8].cast<std::vector<std::pair<double, double>>>())
        fit.binding.push_back({p, value});
    fit.mean_binds = t[9].cast<bool>();
    fit.prior_distance = number(10);
    return fit;
}

void bind_curve_fit(py::module_& m) {
    py::classh<CurveFit>(m, "CurveFit", "A fitted curve and the path that led to it.")
        .def_property_readonly("curve", &fitted_curve)
        .def_readonly("status", &CurveFit::status)
        .def_readonly("feasibility", &CurveFit::feasibility)
        .def_readonly("gamma", &CurveFit::gamma)
        .def_property_readonly("binding", &binding_pairs)
        .def_readonly("mean_binds", &CurveFit::mean_binds)
        .def_readonly("prior_distance", &CurveFit::prior_distance)
        .def(py::pickle(&curve_fit_state, &curve_fit_from));
    m.def("fit_curve", &fit_curve, py::arg("facts"), py::arg("prior"), py::arg("parent").none(true), Unlocked());
}

std::optional<std::pair<double, double>> other_root(const LognormalFit& fit) {
    if (!fit.other_root) return std::nullopt;
    return std::pair(fit.other_root->median(), fit.other_root->sigma());
}

void bind_lognormal_fit(py::module_& m) {
    py::classh<LognormalFit>(m, "LognormalFit", "A fitted lognormal, and the other root where there is one.")
        .def_property_readonly("distribution",
                               [](const LognormalFit& fit) { return std::make_shared<Lognormal>(fit.distribution); })
        .def_property_readonly("other_root", &other_root)
        .def_readonly("largest_log_residual", &LognormalFit::largest_log_residual);
    m.def("fit_lognormal", &fit_lognormal, py::arg("facts"));
    m.def("greatest_quantile_to_mean_ratio", &greatest_quantile_to_mean_ratio, py::arg("p"));
}

FamilyFit fit_brackets(Family family, const Array& edges, const Array& counts) {
    return fit_family_to_brackets(family, view(edges), view(counts));
}

Array allocated(const Array& shares, const Array& natural, const Array& lower, const Array& upper, double target) {
    return to_array(allocate_means(view(shares), view(natural), view(lower), view(upper), target));
}

double chi_squared_sf(double x, double degrees_of_freedom) {
    return incomplete::gamma(0.5 * degrees_of_freedom, 0.5 * x).above;
}

void bind_family_fit(py::module_& m) {
    py::classh<FamilyFit>(m, "FamilyFit", "A parametric family fitted to published facts.")
        .def_readonly("family", &FamilyFit::family)
        .def_readonly("distribution", &FamilyFit::distribution)
        .def_property_readonly("parameters", array_of(&FamilyFit::parameters))
        .def_property_readonly("log_covariance", array_of(&FamilyFit::log_covariance))
        .def_readonly("distance", &FamilyFit::distance)
        .def_readonly("log_likelihood", &FamilyFit::log_likelihood)
        .def_readonly("degrees_of_freedom", &FamilyFit::degrees_of_freedom);
    m.def("fit_family", &fit_family, py::arg("family"), py::arg("facts"), Unlocked());
    m.def("fit_family_to_brackets", &fit_brackets, py::arg("family"), py::arg("edges"), py::arg("counts"));
    m.def("allocate_means", &allocated, py::kw_only(), py::arg("shares"), py::arg("natural"), py::arg("lower"),
          py::arg("upper"), py::arg("target"));
    m.def("chi_squared_sf", &chi_squared_sf, py::arg("x"), py::arg("degrees_of_freedom"));
}

}  // namespace

void bind_fitting(py::module_& m) {
    bind_status(m);
    bind_parent_rule(m);
    bind_shape_prior(m);
    bind_parent_shape(m);
    bind_curve_fit(m);
    bind_lognormal_fit(m);
    bind_family_fit(m);
}

}  // namespace wagefit::bindings
