#pragma once

#include <pybind11/pybind11.h>

namespace wagefit::bindings {

namespace py = pybind11;

// One function a room, defined in bind_<room>.cpp and called by module.cpp in the order of the street.
void bind_errors(py::module_& m);
void bind_numerics(py::module_& m);
void bind_facts(py::module_& m);
void bind_distributions(py::module_& m);
void bind_fitting(py::module_& m);
void bind_ensemble(py::module_& m);
void bind_estimation(py::module_& m);
void bind_factors(py::module_& m);
void bind_careers(py::module_& m);

}  // namespace wagefit::bindings
