#include "wagefit/careers/career_simulation.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>

#include "numerics/constants.hpp"
#include "numerics/parallel.hpp"
#include "wagefit/errors.hpp"
#include "wagefit/numerics/interruption.hpp"

namespace wagefit {
namespace {

/// Random numbers of one career: two a year, so that a longer career begins like a shorter one.
constexpr std::uint64_t draws_per_career = 2 * (longest_career + 1);

/// Careers whose sums are added first; sums of blocks are then added in order, the same for any number of threads.
constexpr std::size_t block_size = 1024;

void validate(const CareerOptions& options) {
    if (options.careers == 0) throw FactError("n is 0; expected at least 1 career");
    if (options.years == 0 || options.years > longest_career)
        throw FactError("years is " + std::to_string(options.years) + "; expected 1 to " +
                        std::to_string(longest_career));
    if (!std::isfinite(options.log_discount)) throw FactError("discount: expected a finite number above -1");
}

/// A uniform draw in [0, 1) of 53 bits.
double uniform(StreamKey key, std::uint64_t index) {
    return static_cast<double>(random_bits(key, index) >> 11) * 0x1p-53;
}

/// A plan with its transitions by role, in their order.
struct Rules {
    const CareerPlan& plan;
    std::vector<std::vector<Transition>> from;

    explicit Rules(const CareerPlan& of) : plan(of), from(of.roles.size()) {
        for (const Transition& move : of.transitions) from[move.from].push_back(move);
    }
};

/// One person's career: a state that goes on year by year.
class Walk {
public:
    Walk(const Rules& rules, StreamKey key, std::size_t career)
        : rules_(rules),
          plan_(rules.plan),
          key_(key),
          next_draw_(career * draws_per_career),
          role_(plan_.start_role),
          experience_(plan_.start_experience),
          score_(std::isnan(plan_.start_score) ? random_normal(key, next_draw_) : plan_.start_score) {
        next_draw_ += 2;
    }

    [[nodiscard]] std::size_t role() const noexcept { return role_; }
    [[nodiscard]] bool is_paid() const noexcept { return plan_.roles[role_].is_paid(); }

    [[nodiscard]] double log_pay() const noexcept {
        const RolePay::Table& table = plan_.roles[role_].log_wage;
        const Eigen::Index row = std::min<Eigen::Index>(experience_, table.rows() - 1);
        const double last = static_cast<double>(table.cols() - 1);
        const double at = std::clamp((score_ - plan_.grid.first) / plan_.grid.step, 0.0, last);
        const Eigen::Index column = std::min(static_cast<Eigen::Index>(at), table.cols() - 2);
        const double part = at - static_cast<double>(column);
        const double here = table(row, column), after = table(row, column + 1);
        return here + part * (after - here) + plan_.log_growth * year_;
    }

    void go_on() noexcept {
        const std::size_t next = next_role(uniform(key_, next_draw_));
        const double r = next == role_ ? plan_.persistence : plan_.persistence_at_moves;
        if (r < 1.0) score_ = r * score_ + std::sqrt(1.0 - r * r) * random_normal(key_, next_draw_ + 1);
        experience_ += is_paid() ? 1 : 0;
        years_in_role_ = next == role_ ? years_in_role_ + 1 : 0;
        role_ = next;
        next_draw_ += 2;
        year_ += 1.0;
    }

private:
    [[nodiscard]] std::size_t next_role(double u) const noexcept {
        for (const Transition& move : rules_.from[role_]) {
            if (years_in_role_ + 1 < move.after_years) continue;
            if (u < move.chance) return move.to;
            u -= move.chance;
        }
        return role_;
    }

    const Rules& rules_;
    const CareerPlan& plan_;
    StreamKey key_;
    std::uint64_t next_draw_;
    std::size_t role_;
    int experience_;
    double score_;
    int years_in_role_ = 0;
    double year_ = 0.0;
};

/// Least and greatest log pay that a plan can lead to within some years.
std::pair<double, double> pay_range(const CareerPlan& plan, std::size_t years) {
    double lowest = infinity, highest = -lowest;
    for (const RolePay& role : plan.roles) {
        if (!role.is_paid()) continue;
        lowest = std::min(lowest, role.log_wage.minCoeff());
        highest = std::max(highest, role.log_wage.maxCoeff());
    }
    if (lowest > highest) return {0.0, 0.0};
    const double grown = plan.log_growth * static_cast<double>(years - 1);
    return {lowest + std::min(grown, 0.0), highest + std::max(grown, 0.0)};
}

CareerOutcome empty_outcome(const CareerPlan& plan, const CareerOptions& options) {
    const auto [lowest, highest] = pay_range(plan, options.years);
    const std::size_t roles = plan.roles.size();
    return {PayHistogram(lowest, highest, options.years),
            std::vector<double>(options.years, 0.0),
            std::vector(options.years, std::vector<std::uint64_t>(roles, 0)),
            std::vector<double>(options.careers, 0.0),
            std::vector<double>(options.careers, 0.0),
            std::vector<std::int16_t>(options.careers * roles, never)};
}

/// What one thread counts; sums of pay are kept block by block.
struct Tally {
    PayHistogram pay;
    std::vector<std::vector<std::uint64_t>> in_role;
};

void live(const Rules& rules, const CareerOptions& options, std::size_t career, CareerOutcome& outcome, Tally& tally,
          double* pay_by_year) {
    Walk walk(rules, options.key, career);
    std::int16_t* const first = outcome.first_year.data() + career * rules.from.size();
    for (std::size_t year = 0; year < options.years; ++year, walk.go_on()) {
        const std::size_t role = walk.role();
        ++tally.in_role[year][role];
        if (first[role] == never) first[role] = static_cast<std::int16_t>(year);
        if (!walk.is_paid()) continue;
        const double log_pay = walk.log_pay();
        const double pay = std::exp(log_pay);
        tally.pay.count(year, log_pay);
        pay_by_year[year] += pay;
        outcome.lifetime[career] += pay;
        outcome.discounted[career] +=
            options.log_discount == 0.0 ? pay : pay * std::exp(-options.log_discount * static_cast<double>(year));
    }
}

void add(CareerOutcome& outcome, const Tally& tally) {
    outcome.pay.add(tally.pay);
    for (std::size_t year = 0; year < tally.in_role.size(); ++year)
        for (std::size_t role = 0; role < tally.in_role[year].size(); ++role)
            outcome.in_role[year][role] += tally.in_role[year][role];
}

void set_means(CareerOutcome& outcome, const std::vector<double>& sums, std::size_t years) {
    for (std::size_t at = 0; at < sums.size(); ++at) outcome.mean_pay[at % years] += sums[at];
    for (std::size_t year = 0; year < years; ++year)
        outcome.mean_pay[year] /= static_cast<double>(outcome.pay.total(year));
}

}  // namespace

CareerOutcome simulate_careers(const CareerPlan& plan, const CareerOptions& options) {
    validate(plan);
    validate(options);
    CareerOutcome outcome = empty_outcome(plan, options);
    const Rules rules(plan);
    const Tally nothing{outcome.pay, outcome.in_role};
    const std::size_t blocks = (options.careers + block_size - 1) / block_size;
    std::vector<double> sums(blocks * options.years, 0.0);
    std::mutex adding;
    parallel_for(blocks, options.n_threads, [&](std::size_t begin, std::size_t end) {
        Tally tally = nothing;
        const std::size_t last = std::min(end * block_size, options.careers);
        for (std::size_t career = begin * block_size; career < last; ++career) {
            interruption_point();
            live(rules, options, career, outcome, tally, sums.data() + career / block_size * options.years);
        }
        const std::scoped_lock lock(adding);
        add(outcome, tally);
    });
    set_means(outcome, sums, options.years);
    return outcome;
}

CareerPaths career_paths(const CareerPlan& plan, const CareerOptions& options) {
    validate(plan);
    validate(options);
    const Rules rules(plan);
    const std::size_t size = options.careers * options.years;
    CareerPaths paths{std::vector<std::int16_t>(size), std::vector<double>(size, 0.0)};
    parallel_for(options.careers, options.n_threads, [&](std::size_t begin, std::size_t end) {
        for (std::size_t career = begin; career < end; ++career) {
            interruption_point();
            Walk walk(rules, options.key, career);
            for (std::size_t at = career * options.years; at < (career + 1) * options.years; ++at, walk.go_on()) {
                paths.role[at] = static_cast<std::int16_t>(walk.role());
                if (walk.is_paid()) paths.pay[at] = std::exp(walk.log_pay());
            }
        }
    });
    return paths;
}

}  // namespace wagefit
