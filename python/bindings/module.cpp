#include "bindings.hpp"
#include "wagefit/version.hpp"

using namespace wagefit::bindings;

PYBIND11_MODULE(_core, m, py::mod_gil_not_used()) {
    m.doc() = "The compiled core of wagefit. Use the names of the package `wagefit` instead.";
    m.attr("__version__") = wagefit::version();
    bind_errors(m);
    bind_numerics(m);
    bind_facts(m);
    bind_distributions(m);
    bind_fitting(m);
    bind_ensemble(m);
    bind_estimation(m);
    bind_factors(m);
    bind_careers(m);
}
