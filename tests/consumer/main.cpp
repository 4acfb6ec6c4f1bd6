#include <cmath>
#include <cstdio>
#include <wagefit/estimation/least_squares.hpp>
#include <wagefit/wagefit.hpp>

namespace {

// Matrices that the library allocates are freed here, whatever instruction sets this program was compiled for.
double slope() {
    const Eigen::MatrixXd columns = (Eigen::MatrixXd(5, 1) << 1.0, 2.0, 3.0, 4.0, 5.0).finished();
    const Eigen::ArrayXd outcome = 2.0 * columns.col(0).array() + 1.0;
    const wagefit::Design design{{columns.data(), 5, 1}, {}, wagefit::Intercept::included, {}};
    const wagefit::LeastSquaresFit fit = wagefit::least_squares(design, outcome, Eigen::ArrayXd::Ones(5));
    return fit.coefficients[1];
}

}  // namespace

int main() {
    wagefit::Figures figures;
    figures.quantiles = {{0.10, 26'550.0}, {0.50, 40'350.0}, {0.90, 66'260.0}};
    figures.mean = 44'010.0;
    const auto pay = wagefit::fit(figures);
    std::printf("%s %.17g %.17g %.3f\n", std::string(wagefit::version()).c_str(), wagefit::ppf(*pay, 0.5),
                wagefit::mean(*pay), slope());
}
