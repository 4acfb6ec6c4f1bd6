#pragma once

#include <pybind11/stl.h>

#include <Eigen/Core>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "arrays.hpp"
#include "wagefit/estimation/design.hpp"

namespace wagefit::bindings {

/// A matrix whose columns are contiguous, copied only when they are not.
using Matrix = py::array_t<double, py::array::f_style | py::array::forcecast>;
using Codes = py::array_t<std::int32_t, py::array::c_style | py::array::forcecast>;
using Levels = std::pair<Codes, Eigen::Index>;  // codes and number of levels

inline Eigen::Map<const Eigen::ArrayXd> array_view(const Array& array) {
    return {array.data(), static_cast<Eigen::Index>(array.size())};
}

inline Eigen::Map<const Eigen::MatrixXd> matrix_view(const Matrix& matrix) {
    if (matrix.ndim() != 2) throw py::value_error("a matrix of columns has two dimensions");
    return {matrix.data(), matrix.shape(0), matrix.shape(1)};
}

inline LevelColumn level_column(const Levels& levels) {
    return {{levels.first.data(), static_cast<std::size_t>(levels.first.size())}, levels.second};
}

inline Design design_of(const Matrix& numeric, const std::vector<Levels>& factors, Intercept intercept,
                        std::vector<std::string> names) {
    Design design{matrix_view(numeric), {}, intercept, std::move(names)};
    for (const Levels& factor : factors) design.factors.push_back(level_column(factor));
    return design;
}

/// Eigen's numbers as a new array of one dimension.
inline Array vector_out(const Eigen::Ref<const Eigen::ArrayXd>& values) {
    return Array(static_cast<py::ssize_t>(values.size()), values.data());
}

/// Eigen's numbers as a new array of two dimensions.
inline Matrix matrix_out(const Eigen::MatrixXd& values) {
    return Matrix(std::vector<py::ssize_t>{values.rows(), values.cols()}, values.data());
}

}  // namespace wagefit::bindings
