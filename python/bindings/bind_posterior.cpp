#include <pybind11/native_enum.h>
#include <pybind11/stl.h>

#include "bindings.hpp"
#include "wagefit/ensemble/ensemble.hpp"
#include "wagefit/fitting/posterior.hpp"

namespace wagefit::bindings {

void bind_posterior(py::module_& m) {
    py::native_enum<FactSource>(m, "FactSource", "enum.Enum")
        .value("own", FactSource::own)
        .value("sampled", FactSource::sampled)
        .finalize();
    m.def(
        "posterior_draws",
        [](const Facts& facts, double size, FactSource source, double rounding, std::size_t n,
           const std::pair<std::uint64_t, std::uint64_t>& key, const ShapePrior& prior, int n_threads) {
            const py::gil_scoped_release unlocked;
            return Ensemble(
                posterior_draws(facts, {size, source, rounding}, n, {key.first, key.second}, prior, n_threads));
        },
        py::arg("facts"), py::kw_only(), py::arg("size"), py::arg("source"), py::arg("rounding"), py::arg("n"),
        py::arg("key"), py::arg("prior"), py::arg("n_threads"));
}

}  // namespace wagefit::bindings
