#pragma once

#include <vector>

#include "wagefit/distributions/distribution.hpp"
#include "wagefit/numerics/interruption.hpp"

namespace wagefit {

/// Sum of weights times f(wage, log wage), nodes without weight left out.
template <class Function>
double expectation(const ExpectationNodes& nodes, const Function& f) {
    double total = 0.0;
    for (std::size_t i = 0; i < nodes.value.size(); ++i)
        if (nodes.weight[i] > 0.0) total += nodes.weight[i] * f(nodes.value[i], nodes.log_value[i]);
    return total;
}

/// The people of a distribution, to take several expectations over. Those of a mixture are summed part by part, since
/// the nodes of thousands of parts would not fit into memory; only a distribution that is no mixture keeps its nodes.
class People {
public:
    explicit People(const Distribution& d) : parts_(d.parts()) {
        if (parts_.empty()) nodes_ = d.nodes();
    }

    /// E f(X, log X).
    template <class Function>
    [[nodiscard]] double expectation(const Function& f) const {
        double total = parts_.empty() ? wagefit::expectation(nodes_, f) : 0.0;
        for (const MixturePart& part : parts_) {
            interruption_point();
            total += part.weight * wagefit::expectation(part.distribution->nodes(), f);
        }
        return total;
    }

private:
    std::vector<MixturePart> parts_;
    ExpectationNodes nodes_;
};

/// The part's share of all pay of a mixture of that mean.
[[nodiscard]] double share_of_pay(const MixturePart& part, double mean);

/// E[X f(X, log X)] / E[X], `mean` = E[X] finite; part by part like that over people.
template <class Function>
double pay_expectation(const Distribution& d, double mean, const Function& f) {
    const std::vector<MixturePart> parts = d.parts();
    if (parts.empty()) return expectation(d.pay_nodes(), f);
    double total = 0.0;
    for (const MixturePart& part : parts) {
        interruption_point();
        if (const double share = share_of_pay(part, mean); share > 0.0)
            total += share * expectation(part.distribution->pay_nodes(), f);
    }
    return total;
}

/// E[(X / mean)^k], `mean` finite; infinity only where it is, however large or small wages are.
[[nodiscard]] double relative_moment(const Distribution& d, double mean, double k);

}  // namespace wagefit
