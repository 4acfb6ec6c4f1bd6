#include "wagefit/fitting/compression.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace wagefit {
namespace {

constexpr double least_run = 0.5;  // in z: a shorter chord from the first fact says little about what lies below it
constexpr double tenth = -1.2815515655446004;  // normal score of P10
constexpr double closest = 0.08;               // in z: how far above P10 a fact may lie and still count as P10

/// The line through the values at the facts `a` and `b`.
struct Chord {
    double z, y, slope;

    Chord(const Compression& table, std::span<const double> g, std::size_t a, std::size_t b)
        : z(table.z[a]), y(g[a]), slope((g[b] - g[a]) / (table.z[b] - table.z[a])) {}

    [[nodiscard]] double rise(double to) const { return slope * (to - z); }
    [[nodiscard]] double ratio(double scale) const { return std::clamp(slope / scale, 0.0, 1.0); }
};

void compress_between(const Compression& table, double scale, std::size_t a, std::size_t b, std::span<double> g) {
    const Chord chord(table, g, a, b);
    const double ratio = chord.ratio(scale), part = ratio * ratio;
    for (std::size_t i = a + 1; i < b; ++i) {
        const double line = chord.y + chord.rise(table.z[i]);
        g[i] = line + part * (g[i] - line);
    }
}

/// ratio^(3/4) of the distance to the first fact remains where wage floors bind.
void compress_below(const Compression& table, double scale, std::span<double> g) {
    const std::size_t first = table.facts.front();
    const Chord chord(table, g, first, table.lower_end);
    const double ratio = chord.ratio(scale), part = ratio * ratio, root = std::sqrt(ratio);
    const double kept = table.reaches_floor ? root * std::sqrt(root) : 1.0;
    for (std::size_t i = 0; i < first; ++i) {
        const double rise = chord.rise(table.z[i]);
        g[i] = chord.y + kept * (rise + part * (g[i] - chord.y - rise));
    }
}

}  // namespace

Compression make_compression(std::vector<double> z, std::vector<std::size_t> facts) {
    const auto is_far = [&](std::size_t fact) { return z[fact] >= z[facts.front()] + least_run; };
    const auto far = std::find_if(facts.begin(), facts.end(), is_far);
    const std::size_t lower_end = far == facts.end() ? facts.back() : *far;
    const bool reaches_floor = z[facts.front()] <= tenth + closest;
    return {std::move(z), std::move(facts), lower_end, reaches_floor};
}

void compress(const Compression& table, double scale, std::span<double> g) {
    const std::vector<std::size_t>& facts = table.facts;
    if (facts.size() < 2) return;
    for (std::size_t k = 1; k < facts.size(); ++k) compress_between(table, scale, facts[k - 1], facts[k], g);
    compress_below(table, scale, g);
}

}  // namespace wagefit
