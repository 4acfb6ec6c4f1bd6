#include "wagefit/errors.hpp"

#include "bindings.hpp"

namespace wagefit::bindings {

void bind_errors(py::module_& m) {
    auto& fact_error = py::register_exception<FactError>(m, "FactError", PyExc_ValueError);
    fact_error.attr("__doc__") = "A fact is wrong: the message names the argument, its value and what was expected.";
    auto& infeasible = py::register_exception<InfeasibleError>(m, "InfeasibleError", fact_error.ptr());
    infeasible.attr("__doc__") =
        "No distribution satisfies the facts. `certificate` says which facts clash and the means that would be "
        "feasible.";
    infeasible.attr("certificate") = py::none();
    auto& convergence = py::register_exception<ConvergenceError>(m, "ConvergenceError", PyExc_RuntimeError);
    convergence.attr("__doc__") = "A solver did not reach its tolerance.";
    for (py::object error : {py::object(fact_error), py::object(infeasible), py::object(convergence)})
        error.attr("__module__") = "wagefit";
}

}  // namespace wagefit::bindings
