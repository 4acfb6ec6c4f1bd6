// Compiled once for each instruction set; see cpp/cmake/Kernels.cmake.
#include "wagefit/fitting/kernels/smooth_path.hpp"

#include <algorithm>
#include <cmath>

#include "wagefit/numerics/elementary.hpp"

namespace wagefit {
namespace {

/// A value at each knot or segment, aligned for lanes.
struct alignas(64) Row {
    KnotArray at;

    double& operator[](std::size_t i) { return at[i]; }
    double operator[](std::size_t i) const { return at[i]; }
};

WAGEFIT_INLINE Lanes load(const Row& row, std::size_t i) { return loaded<Lanes>(&row.at[i]); }

constexpr std::size_t block = 8;  ///< sums add up eight partial sums on every instruction set, for the same bits

struct alignas(64) PartialSums {
    std::array<double, block> part{};

    WAGEFIT_INLINE void add(std::size_t i, Lanes value) {
        double* const at = &part[i % block];
        store(at, loaded<Lanes>(at) + value);
    }

    [[nodiscard]] WAGEFIT_INLINE double total() const {
        return ((part[0] + part[4]) + (part[2] + part[6])) + ((part[1] + part[5]) + (part[3] + part[7]));
    }
};

WAGEFIT_INLINE std::size_t whole_blocks(std::size_t n) { return (n + block - 1) / block * block; }

/// Calls f(i) for the lanes that begin at 0, ..., up to the last of `n` values; whole blocks of them.
template <class Function>
WAGEFIT_INLINE void for_lanes(std::size_t n, Function&& f) {
    for (std::size_t i = 0; i < n; i += block)
        for (std::size_t j = i; j < i + block; j += lane_count) f(j);
}

/// Values beyond the last knot that keep the lanes there finite: a chord of 1 over steps of 1.
WAGEFIT_INLINE void pad(std::size_t n, Row& g) {
    for (std::size_t i = n + 1; i < g.at.size(); ++i) g[i] = g[i - 1] + 1.0;
}

/// e^x for |x| <= 0.2, within a few ulp: the Taylor polynomial of degree 10.
WAGEFIT_INLINE Lanes small_exp(Lanes x) {
    const Lanes x2 = x * x, x4 = x2 * x2;
    const Lanes low = (1.0 + x) + x2 * (1.0 / 2.0 + x * (1.0 / 6.0));
    const Lanes middle = (1.0 / 24.0 + x * (1.0 / 120.0)) + x2 * (1.0 / 720.0 + x * (1.0 / 5040.0));
    const Lanes high = (1.0 / 40320.0 + x * (1.0 / 362880.0)) + x2 * (1.0 / 3628800.0);
    return low + x4 * (middle + x4 * high);
}

/// The same to 1e-6: degree 6.
WAGEFIT_INLINE Lanes rough_exp(Lanes x) {
    const Lanes x2 = x * x;
    return (1.0 + x) + x2 * ((1.0 / 2.0 + x * (1.0 / 6.0)) + x2 * ((1.0 / 24.0 + x * (1.0 / 120.0)) + x2 * (1.0 / 720.0)));
}

/// log(ratio) to rounding error where the ratio is within a hundredth of 1, to 1e-10 within a fifth.
WAGEFIT_INLINE double log_near_one(double ratio) {
    const double s = (ratio - 1.0) / (ratio + 1.0), s2 = s * s;
    return s * (2.0 + s2 * (2.0 / 3.0 + s2 * (2.0 / 5.0 + s2 * (2.0 / 7.0))));
}

/// The curve through `g`: chords, slopes at the knots, and of each segment the rise and the end slopes over the chord.
struct Shape {
    Row chord, slope, rise, a, b, middle;  ///< middle: exp of g halfway between the ends' values
};

WAGEFIT_INLINE void set_shape(const KnotTable& table, const Row& g, Shape& shape) {
    const std::size_t n = table.n_segments;
    shape.chord[whole_blocks(n)] = 1.0;
    for_lanes(n, [&](std::size_t i) {
        const Lanes low = load(g, i), high = loaded<Lanes>(&g.at[i + 1]), rise = high - low;
        store(&shape.rise[i], rise);
        store(&shape.chord[i], rise * loaded<Lanes>(&table.inverse_step[i]));
        store(&shape.middle[i], elementary::exp(0.5 * (low + high)));
    });
    for_lanes(n, [&](std::size_t i) {
        const auto h0 = loaded<Lanes>(&table.step[i]), h1 = loaded<Lanes>(&table.step[i + 1]);
        const auto d0 = load(shape.chord, i), d1 = loaded<Lanes>(&shape.chord.at[i + 1]);
        store(&shape.slope[i + 1], (h0 + h1) * (d0 * d1) / (h1 * d1 + h0 * d0));
    });
    shape.slope[0] = (g[table.lower_far] - g[0]) / (table.z[table.lower_far] - table.z[0]);
    shape.slope[n] = (g[n] - g[table.upper_far]) / (table.z[n] - table.z[table.upper_far]) * table.upper_tail_ratio;
    for_lanes(n, [&](std::size_t i) {
        const Lanes inverse = 1.0 / load(shape.chord, i);
        store(&shape.a[i], load(shape.slope, i) * inverse);
        store(&shape.b[i], loaded<Lanes>(&shape.slope.at[i + 1]) * inverse);
    });
}

/// How the shape changes with lambda in g + lambda u.
struct Change {
    Row slope, rise, a, b;
};

WAGEFIT_INLINE void set_change(const KnotTable& table, const Shape& shape, const Row& u, Change& change) {
    const std::size_t n = table.n_segments;
    Row chord;
    chord[whole_blocks(n)] = 0.0;
    for_lanes(n, [&](std::size_t i) {
        const Lanes rise = loaded<Lanes>(&u.at[i + 1]) - load(u, i);
        store(&change.rise[i], rise);
        store(&chord[i], rise * loaded<Lanes>(&table.inverse_step[i]));
    });
    for_lanes(n, [&](std::size_t i) {
        const auto h0 = loaded<Lanes>(&table.step[i]), h1 = loaded<Lanes>(&table.step[i + 1]);
        const auto d0 = load(shape.chord, i), d1 = loaded<Lanes>(&shape.chord.at[i + 1]);
        const auto c0 = load(chord, i), c1 = loaded<Lanes>(&chord.at[i + 1]);
        const Lanes inverse = 1.0 / (h1 * d1 + h0 * d0), x0 = d0 * inverse, x1 = d1 * inverse;
        store(&change.slope[i + 1], (h0 + h1) * (h1 * (x1 * x1) * c0 + h0 * (x0 * x0) * c1));
    });
    change.slope[0] = (u[table.lower_far] - u[0]) / (table.z[table.lower_far] - table.z[0]);
    change.slope[n] = (u[n] - u[table.upper_far]) / (table.z[n] - table.z[table.upper_far]) * table.upper_tail_ratio;
    for_lanes(n, [&](std::size_t i) {
        const Lanes inverse = 1.0 / load(shape.chord, i), moved = load(chord, i);
        store(&change.a[i], (load(change.slope, i) - load(shape.a, i) * moved) * inverse);
        store(&change.b[i], (loaded<Lanes>(&change.slope.at[i + 1]) - load(shape.b, i) * moved) * inverse);
    });
}

/// E[exp g] over the log-linear tails, for c = slope - z: mass = x phi(z) R(|c|), and E[(Z - z) exp g] = c mass +- x phi.
struct Tails {
    double lower, upper, lower_moved, upper_moved;
};

WAGEFIT_INLINE Tails tails(const KnotTable& table, const Row& g, const Shape& shape) {
    const std::size_t n = table.n_segments;
    const double c0 = shape.slope[0] - table.z[0], c1 = table.z[n] - shape.slope[n];
    alignas(64) std::array<double, block> ratio{c0, c1}, pay{g[0], g[n]};
    for (std::size_t j = 0; j < 2; j += lane_count) {
        store(&ratio[j], elementary::mills_ratio(loaded<Lanes>(&ratio[j])));
        store(&pay[j], elementary::exp(loaded<Lanes>(&pay[j])));
    }
    const double x0 = pay[0] * table.first_density, x1 = pay[1] * table.last_density;
    const double lower = x0 * ratio[0], upper = x1 * ratio[1];
    return {lower, upper, c0 * lower - x0, x1 - c1 * upper};
}

/// Sums over a segment's nodes, with p = weight exp(rise v), v the shape's height over the middle and r = 1 / its
/// denominator.
struct NodeSums {
    Row pay, moment;           ///< of p, p t
    Row height, spread, tilt;  ///< of p v, p t s r, p t s r v
};

/// E[exp g] of the curve through `g`.
struct LogCurve {
    Shape shape;
    NodeSums sums;
    Tails tail;
    double total;
};

WAGEFIT_INLINE void add_up(std::size_t n, LogCurve& curve) {
    PartialSums sum;
    for_lanes(n, [&](std::size_t i) { sum.add(i, load(curve.shape.middle, i) * load(curve.sums.pay, i)); });
    curve.total = (sum.total() + curve.tail.lower) + curve.tail.upper;
}

/// Sums of pay and its first moment only.
WAGEFIT_INLINE void sum_few(const SegmentNodes<3>& nodes, std::size_t n, const Shape& shape, NodeSums& sums) {
    for_lanes(n, [&](std::size_t i) {
        const Lanes rise = load(shape.rise, i), a = load(shape.a, i), b = load(shape.b, i);
        const Lanes both = a + b, apart = 0.5 * (a - b);
        Lanes s = every<Lanes>(0.0), st = s;
        for (std::size_t j = 0; j < 3; ++j) {
            const Lanes v = (nodes.tilt[j] + nodes.ts[j] * apart) / (nodes.squares[j] + nodes.ts[j] * both);
            const Lanes pay = loaded<Lanes>(&nodes.weight[j][i]) * rough_exp(rise * v);
            s += pay;
            st += nodes.t[j] * pay;
        }
        store(&sums.pay[i], s);
        store(&sums.moment[i], st);
    });
}

template <std::size_t n_nodes>
WAGEFIT_INLINE void sum_all(const SegmentNodes<n_nodes>& nodes, std::size_t n, const Shape& shape, NodeSums& sums) {
    for_lanes(n, [&](std::size_t i) {
        const Lanes rise = load(shape.rise, i), a = load(shape.a, i), b = load(shape.b, i);
        const Lanes both = a + b, apart = 0.5 * (a - b);
        Lanes s = every<Lanes>(0.0), st = s, sv = s, q = s, qv = s;
        for (std::size_t j = 0; j < n_nodes; ++j) {
            const Lanes r = 1.0 / (nodes.squares[j] + nodes.ts[j] * both);
            const Lanes v = (nodes.tilt[j] + nodes.ts[j] * apart) * r;
            const Lanes pay = loaded<Lanes>(&nodes.weight[j][i]) * small_exp(rise * v);
            const Lanes spread = pay * (nodes.ts[j] * r);
            s += pay;
            st += nodes.t[j] * pay;
            sv += pay * v;
            q += spread;
            qv += spread * v;
        }
        store(&sums.pay[i], s);
        store(&sums.moment[i], st);
        store(&sums.height[i], sv);
        store(&sums.spread[i], q);
        store(&sums.tilt[i], qv);
    });
}

/// The sums of segment `i`, but for the moment, by the nodes of a finer panel.
template <std::size_t n_nodes>
WAGEFIT_INLINE void sum_finely(const SegmentPanels<n_nodes>& panels, std::size_t i, const Shape& shape,
                               NodeSums& sums) {
    const auto rise = every<Lanes>(shape.rise[i]);
    const auto both = every<Lanes>(shape.a[i] + shape.b[i]), apart = every<Lanes>(0.5 * (shape.a[i] - shape.b[i]));
    PartialSums s, sv, q, qv;
    for_lanes(n_nodes, [&](std::size_t j) {
        const auto ts = loaded<Lanes>(&panels.ts[i][j]);
        const Lanes r = 1.0 / (loaded<Lanes>(&panels.squares[i][j]) + ts * both);
        const Lanes v = (loaded<Lanes>(&panels.tilt[i][j]) + ts * apart) * r;
        const Lanes pay = loaded<Lanes>(&panels.weight[i][j]) * elementary::exp(rise * v);
        const Lanes spread = pay * (ts * r);
        s.add(j, pay);
        sv.add(j, pay * v);
        q.add(j, spread);
        qv.add(j, spread * v);
    });
    sums.pay[i] = s.total();
    sums.height[i] = sv.total();
    sums.spread[i] = q.total();
    sums.tilt[i] = qv.total();
}

/// Whether one panel of 15 nodes, or one on each half, reaches rounding error on a segment.
WAGEFIT_INLINE bool is_mild(double rise, double excess) { return rise <= 1.5 && excess <= 1.6 && excess >= -1.45; }
WAGEFIT_INLINE bool is_fair(double rise, double excess) { return rise <= 1.5 && excess <= 3.9; }

/// Sums again what the common nodes do not reach; false where a segment is too steep for fixed panels.
WAGEFIT_INLINE bool sum_rest(const SmoothPathTable& path, const Shape& shape, NodeSums& sums) {
    Row roughness;  // above 0 where a segment is not gentle
    for_lanes(path.knots.n_segments, [&](std::size_t i) {
        const Lanes excess = (load(shape.a, i) + load(shape.b, i)) - 2.0, rise = load(shape.rise, i) - 0.4;
        const Lanes bend = (excess > 0.0 ? excess : -excess) - 0.35;
        store(&roughness[i], bend > rise ? bend : rise);
    });
    for (std::size_t i = 0; i < path.knots.n_segments; ++i) {
        if (roughness[i] <= 0.0) continue;
        const double rise = shape.rise[i], excess = (shape.a[i] + shape.b[i]) - 2.0;
        if (!is_fair(rise, excess)) return false;
        if (is_mild(rise, excess))
            sum_finely(path.panels, i, shape, sums);
        else
            sum_finely(path.halves, i, shape, sums);
    }
    return true;
}

/// E[exp g] to about 1e-4.
WAGEFIT_INLINE void integrate_few(const SmoothPathTable& path, const Row& g, LogCurve& curve) {
    set_shape(path.knots, g, curve.shape);
    curve.tail = tails(path.knots, g, curve.shape);
    sum_few(path.few, path.knots.n_segments, curve.shape, curve.sums);
    add_up(path.knots.n_segments, curve);
}

/// To about 1e-8.
WAGEFIT_INLINE void integrate_some(const SmoothPathTable& path, const Row& g, LogCurve& curve) {
    set_shape(path.knots, g, curve.shape);
    curve.tail = tails(path.knots, g, curve.shape);
    sum_all(path.some, path.knots.n_segments, curve.shape, curve.sums);
    sum_finely(path.panels, path.knots.n_segments - 1, curve.shape, curve.sums);  // it bends most
    add_up(path.knots.n_segments, curve);
}

/// To rounding error; false where that takes more than fixed panels.
WAGEFIT_INLINE bool integrate_all(const SmoothPathTable& path, const Row& g, LogCurve& curve) {
    set_shape(path.knots, g, curve.shape);
    curve.tail = tails(path.knots, g, curve.shape);
    sum_all(path.many, path.knots.n_segments, curve.shape, curve.sums);
    if (!sum_rest(path, curve.shape, curve.sums)) return false;
    add_up(path.knots.n_segments, curve);
    return curve.shape.slope[path.knots.n_segments] < path.knots.z[path.knots.n_segments];
}

/// Gradient of log E[exp g] in the knots, the curve taken as linear between them.
WAGEFIT_INLINE void set_gradient(const KnotTable& table, LogCurve& curve, Row& gradient) {
    const std::size_t n = table.n_segments;
    const double inverse = 1.0 / curve.total;
    Row right;  // what each segment gives to its right knot, then to its left one
    for_lanes(n, [&](std::size_t i) {
        const Lanes scale = load(curve.shape.middle, i) * inverse, moment = scale * load(curve.sums.moment, i);
        store(&right[i], moment);
        store(&gradient[i], scale * load(curve.sums.pay, i) - moment);
    });
    gradient[n] = 0.0;
    for (std::size_t i = 0; i < n; ++i) gradient[i + 1] += right[i];
    const Tails& tail = curve.tail;
    const double low = tail.lower_moved / (table.z[table.lower_far] - table.z[0]) * inverse;
    const double high = tail.upper_moved * table.upper_tail_ratio / (table.z[n] - table.z[table.upper_far]) * inverse;
    gradient[0] += tail.lower * inverse - low;
    gradient[table.lower_far] += low;
    gradient[n] += tail.upper * inverse + high;
    gradient[table.upper_far] -= high;
}

/// Derivative of log E[exp(g + lambda u)] in lambda.
WAGEFIT_INLINE double slope_along(const KnotTable& table, const LogCurve& curve, const Row& u) {
    const std::size_t n = table.n_segments;
    const Shape& shape = curve.shape;
    const NodeSums& sums = curve.sums;
    Change change;
    set_change(table, shape, u, change);
    PartialSums moved;
    for_lanes(n, [&](std::size_t i) {
        const Lanes da = load(change.a, i), db = load(change.b, i);
        const Lanes shift = 0.5 * (load(u, i) + loaded<Lanes>(&u.at[i + 1]));
        const Lanes bend = 0.5 * (da - db) * load(sums.spread, i) - (da + db) * load(sums.tilt, i);
        moved.add(i, load(shape.middle, i) * ((shift * load(sums.pay, i) + load(change.rise, i) * load(sums.height, i)) +
                                              load(shape.rise, i) * bend));
    });
    const double lower = curve.tail.lower * u[0] + curve.tail.lower_moved * change.slope[0];
    const double upper = curve.tail.upper * u[n] + curve.tail.upper_moved * change.slope[n];
    return ((moved.total() + lower) + upper) / curve.total;
}

/// Whether no increment of `g` is below the least.
WAGEFIT_INLINE bool is_increasing(std::size_t n, const Row& g, const KnotArray& least) {
    Lanes lowest = every<Lanes>(0.0);
    for_lanes(n, [&](std::size_t i) {
        const Lanes spare = (loaded<Lanes>(&g.at[i + 1]) - load(g, i)) - loaded<Lanes>(&least[i]);
        lowest = spare < lowest ? spare : lowest;
    });
    alignas(64) double parts[lane_count];
    store(parts, lowest);
    bool is_low = false;
    for (const double part : parts) is_low |= part < 0.0;
    return !is_low;
}

/// The increments of `g` from `a` to `b` raised to the least ones, their sum kept.
void spread(const KnotArray& least, std::size_t a, std::size_t b, Row& g) {
    double lowest = 0.0, excess = 0.0;
    for (std::size_t i = a; i < b; ++i) {
        lowest += least[i];
        excess += std::max(g[i + 1] - g[i] - least[i], 0.0);
    }
    const double ratio = (g[b] - g[a] - lowest) / excess;
    double before = g[a];
    for (std::size_t i = a; i + 1 < b; ++i) {
        const double increment = least[i] + std::max(g[i + 1] - before - least[i], 0.0) * ratio;
        before = g[i + 1];
        g[i + 1] = g[i] + increment;
    }
}

/// `g` made increasing without moving a fact: see made_monotone.
void hold_back(const SmoothPathTable& path, const KnotArray& least, Row& g) {
    const std::size_t first = path.facts.front(), last = path.facts.back(), n = path.knots.n_segments;
    Row increment;
    for (std::size_t i = 0; i < n; ++i) increment[i] = g[i + 1] - g[i];
    for (std::size_t k = 1; k < path.facts.size(); ++k) {
        const std::size_t a = path.facts[k - 1], b = path.facts[k];
        bool is_low = false;
        for (std::size_t i = a; i < b; ++i) is_low = is_low || increment[i] < least[i];
        if (is_low) spread(least, a, b, g);
    }
    for (std::size_t i = first; i-- > 0;) g[i] = g[i + 1] - std::max(increment[i], least[i]);
    for (std::size_t i = last; i < n; ++i) g[i + 1] = g[i] + std::max(increment[i], least[i]);
}

/// The covariance with the log mean, its largest entry as large as the scale.
WAGEFIT_INLINE void pull_direction(const SmoothPathTable& path, const Row& gradient, double scale, Row& u) {
    const std::size_t n = path.knots.n_segments + 1;
    for_lanes(n, [&](std::size_t i) { store(&u[i], every<Lanes>(0.0)); });
    for (const std::size_t j : path.free) {
        const KnotArray& column = path.covariance[j];
        const auto weight = every<Lanes>(gradient[j]);
        for (std::size_t i = 0; i < n; i += lane_count)
            store(&u[i], load(u, i) + loaded<Lanes>(&column[i]) * weight);
    }
    Lanes most = every<Lanes>(0.0);
    for (std::size_t i = 0; i < n; i += lane_count) {
        const Lanes size = load(u, i) < 0.0 ? -load(u, i) : load(u, i);
        most = size > most ? size : most;
    }
    alignas(64) double parts[lane_count];
    store(parts, most);
    double largest = 0.0;
    for (const double part : parts) largest = std::max(largest, part);
    const double factor = scale / largest;
    for (std::size_t i = 0; i < n; i += lane_count) store(&u[i], load(u, i) * factor);
}

WAGEFIT_INLINE void move(const Row& from, double lambda, const Row& u, std::size_t n, Row& g) {
    for_lanes(n + 1, [&](std::size_t i) { store(&g[i], load(from, i) + lambda * load(u, i)); });
}

/// First and second moments of a direction under the gradient.
struct Moments {
    double slope, curvature;
};

WAGEFIT_INLINE Moments moments(const Row& gradient, const Row& u, std::size_t n) {
    double first = 0.0, second = 0.0;
    for (std::size_t i = 0; i <= n; ++i) {
        const double part = gradient[i] * u[i];
        first += part;
        second += part * u[i];
    }
    return {first, second - first * first};
}

/// The step to the root of `excess` + slope x + curvature x^2 / 2, to third order.
WAGEFIT_INLINE double step(double excess, double slope, double curvature) {
    const double newton = -excess / slope;
    return newton - 0.5 * curvature / slope * newton * newton;
}

/// The curves g + lambda u, held back where they would fall.
struct Line {
    const SmoothPathTable& path;
    const KnotArray& least;
    Row start;

    /// Places `g` at lambda; returns the direction in which it moves there, `u` or what is left of it in `held`.
    WAGEFIT_INLINE const Row& place(double lambda, const Row& u, Row& g, Row& held) const {
        const std::size_t n = path.knots.n_segments;
        move(start, lambda, u, n, g);
        if (is_increasing(n, g, least)) return u;
        place_held(lambda, u, g, held);
        return held;
    }

    void place_held(double lambda, const Row& u, Row& g, Row& held) const {
        constexpr double h = 1e-6;  // the difference quotient is right to about 1e-6
        const std::size_t n = path.knots.n_segments;
        hold_back(path, least, g);
        move(start, lambda + h, u, n, held);
        hold_back(path, least, held);
        for (std::size_t i = 0; i < whole_blocks(n + 1); ++i) held[i] = i <= n ? (held[i] - g[i]) / h : 0.0;
    }
};

/// Three integrals meet most means: a rough one gives the pull and a first step, a better one the pull where the mean
/// is nearly met, an exact one the last step. Steps with the second derivative err by about the excess squared.
class MeanSearch {
public:
    MeanSearch(const SmoothPathTable& path, double target, const GivenQuantiles& given)
        : path_(path), inverse_target_(1.0 / target), scale_(given.scale), line_{path, given.least, {given.g}} {
        pad(path.knots.n_segments, line_.start);
        pad(path.knots.n_segments, g_);
    }

    [[nodiscard]] bool run() { return set_out() && approach() && turn() && settle(); }

    [[nodiscard]] const KnotArray& knots() const { return g_.at; }

private:
    static constexpr double farthest = 8.0;    // scales; the general search looks further
    static constexpr double far = 0.03;        // of the log mean: a long way takes a better pull
    static constexpr double near = 3e-4;       // of the log mean: what is left is made up to first order
    static constexpr double settled = 1.5e-7;  // of the log mean: the step from there errs by 1e-13

    [[nodiscard]] std::size_t last() const { return path_.knots.n_segments; }
    [[nodiscard]] double excess() const { return log_near_one(curve_.total * inverse_target_); }

    /// Finds the pull without the mean and goes along it.
    WAGEFIT_INLINE bool set_out() {
        line_.place(0.0, line_.start, g_, held_);
        integrate_few(path_, g_, curve_);
        if (!(std::abs(excess()) <= far)) integrate_some(path_, g_, curve_);
        set_gradient(path_.knots, curve_, gradient_);
        pull_direction(path_, gradient_, scale_, first_);
        const Moments along = moments(gradient_, first_, last());
        curvature_ = along.curvature;
        lambda_ = step(excess(), along.slope * path_.slope_ratio, curvature_);
        return along.slope > 0.0 && std::abs(lambda_) < farthest;
    }

    /// Nearly meets the mean on that line.
    WAGEFIT_INLINE bool approach() {
        for (int i = 0; i < 8 && std::abs(lambda_) < farthest; ++i) {
            const Row& way = line_.place(lambda_, first_, g_, held_);
            integrate_some(path_, g_, curve_);
            if (std::abs(excess()) <= near) return true;
            const double slope = slope_along(path_.knots, curve_, way);
            if (!(slope > 0.0)) return false;
            lambda_ += step(excess(), slope, curvature_);
        }
        return false;
    }

    /// Finds the pull where that line meets the mean and the place on the line of this pull that has the mean wanted.
    WAGEFIT_INLINE bool turn() {
        const double before = slope_along(path_.knots, curve_, first_);
        const double rest = step(excess(), before, curvature_);
        set_gradient(path_.knots, curve_, gradient_);
        for_lanes(last() + 1, [&](std::size_t i) {
            store(&gradient_[i], load(gradient_, i) * (1.0 + rest * load(first_, i)));
        });
        pull_direction(path_, gradient_, scale_, u_);
        const double slope = slope_along(path_.knots, curve_, u_);
        const double to = (lambda_ * before - excess()) / slope;
        for_lanes(last() + 1, [&](std::size_t i) { store(&held_[i], to * load(u_, i) - lambda_ * load(first_, i)); });
        lambda_ = to - 0.5 * moments(gradient_, held_, last()).curvature / slope;
        curvature_ = moments(gradient_, u_, last()).curvature;
        return slope > 0.0;
    }

    WAGEFIT_INLINE bool settle() {
        double slope_before = 0.0, moved = 0.0;
        for (int i = 0; i < 8 && std::abs(lambda_) < farthest; ++i) {
            const Row& way = line_.place(lambda_, u_, g_, held_);
            if (!integrate_all(path_, g_, curve_)) return false;
            const double slope = slope_along(path_.knots, curve_, way);
            if (!(slope > 0.0)) return false;
            if (i > 0) curvature_ = (slope - slope_before) / moved;
            slope_before = slope;
            moved = step(excess(), slope, curvature_);
            lambda_ += moved;
            if (!(std::abs(excess()) <= settled)) continue;
            line_.place(lambda_, u_, g_, held_);
            return true;
        }
        return false;
    }

    const SmoothPathTable& path_;
    double inverse_target_, scale_;
    Line line_;
    Row g_, held_, first_, u_, gradient_;
    LogCurve curve_;
    double lambda_ = 0.0, curvature_ = 0.0;
};

bool meet_mean(const SmoothPathTable& path, double target, GivenQuantiles& given) {
    MeanSearch search(path, target, given);
    if (!search.run()) return false;
    given.g = search.knots();
    return true;
}

void make_increasing(const SmoothPathTable& path, GivenQuantiles& given) {
    Row g{given.g};
    pad(path.knots.n_segments, g);
    if (is_increasing(path.knots.n_segments, g, given.least)) return;
    hold_back(path, given.least, g);
    given.g = g.at;
}

double slope_ratio(const SmoothPathTable& path, const KnotArray& knots) {
    const std::size_t n = path.knots.n_segments;
    Row g{knots}, gradient, u;
    LogCurve curve;
    pad(n, g);
    integrate_some(path, g, curve);
    set_gradient(path.knots, curve, gradient);
    pull_direction(path, gradient, path.typical_scale, u);
    return slope_along(path.knots, curve, u) / moments(gradient, u, n).slope;
}

/// Logs of the facts over the reference.
WAGEFIT_INLINE void set_logs(std::span<const double> wages, double reference, Row& logs) {
    const std::size_t n = wages.size();
    for (std::size_t k = 0; k < whole_blocks(n); ++k) logs[k] = k < n ? wages[k] / reference : 1.0;
    for_lanes(n, [&](std::size_t k) { store(&logs[k], elementary::log(load(logs, k))); });
}

/// Least increments: a part of the chord's between facts, of the scale's beyond them.
WAGEFIT_INLINE void set_least(const SmoothPathTable& path, const Row& logs, GivenQuantiles& given) {
    const KnotTable& table = path.knots;
    const std::vector<std::size_t>& facts = path.facts;
    const auto set = [&](std::size_t from, std::size_t to, double slope) {
        for (std::size_t i = from; i < to; ++i) given.least[i] = least_increment * slope * table.step[i];
    };
    set(0, facts.front(), given.scale);
    for (std::size_t k = 1; k < facts.size(); ++k)
        set(facts[k - 1], facts[k], (logs[k] - logs[k - 1]) * path.inverse_run[k - 1]);
    set(facts.back(), table.n_segments, given.scale);
    for (std::size_t i = table.n_segments; i < whole_blocks(table.n_segments); ++i) given.least[i] = 0.0;
}

/// The prior mean `shape` at the scale, moved by the facts' deviations from it.
WAGEFIT_INLINE void set_conditional(const SmoothPathTable& path, const KnotArray& shape, const Row& logs, double mean_log,
                                    GivenQuantiles& given) {
    const std::size_t n = path.knots.n_segments, n_facts = path.facts.size();
    const double feature = std::clamp(elementary::log(given.scale / path.typical_scale), -1.0, 1.0);
    Row base, deviation;
    for_lanes(n + 1, [&](std::size_t i) {
        store(&base[i], given.scale * (loaded<Lanes>(&shape[i]) + feature * loaded<Lanes>(&path.base_by_scale[i])));
    });
    double level = mean_log;
    for (const std::size_t fact : path.facts) level -= base[fact] / static_cast<double>(n_facts);
    for (std::size_t k = 0; k < n_facts; ++k) deviation[k] = logs[k] - (base[path.facts[k]] + level);
    for_lanes(n + 1, [&](std::size_t i) {
        Lanes sum = load(base, i) + level;
        for (std::size_t k = 0; k < n_facts; ++k) sum += loaded<Lanes>(&path.kriging[k][i]) * deviation[k];
        store(&given.g[i], sum);
    });
    for (std::size_t k = 0; k < n_facts; ++k) given.g[path.facts[k]] = logs[k];
}

/// Conditions the prior with mean `shape` on the facts' wages.
WAGEFIT_INLINE void condition_around(const SmoothPathTable& path, const KnotArray& shape, std::span<const double> wages,
                                     GivenQuantiles& given) {
    const std::size_t n_facts = path.facts.size();
    given.reference = wages[n_facts / 2];
    Row logs;
    set_logs(wages, given.reference, logs);
    double mean = 0.0, slope = 0.0;
    for (std::size_t k = 0; k < n_facts; ++k) {
        mean += logs[k] / static_cast<double>(n_facts);
        slope += path.line[k] * logs[k];
    }
    given.scale = std::max(slope, least_scale);
    set_conditional(path, shape, logs, mean, given);
    set_least(path, logs, given);
}

void condition(const SmoothPathTable& path, std::span<const double> wages, GivenQuantiles& given) {
    condition_around(path, path.base, wages, given);
}

void condition_alone(const SmoothPathTable& path, std::span<const double> wages, GivenQuantiles& given) {
    condition_around(path, path.base_alone, wages, given);
}

void wages(const SmoothPathTable& path, const GivenQuantiles& given, std::span<const double> facts, double* knots) {
    const std::size_t n = path.knots.n_segments + 1;
    Row out;
    for (std::size_t i = 0; i < n; i += lane_count)
        store(&out[i], given.reference * elementary::exp(loaded<Lanes>(&given.g[i])));
    std::copy_n(out.at.begin(), n, knots);
    for (std::size_t k = 0; k < facts.size(); ++k) knots[path.facts[k]] = facts[k];
}

}  // namespace

const SmoothPathKernels WAGEFIT_OF_THIS_SET(smooth_path_kernels){
    &condition, &condition_alone, &make_increasing, &meet_mean, &wages, &slope_ratio};

}  // namespace wagefit
