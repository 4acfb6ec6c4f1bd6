#include "linear_algebra/inverse.hpp"

#include <Eigen/LU>

namespace wagefit::linear_algebra {

Eigen::MatrixXd inverse(const Eigen::MatrixXd& matrix) { return matrix.partialPivLu().inverse(); }

}  // namespace wagefit::linear_algebra
