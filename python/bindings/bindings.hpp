#pragma once

#include <pybind11/pybind11.h>

namespace wagefit::bindings {

namespace py = pybind11;

// One function a concept, defined in bind_<concept>.cpp and called by module.cpp.
void bind_errors(py::module_& m);
void bind_numerics(py::module_& m);
void bind_facts(py::module_& m);
void bind_distributions(py::module_& m);
void bind_family(py::module_& m);
void bind_fitting(py::module_& m);
void bind_family_fit(py::module_& m);
void bind_ensemble(py::module_& m);
void bind_posterior(py::module_& m);
void bind_estimation(py::module_& m);
void bind_estimation_models(py::module_& m);
void bind_factors(py::module_& m);
void bind_pooling(py::module_& m);
void bind_careers(py::module_& m);

}  // namespace wagefit::bindings
