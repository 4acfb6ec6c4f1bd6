#pragma once

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <span>
#include <vector>

namespace wagefit::bindings {

namespace py = pybind11;

/// Any array-like of numbers, copied to contiguous doubles only when it is not that already.
using Array = py::array_t<double, py::array::c_style | py::array::forcecast>;

inline std::span<const double> view(const Array& array) {
    return {array.data(), static_cast<std::size_t>(array.size())};
}

inline std::vector<double> to_vector(const Array& array) { return {array.data(), array.data() + array.size()}; }

/// A new array of the shape of `x` with f applied to each element, computed without the interpreter's lock.
template <class Function>
Array map(const Array& x, Function&& f) {
    Array out(std::vector<py::ssize_t>(x.shape(), x.shape() + x.ndim()));
    const double* const from = x.data();
    double* const to = out.mutable_data();
    const py::ssize_t n = x.size();
    const py::gil_scoped_release unlocked;
    for (py::ssize_t i = 0; i < n; ++i) to[i] = f(from[i]);
    return out;
}

inline Array to_array(const std::vector<double>& values) {
    return Array(static_cast<py::ssize_t>(values.size()), values.data());
}

}  // namespace wagefit::bindings
