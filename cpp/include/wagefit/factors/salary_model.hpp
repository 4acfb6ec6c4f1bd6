#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "wagefit/distributions/distribution.hpp"
#include "wagefit/factors/calibration.hpp"
#include "wagefit/factors/choice.hpp"
#include "wagefit/factors/factor.hpp"
#include "wagefit/factors/interaction.hpp"
#include "wagefit/factors/normal_mixture.hpp"
#include "wagefit/factors/transport.hpp"

namespace wagefit {

/// One person's levels by factor name. A factor left out is unknown and averaged over the workforce.
using Profile = std::map<std::string, Choice>;

/// What one factor, or an interaction of two, adds to mean pay.
struct ExplanationPart {
    std::string factor;  ///< of an interaction "first x second"
    Standing standing;
    double ratio;                        ///< of the person's mean pay to the baseline's, this factor alone
    std::optional<double> ratio_error;   ///< standard error; none where the source gives none
    double amount;                       ///< Shapley value, in the anchor's unit
    std::optional<double> amount_error;  ///< by the delta method over all ratios with a known error
};

/// baseline + sum of the parts' amounts + transport = total.
struct Explanation {
    double baseline;  ///< mean pay of the baseline
    std::vector<ExplanationPart> parts;
    double transport;  ///< what rank-preserving transport to the anchor takes off or adds to the product of ratios
    double total;      ///< the person's mean pay
};

/// Pay as a product of factors, calibrated so that the workforce has exactly the anchor's distribution.
class SalaryModel {
public:
    /// `factors` with distinct names, each valid (see validate) and in at most one of the `interactions`. FactError,
    /// InfeasibleError or ConvergenceError.
    SalaryModel(DistributionPtr anchor, std::vector<Factor> factors, std::vector<Interaction> interactions = {},
                const CalibrationOptions& options = {});

    [[nodiscard]] const DistributionPtr& anchor() const noexcept { return anchor_; }
    [[nodiscard]] const std::vector<Factor>& factors() const noexcept { return factors_; }
    [[nodiscard]] const std::vector<Interaction>& interactions() const noexcept { return interactions_; }

    /// Effects by factor in their order, those of an interaction's factors together at the place of its first.
    [[nodiscard]] const Calibration& calibration() const noexcept { return calibration_; }

    /// Pay of a person, or of everyone who shares the profile's known levels.
    [[nodiscard]] DistributionPtr pay(const Profile& profile) const;

    /// Pay of the whole workforce: the mixture of the persons at the factor sum's nodes.
    [[nodiscard]] DistributionPtr population() const;

    /// The person's mean pay against the baseline profile's; an empty baseline is the whole workforce.
    [[nodiscard]] Explanation explain(const Profile& person, const Profile& baseline = {}) const;

    /// This model with `share` of the workforce at one level, the factor's other levels in unchanged proportions.
    [[nodiscard]] SalaryModel with_share(const std::string& factor, const std::string& level, double share) const;

    /// How the profile stands on each factor; FactError for an unknown factor or level or a negative amount.
    [[nodiscard]] std::vector<Standing> standings(const Profile& profile) const;

private:
    SalaryModel(DistributionPtr anchor, std::vector<Factor> factors, std::vector<Interaction> interactions,
                const CalibrationOptions& options, Effects start);

    /// What is calibrated as one: a factor, or the two factors of an interaction.
    struct Block {
        std::vector<std::size_t> factors;        ///< one or two positions
        std::optional<std::size_t> interaction;  ///< its position
    };
    void make_blocks();

    [[nodiscard]] const Factor& first(const Block& block) const { return factors_[block.factors.front()]; }
    [[nodiscard]] const Factor& second(const Block& block) const { return factors_[block.factors.back()]; }
    [[nodiscard]] std::optional<Choice> choice(const Profile& profile, std::size_t factor) const;
    [[nodiscard]] double effect_with_ratio(std::size_t block, double relative_ratio) const;
    [[nodiscard]] double effect(std::size_t block, const Choice& choice) const;
    [[nodiscard]] double effect(std::size_t block, const Choice& a, const Choice& b) const;
    [[nodiscard]] DiscreteRule law(std::size_t block, const Profile& profile) const;
    [[nodiscard]] NormalMixture index(const Profile& profile) const;
    [[nodiscard]] ExplanationPart part(std::size_t factor, const Profile& person, const Profile& baseline) const;
    [[nodiscard]] ExplanationPart joint_part(std::size_t block, const Profile& person, const Profile& baseline) const;
    [[nodiscard]] double joint_excess(std::size_t block, const Profile& profile) const;

    DistributionPtr anchor_;
    std::vector<Factor> factors_;
    std::vector<Interaction> interactions_;
    std::vector<Block> blocks_;
    std::vector<Factor> calibrated_;  ///< one a block
    CalibrationOptions options_;
    Calibration calibration_;
    std::vector<DiscreteRule> laws_;    ///< one a block
    std::vector<DiscreteRule> others_;  ///< one a block
    TransportPtr transport_;
};

}  // namespace wagefit
