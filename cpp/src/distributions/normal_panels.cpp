#include "distributions/normal_panels.hpp"

namespace wagefit {

std::vector<double> panel_edges(const std::vector<double>& breakpoints, double z0, double z1, double width) {
    const double first = std::max(z0, -last_score), last = std::min(z1, last_score);
    if (!(first < last)) return {};
    std::vector<double> stops{first};
    for (const double z : breakpoints)
        if (z > stops.back() && z < last) stops.push_back(z);
    stops.push_back(last);
    std::vector<double> edges{first};
    for (std::size_t i = 1; i < stops.size(); ++i) {
        const double step = stops[i] - stops[i - 1];
        const int n = static_cast<int>(std::ceil(step / width));
        for (int j = 1; j < n; ++j) edges.push_back(stops[i - 1] + step * j / n);
        edges.push_back(stops[i]);
    }
    return edges;
}

}  // namespace wagefit
