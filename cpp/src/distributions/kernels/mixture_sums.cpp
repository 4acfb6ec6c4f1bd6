// Compiled once for each instruction set; see cpp/cmake/Kernels.cmake.
#include "distributions/kernels/mixture_sums.hpp"

#include "distributions/rational_shape.hpp"
#include "numerics/constants.hpp"

namespace wagefit {
namespace {

constexpr std::size_t curves_per_block = 64;  // curves whose pieces are gathered at a time
constexpr std::size_t partial = 8;            // sums that are kept apart: their order depends on no instruction set

/// The pieces that hold a wage in the curves of a block, field by field.
struct Gathered {
    double wage[curves_per_block], rise[curves_per_block], inverse_rise[curves_per_block], z0[curves_per_block],
        z1[curves_per_block], a[curves_per_block], b[curves_per_block], middle[curves_per_block];
    double roughness[curves_per_block];
};

/// Weighted terms of the sums.
struct Terms {
    double probability[curves_per_block], slope[curves_per_block], bend[curves_per_block], roughness[curves_per_block];
};

/// What is least over the curves.
struct Least {
    Lanes score, minus_score, minus_roughness, below, above;
};

/// Knots of the curves c to c + lane_count that are not above `x`.
WAGEFIT_INLINE Lanes knots_below(const CurvePieces& pieces, std::size_t c, Lanes x) {
    Lanes count = every<Lanes>(0.0);
    const Lanes one = every<Lanes>(1.0), none = every<Lanes>(0.0);
    const double* const knots = pieces.knots + c;
    for (std::size_t k = 0; k < pieces.n_knots; ++k)
        count += loaded<Lanes>(knots + k * pieces.n_curves) <= x ? one : none;
    return count;
}

/// Copies the pieces of `n` curves from `c` on that hold `x`.
void gather(const CurvePieces& pieces, std::size_t c, std::size_t n, double x, Gathered& to) {
    double count[curves_per_block];
    for (std::size_t j = 0; j < n; j += lane_count) store(count + j, knots_below(pieces, c + j, every<Lanes>(x)));
    for (std::size_t j = 0; j < n; ++j) {
        const CurvePiece& piece = pieces.pieces[pieces.first[c + j] + static_cast<std::size_t>(count[j])];
        to.wage[j] = piece.wage;
        to.rise[j] = piece.rise;
        to.inverse_rise[j] = piece.inverse_rise;
        to.z0[j] = piece.z0;
        to.z1[j] = piece.z1;
        to.a[j] = piece.a;
        to.b[j] = piece.b;
        to.middle[j] = piece.middle;
        to.roughness[j] = piece.roughness;
    }
}

/// Distances in log wage to the knots at the ends of a piece.
WAGEFIT_INLINE void keep_room(Lanes y, Lanes rise, Lanes middle, Least& least) {
    const Lanes none = every<Lanes>(infinity);
    const Lanes beyond = middle < 0.0 ? none : rise - y;
    least.below = smaller(least.below, y < 0.0 ? none : y);
    least.above = smaller(least.above, y < 0.0 ? -y : beyond);
}

/// First and second derivative of z by log wage.
struct Derivatives {
    Lanes first, second;
};

WAGEFIT_INLINE Derivatives derivatives(rational_shape::Place<Lanes> at, Lanes a, Lanes b, Lanes step, Lanes per_rise) {
    const Lanes t = at.t, s = at.s, ts = t * s, tilt = s - t;
    const Lanes denominator = (t * t + s * s) + (a + b) * ts, numerator = (b * t) * t + 2.0 * ts + (a * s) * s;
    const Lanes numerator1 = 2.0 * (b * t + tilt - a * s), denominator1 = ((a + b) - 2.0) * tilt;
    const Lanes inverse = 1.0 / (numerator * denominator);
    const Lanes run = ((denominator * denominator) * denominator) * inverse * per_rise;
    const Lanes bend = inverse * (numerator1 * denominator - 2.0 * (denominator1 * numerator));
    return {step * run, -(step * run) * run * bend};
}

/// Where a wage lies in its pieces. The rounding of x / wage moves z no more than half an ulp of the wage would.
struct Found {
    Lanes z;
    rational_shape::Place<Lanes> at;  // in tails the middle
};

WAGEFIT_INLINE Found find(const Gathered& from, std::size_t j, Lanes x, Least& least) {
    const auto rise = loaded<Lanes>(from.rise + j), per_rise = loaded<Lanes>(from.inverse_rise + j);
    const auto middle = loaded<Lanes>(from.middle + j), zero = every<Lanes>(0.0), half = every<Lanes>(0.5);
    const auto z0 = loaded<Lanes>(from.z0 + j), z1 = loaded<Lanes>(from.z1 + j);
    const Lanes free = elementary::log(x / loaded<Lanes>(from.wage + j)), reached = smaller(free, rise);
    const Lanes y = middle < 0.0 ? free : reached > 0.0 ? reached : zero;
    keep_room(y, rise, middle, least);
    const Lanes w = y * per_rise, v = (rise - y) * per_rise;
    const auto at = rational_shape::inverse(w, v, loaded<Lanes>(from.a + j), loaded<Lanes>(from.b + j), middle);
    const Lanes z = middle < 0.0 ? z0 + w : rational_shape::between(at, z0, z1);
    least.score = smaller(least.score, z);
    least.minus_score = smaller(least.minus_score, -z);
    return {z, {middle < 0.0 ? half : at.t, middle < 0.0 ? half : at.s}};
}

WAGEFIT_INLINE void add(const Gathered& from, const double* weights, std::size_t j, double x, double side, Terms& terms,
                        Least& least) {
    const auto [z, at] = find(from, j, every<Lanes>(x), least);
    const Lanes step = loaded<Lanes>(from.z1 + j) - loaded<Lanes>(from.z0 + j);
    const Derivatives of_z = derivatives(at, loaded<Lanes>(from.a + j), loaded<Lanes>(from.b + j), step,
                                         loaded<Lanes>(from.inverse_rise + j));
    const Lanes phi = elementary::normal_pdf(z), weight = loaded<Lanes>(weights + j), mass = weight * phi;
    const Lanes slope = mass * of_z.first, roughness = loaded<Lanes>(from.roughness + j) * (1.0 + z * z);
    least.minus_roughness = smaller(least.minus_roughness, -roughness);
    store(terms.probability + j, weight * elementary::normal_cdf(side * z, phi));
    store(terms.slope + j, slope);
    store(terms.bend + j, mass * (of_z.second - z * (of_z.first * of_z.first)));
    store(terms.roughness + j, slope * roughness);
}

WAGEFIT_INLINE void accumulate(const double* terms, std::size_t n, double* sums) {
    for (std::size_t j = 0; j < n; j += partial)
        for (std::size_t i = 0; i < partial; ++i) sums[i] += terms[j + i];
}

WAGEFIT_INLINE double lane_totals(const double* sums) {
    return ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
}

WAGEFIT_INLINE double least_of(Lanes values) {
    double parts[lane_count], least = infinity;
    store(parts, values);
    for (const double part : parts) least = part < least ? part : least;
    return least;
}

void mixture_sums(const CurvePieces& pieces, double x, double side, MixtureSums& out) {
    const auto none = every<Lanes>(infinity);
    double probability[partial]{}, slope[partial]{}, bend[partial]{}, roughness[partial]{};
    Least least{none, none, none, none, none};
    Gathered gathered;
    Terms terms;
    for (std::size_t c = 0; c < pieces.n_curves; c += curves_per_block) {
        const std::size_t n = pieces.n_curves - c < curves_per_block ? pieces.n_curves - c : curves_per_block;
        gather(pieces, c, n, x, gathered);
        for (std::size_t j = 0; j < n; j += lane_count) add(gathered, pieces.weight + c, j, x, side, terms, least);
        accumulate(terms.probability, n, probability);
        accumulate(terms.slope, n, slope);
        accumulate(terms.bend, n, bend);
        accumulate(terms.roughness, n, roughness);
    }
    out.probability = lane_totals(probability);
    out.slope = lane_totals(slope);
    out.bend = lane_totals(bend);
    out.roughness = lane_totals(roughness);
    out.roughest = -least_of(least.minus_roughness);
    out.lowest = least_of(least.score);
    out.highest = -least_of(least.minus_score);
    out.below = least_of(least.below);
    out.above = least_of(least.above);
}

constexpr MixtureKernels mixture_kernels{&mixture_sums};

}  // namespace

const MixtureKernels MixtureKernels::WAGEFIT_INSTRUCTION_SET = mixture_kernels;

}  // namespace wagefit
