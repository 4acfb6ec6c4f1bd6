#include "wagefit/factors/workforce.hpp"

namespace wagefit {

DiscreteRule effect_law(const Factor& factor, const std::vector<double>& effects) {
    const auto n = std::ssize(factor.levels);
    Eigen::ArrayXd shares(n);
    for (Eigen::Index i = 0; i < n; ++i) shares[i] = factor.levels[static_cast<std::size_t>(i)].share;
    return gauss_rule(Eigen::Map<const Eigen::ArrayXd>(effects.data(), n), shares / shares.sum(), n);
}

DiscreteRule sum_of(const DiscreteRule& a, const DiscreteRule& b, Eigen::Index nodes) {
    const Eigen::Index m = a.points.size(), n = b.points.size();
    const Eigen::ArrayXXd points = a.points.replicate(1, n) + b.points.transpose().replicate(m, 1);
    const Eigen::ArrayXXd weights = (a.weights.matrix() * b.weights.matrix().transpose()).array();
    return gauss_rule(points.reshaped(), weights.reshaped(), nodes);
}

WorkforceSums workforce_sums(const std::vector<DiscreteRule>& laws, Eigen::Index nodes) {
    const std::size_t n = laws.size();
    const DiscreteRule nothing{Eigen::ArrayXd::Zero(1), Eigen::ArrayXd::Ones(1)};
    std::vector<DiscreteRule> before(n + 1, nothing), after(n + 1, nothing);
    for (std::size_t i = 0; i < n; ++i) before[i + 1] = sum_of(before[i], laws[i], nodes);
    for (std::size_t i = n; i > 0; --i) after[i - 1] = sum_of(laws[i - 1], after[i], nodes);
    WorkforceSums sums{before[n], {}};
    for (std::size_t i = 0; i < n; ++i) sums.others.push_back(sum_of(before[i], after[i + 1], nodes));
    return sums;
}

}  // namespace wagefit
