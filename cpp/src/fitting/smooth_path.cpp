#include "fitting/smooth_path.hpp"

#include <cmath>

#include "distributions/segment_sums.hpp"
#include "fitting/knot_pattern.hpp"
#include "simd/kernels.hpp"

namespace wagefit {

bool SmoothPath::suits(const KnotPattern& pattern) {
    return pattern.facts.size() > 1 && pattern.facts.size() <= most_constraints &&
           static_cast<std::size_t>(pattern.size()) <= most_knots &&
           pattern.facts.back() + 1 < static_cast<std::size_t>(pattern.size()) && pattern.facts.front() > 0 &&
           pattern.step.maxCoeff() <= longest_fair_segment;
}

SmoothPath::SmoothPath(const KnotPattern& pattern) : table_(make_smooth_path_table(pattern)) {}

void SmoothPath::fit(const PathCells& cells) const { best_kernels<SmoothPathKernels>().fit(table_, cells); }

void SmoothPath::fit_alone(const PathCells& cells) const { best_kernels<SmoothPathKernels>().fit_alone(table_, cells); }

bool SmoothPath::fit(std::span<const double> wages, double mean, std::span<const double> borrowed,
                     std::span<double> knots) const {
    double* const row = knots.data();
    bool is_found = false;
    const PathCells cell{1, wages.data(), &mean, borrowed.empty() ? nullptr : borrowed.data(), &row, &is_found};
    std::isnan(mean) ? fit_alone(cell) : fit(cell);
    return is_found;
}

}  // namespace wagefit
