#pragma once

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "unlocked.hpp"

namespace wagefit::bindings {

namespace py = pybind11;

/// Any array-like of numbers, copied to contiguous doubles only when it is not that already.
using Array = py::array_t<double, py::array::c_style | py::array::forcecast>;

/// A matrix whose columns are contiguous, copied only when they are not.
using Matrix = py::array_t<double, py::array::f_style | py::array::forcecast>;

/// The two numbers that say from which stream random numbers are drawn.
using Key = std::pair<std::uint64_t, std::uint64_t>;

// -- from Python -----------------------------------------------------------------------------------------------------

inline std::span<const double> view(const Array& array) {
    return {array.data(), static_cast<std::size_t>(array.size())};
}

inline Eigen::Map<const Eigen::ArrayXd> array_view(const Array& array) {
    return {array.data(), static_cast<Eigen::Index>(array.size())};
}

inline Eigen::Map<const Eigen::MatrixXd> matrix_view(const Matrix& matrix) {
    if (matrix.ndim() != 2) throw py::value_error("a matrix of columns has two dimensions");
    return {matrix.data(), matrix.shape(0), matrix.shape(1)};
}

inline std::vector<double> to_vector(const Array& array) { return {array.data(), array.data() + array.size()}; }

inline Eigen::VectorXd to_eigen(const Array& array) {
    return Eigen::Map<const Eigen::VectorXd>(array.data(), static_cast<Eigen::Index>(array.size()));
}

// -- to Python -------------------------------------------------------------------------------------------------------

inline Array to_array(std::span<const double> values) {
    return Array(static_cast<py::ssize_t>(values.size()), values.data());
}

/// Eigen's vectors become arrays of one dimension, its matrices arrays of two.
template <class Values>
auto to_array(const Eigen::PlainObjectBase<Values>& values) {
    if constexpr (Values::IsVectorAtCompileTime)
        return Array(values.size(), values.data());
    else
        return Matrix(std::vector<py::ssize_t>{values.rows(), values.cols()}, values.data());
}

/// The getter of a property that copies a member to a new array.
template <class Object, class Values>
auto array_of(Values Object::* member) {
    return [member](const Object& object) { return to_array(object.*member); };
}

/// An uninitialized array of `rows` by `columns`.
inline Array new_table(std::size_t rows, std::size_t columns) {
    return Array({static_cast<py::ssize_t>(rows), static_cast<py::ssize_t>(columns)});
}

inline std::span<double> memory(Array& array) { return {array.mutable_data(), static_cast<std::size_t>(array.size())}; }

/// A new array of the shape of `x` with f applied to each element, computed without the interpreter's lock.
template <class Function>
Array map(const Array& x, Function&& f) {
    Array out(std::vector<py::ssize_t>(x.shape(), x.shape() + x.ndim()));
    const double* const from = x.data();
    double* const to = out.mutable_data();
    const py::ssize_t n = x.size();
    constexpr py::ssize_t points_between =
        32;  // a mixture of thousands takes milliseconds a point, a curve nanoseconds
    const WithoutLock unlocked;
    for (py::ssize_t i = 0; i < n; ++i) {
        if (i % points_between == 0) interruption_point();
        to[i] = f(from[i]);
    }
    return out;
}

}  // namespace wagefit::bindings
