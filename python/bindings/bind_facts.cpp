#include <pybind11/native_enum.h>
#include <pybind11/stl.h>

#include "arrays.hpp"
#include "bindings.hpp"
#include "wagefit/facts/facts.hpp"
#include "wagefit/facts/feasibility.hpp"

namespace wagefit::bindings {
namespace {

std::vector<QuantileFact> quantile_facts(const Array& p, const Array& value) {
    std::vector<QuantileFact> facts;
    for (py::ssize_t i = 0; i < p.size(); ++i) facts.push_back({p.data()[i], value.data()[i]});
    return facts;
}

Facts make_facts(const Array& quantile_p, const Array& quantile_value, const Array& at_least_p,
                 const Array& at_least_value, std::optional<double> mean, std::optional<double> mean_at_least,
                 double lower, double upper) {
    return Figures{quantile_facts(quantile_p, quantile_value),
                   quantile_facts(at_least_p, at_least_value),
                   mean,
                   mean_at_least,
                   lower,
                   upper};
}

auto pairs_of(const std::vector<QuantileFact>& (Facts::*getter)() const noexcept) {
    return [getter](const Facts& facts) {
        std::vector<std::pair<double, double>> out;
        for (const QuantileFact& fact : (facts.*getter)()) out.emplace_back(fact.p, fact.value);
        return out;
    };
}

void bind_feasibility(py::module_& m) {
    py::native_enum<Infeasibility>(m, "Infeasibility", "enum.Enum")
        .value("none", Infeasibility::none)
        .value("decreasing_quantiles", Infeasibility::decreasing_quantiles)
        .value("quantile_below_bound", Infeasibility::quantile_below_bound)
        .value("outside_support", Infeasibility::outside_support)
        .value("mean_too_low", Infeasibility::mean_too_low)
        .value("mean_too_high", Infeasibility::mean_too_high)
        .value("bounded_mean_too_high", Infeasibility::bounded_mean_too_high)
        .finalize();
    py::classh<Feasibility>(m, "Feasibility", "Verdict on a set of facts, with its certificate.")
        .def_property_readonly("feasible", &Feasibility::feasible)
        .def_readonly("reason", &Feasibility::reason)
        .def_property_readonly("probabilities", [](const Feasibility& v) { return std::pair(v.p_low, v.p_high); })
        .def_property_readonly("mean_interval",
                               [](const Feasibility& v) { return std::pair(v.mean.lower, v.mean.upper); });
    m.def("check_feasibility", &check_feasibility, py::arg("facts"));
    m.def("explain", &explain, py::arg("verdict"), py::arg("facts"));
}

}  // namespace

void bind_facts(py::module_& m) {
    py::classh<Facts>(m, "Facts", "Valid facts of one cell, by probability.")
        .def(py::init(&make_facts), py::kw_only(), py::arg("quantile_p"), py::arg("quantile_value"),
             py::arg("at_least_p"), py::arg("at_least_value"), py::arg("mean"), py::arg("mean_at_least"),
             py::arg("lower"), py::arg("upper"))
        .def_property_readonly("quantiles", pairs_of(&Facts::quantiles))
        .def_property_readonly("at_least", pairs_of(&Facts::at_least))
        .def_property_readonly("mean", &Facts::mean)
        .def_property_readonly("mean_at_least", &Facts::mean_at_least)
        .def_property_readonly("lower", &Facts::lower)
        .def_property_readonly("upper", &Facts::upper);
    bind_feasibility(m);
}

}  // namespace wagefit::bindings
