#include "fitting/compression.hpp"

#include <algorithm>
#include <utility>

#include "fitting/kernels/compression.hpp"

namespace wagefit {
namespace {

constexpr double least_run = 0.5;  // in z: a shorter chord from the first fact says little about what lies below it
constexpr double tenth = -1.2815515655446004;  // normal score of P10
constexpr double floor_tolerance = 0.08;       // in z: how far above P10 a fact may lie and still count as P10

struct Values {
    std::span<double> g;

    double operator[](std::size_t i) const { return g[i]; }
    void set(std::size_t i, double value) const { g[i] = value; }
};

}  // namespace

Compression make_compression(std::vector<double> z, std::vector<std::size_t> facts) {
    const auto is_far = [&](std::size_t fact) { return z[fact] >= z[facts.front()] + least_run; };
    const auto far = std::find_if(facts.begin(), facts.end(), is_far);
    const std::size_t lower_end = far == facts.end() ? facts.back() : *far;
    const bool reaches_floor = z[facts.front()] <= tenth + floor_tolerance;
    return {std::move(z), std::move(facts), lower_end, reaches_floor};
}

void compress(const Compression& table, double scale, std::span<double> g) {
    const Values values{g};
    compress_values(table, scale, values);
}

}  // namespace wagefit
