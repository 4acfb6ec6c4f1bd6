#pragma once

#include <pybind11/pybind11.h>

namespace wagefit::bindings {

// One function a concept, defined in bind_<concept>.cpp and called by module.cpp.
void bind_numerics(pybind11::module_& m);

}  // namespace wagefit::bindings
