#include "estimation/joint_cells.hpp"

namespace wagefit {
namespace {

using Eigen::Index;

double combinations(const Design& design) {
    double product = 1.0;
    for (const LevelColumn& factor : design.factors) product *= static_cast<double>(factor.levels);
    return product;
}

Eigen::MatrixXi codes_of_cells(const Design& design, Index cells) {
    const Index n_factors = std::ssize(design.factors);
    Eigen::MatrixXi codes(n_factors, cells);
    for (Index cell = 0; cell < cells; ++cell) {
        Index rest = cell;
        for (Index f = n_factors - 1; f >= 0; --f) {
            const Index levels = design.factors[static_cast<std::size_t>(f)].levels;
            codes(f, cell) = static_cast<int>(rest % levels);
            rest /= levels;
        }
    }
    return codes;
}

}  // namespace

JointCells joint_cells(const Design& design) {
    const Index n = row_count(design);
    if (design.factors.empty() || combinations(design) > 0.5 * static_cast<double>(n)) return {};
    std::vector<std::uint32_t> of_row(static_cast<std::size_t>(n), 0U);
    Index cells = 1;
    for (const LevelColumn& factor : design.factors) {
        const auto levels = static_cast<std::uint32_t>(factor.levels);
        for (std::size_t i = 0; i < of_row.size(); ++i)
            of_row[i] = of_row[i] * levels + static_cast<std::uint32_t>(factor.codes[i]);
        cells *= factor.levels;
    }
    return {std::move(of_row), codes_of_cells(design, cells)};
}

Eigen::MatrixXi row_codes(const Design& design, Index begin, Index count) {
    Eigen::MatrixXi codes(std::ssize(design.factors), count);
    for (Index f = 0; f < codes.rows(); ++f)
        codes.row(f) = Eigen::Map<const Eigen::RowVectorXi>(
            design.factors[static_cast<std::size_t>(f)].codes.data() + begin, count);
    return codes;
}

}  // namespace wagefit
