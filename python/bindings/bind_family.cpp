#include "wagefit/distributions/family.hpp"

#include <pybind11/native_enum.h>
#include <pybind11/stl.h>

#include "arrays.hpp"
#include "bindings.hpp"
#include "wagefit/distributions/gamma.hpp"
#include "wagefit/distributions/generalized_beta2.hpp"
#include "wagefit/distributions/weibull.hpp"

namespace wagefit::bindings {
namespace {

void bind_enum(py::module_& m) {
    py::native_enum<Family>(m, "Family", "enum.Enum")
        .value("lognormal", Family::lognormal)
        .value("weibull", Family::weibull)
        .value("gamma", Family::gamma)
        .value("loglogistic", Family::loglogistic)
        .value("singh_maddala", Family::singh_maddala)
        .value("dagum", Family::dagum)
        .value("generalized_beta2", Family::generalized_beta2)
        .finalize();
    m.def("family_name", [](Family family) { return std::string(name(family)); }, py::arg("family"));
    m.def(
        "parameter_names",
        [](Family family) {
            const auto names = parameter_names(family);
            return std::vector<std::string>(names.begin(), names.end());
        },
        py::arg("family"));
    m.def(
        "make_distribution",
        [](Family family, const Array& parameters) { return make_distribution(family, view(parameters)); },
        py::arg("family"), py::arg("parameters"));
}

void bind_generalized_beta2(py::module_& m) {
    py::classh<GeneralizedBeta2, Distribution>(m, "GeneralizedBeta2",
                                               "The generalized beta of the second kind and its special cases.")
        .def_property_readonly("family", &GeneralizedBeta2::family)
        .def_property_readonly("parameters", [](const GeneralizedBeta2& d) { return to_array(d.parameters()); })
        .def(py::pickle([](const GeneralizedBeta2& d) { return py::make_tuple(d.family(), d.parameters()); },
                        [](const py::tuple& t) {
                            const auto values = t[1].cast<std::vector<double>>();
                            const auto d = make_distribution(t[0].cast<Family>(), values);
                            return std::const_pointer_cast<GeneralizedBeta2>(
                                std::dynamic_pointer_cast<const GeneralizedBeta2>(d));
                        }));
}

/// The families of a scale and one shape.
template <class Shaped>
void bind_shaped(py::module_& m, const char* name, const char* doc) {
    py::classh<Shaped, Distribution>(m, name, doc)
        .def_property_readonly("scale", &Shaped::scale)
        .def_property_readonly("shape", &Shaped::shape)
        .def(py::pickle(
            [](const Shaped& d) { return py::make_tuple(d.scale(), d.shape()); },
            [](const py::tuple& t) { return std::make_shared<Shaped>(t[0].cast<double>(), t[1].cast<double>()); }));
}

}  // namespace

void bind_family(py::module_& m) {
    bind_enum(m);
    bind_generalized_beta2(m);
    bind_shaped<Weibull>(m, "Weibull", "P(X > x) = exp(-(x / scale)^shape).");
    bind_shaped<Gamma>(m, "Gamma", "P(X <= x) = P(shape, x / scale).");
}

}  // namespace wagefit::bindings
