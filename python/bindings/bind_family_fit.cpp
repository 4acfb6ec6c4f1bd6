#include <pybind11/eigen.h>

#include "arrays.hpp"
#include "bindings.hpp"
#include "wagefit/fitting/family_fit.hpp"
#include "wagefit/fitting/mean_allocation.hpp"
#include "wagefit/numerics/incomplete.hpp"

namespace wagefit::bindings {

void bind_family_fit(py::module_& m) {
    py::classh<FamilyFit>(m, "FamilyFit", "A parametric family fitted to published facts.")
        .def_readonly("family", &FamilyFit::family)
        .def_readonly("distribution", &FamilyFit::distribution)
        .def_readonly("parameters", &FamilyFit::parameters)
        .def_readonly("log_covariance", &FamilyFit::log_covariance)
        .def_readonly("distance", &FamilyFit::distance)
        .def_readonly("log_likelihood", &FamilyFit::log_likelihood)
        .def_readonly("degrees_of_freedom", &FamilyFit::degrees_of_freedom);
    m.def("fit_family", &fit_family, py::arg("family"), py::arg("facts"), py::call_guard<py::gil_scoped_release>());
    m.def("fit_family_to_brackets",
          [](Family family, const Array& edges, const Array& counts) {
              return fit_family_to_brackets(family, view(edges), view(counts));
          },
          py::arg("family"), py::arg("edges"), py::arg("counts"));
    m.def("allocate_means",
          [](const Array& shares, const Array& natural, const Array& lower, const Array& upper, double target) {
              return to_array(allocate_means(view(shares), view(natural), view(lower), view(upper), target));
          },
          py::kw_only(), py::arg("shares"), py::arg("natural"), py::arg("lower"), py::arg("upper"), py::arg("target"));
    m.def("chi_squared_sf",
          [](double x, double degrees_of_freedom) { return incomplete::gamma(0.5 * degrees_of_freedom, 0.5 * x).above; },
          py::arg("x"), py::arg("degrees_of_freedom"));
}

}  // namespace wagefit::bindings
