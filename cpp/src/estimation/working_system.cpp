#include "estimation/working_system.hpp"

namespace wagefit {

using Eigen::Index;
using Eigen::MatrixXd;

MatrixXd estimated(const Design& design, const MatrixXd& system) {
    const Index size = system.rows() - first_estimated(design);
    return system.bottomRightCorner(size, size);
}

MatrixXd working_inverse(const Design& design, const NormalCholesky& cholesky) {
    const Index size = system_size(design), estimated = size - first_estimated(design);
    MatrixXd inverse = MatrixXd::Zero(size, size);
    inverse.bottomRightCorner(estimated, estimated) = cholesky.inverse();
    return inverse;
}

void uncenter(const CenteredDesign& z, MatrixXd& covariance) {
    const Index k = z.center.size();
    covariance.row(0) -= z.center * covariance.middleRows(1, k);
    covariance.col(0) -= covariance.middleCols(1, k) * z.center.transpose();
}

}  // namespace wagefit
