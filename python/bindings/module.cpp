#include "bindings.hpp"
#include "wagefit/version.hpp"

namespace py = pybind11;
using namespace wagefit::bindings;

PYBIND11_MODULE(_core, m, py::mod_gil_not_used()) {
    m.doc() = "The compiled core of wagefit. Use the names of the package `wagefit` instead.";
    m.attr("__version__") = wagefit::version();
    bind_numerics(m);
}
