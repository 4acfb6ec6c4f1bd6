#include <pybind11/numpy.h>

#include "bindings.hpp"
#include "wagefit/numerics/normal.hpp"
#include "wagefit/numerics/student_t.hpp"

namespace wagefit::bindings {

void bind_numerics(py::module_& m) {
    m.def("normal_pdf", py::vectorize(normal::pdf), py::arg("z"), "Standard normal density, elementwise.");
    m.def("normal_log_pdf", py::vectorize(normal::log_pdf), py::arg("z"), "Logarithm of `normal_pdf`.");
    m.def("normal_cdf", py::vectorize(normal::cdf), py::arg("z"), "Standard normal P(Z <= z), elementwise.");
    m.def("normal_sf", py::vectorize(normal::sf), py::arg("z"), "Standard normal P(Z > z), elementwise.");
    m.def("normal_log_cdf", py::vectorize(normal::log_cdf), py::arg("z"), "Logarithm of `normal_cdf`.");
    m.def("normal_log_sf", py::vectorize(normal::log_sf), py::arg("z"), "Logarithm of `normal_sf`.");
    m.def("normal_quantile", py::vectorize(normal::quantile), py::arg("p"), "Inverse of `normal_cdf`.");
    m.def("student_t_sf", py::vectorize(student_t::sf), py::arg("t"), py::arg("freedom"),
          "Student's P(T > t), elementwise; normal where `freedom` is infinite.");
    m.def("student_t_quantile", py::vectorize(student_t::quantile), py::arg("p"), py::arg("freedom"),
          "The t with P(T <= t) = p, elementwise.");
    m.def("normal_isf", py::vectorize(normal::isf), py::arg("q"), "Inverse of `normal_sf`.");
}

}  // namespace wagefit::bindings
