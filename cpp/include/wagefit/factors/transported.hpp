#pragma once

#include "wagefit/distributions/distribution.hpp"
#include "wagefit/factors/normal_mixture.hpp"
#include "wagefit/factors/transport.hpp"

namespace wagefit {

/// Pay of a person or group whose index follows `person`, ranked among the workforce and paid what the anchor pays at
/// that rank: the workforce as a whole then has exactly the anchor's distribution.
class Transported final : public Distribution {
public:
    Transported(TransportPtr transport, NormalMixture person);

    [[nodiscard]] double value(double z) const override;
    [[nodiscard]] double score(double x) const override;
    [[nodiscard]] double score_left(double x) const override;
    [[nodiscard]] double log_pdf(double x) const override;
    [[nodiscard]] double partial_moment(double k, double z0, double z1) const override;
    [[nodiscard]] std::vector<double> breakpoints() const override;
    [[nodiscard]] ExpectationNodes nodes() const override;
    [[nodiscard]] double half_mean_difference() const override;
    [[nodiscard]] Support support() const override;
    [[nodiscard]] std::vector<Atom> atoms() const override;
    [[nodiscard]] DistributionPtr scaled(double k) const override;
    [[nodiscard]] std::string name() const override { return "transported"; }

    /// This person in this workforce, paid what another `anchor` pays at her rank.
    [[nodiscard]] DistributionPtr with_anchor(DistributionPtr anchor) const;

    [[nodiscard]] const Transport& transport() const noexcept { return *transport_; }
    [[nodiscard]] const NormalMixture& person() const noexcept { return person_; }

private:
    /// The person's normal score where the anchor's is `u`.
    [[nodiscard]] double person_score(double u) const;

    /// Whether all but rounding of the person's E[pay^k] lies on the transport's grid.
    [[nodiscard]] bool on_grid(double k) const;

    TransportPtr transport_;
    NormalMixture person_;
};

}  // namespace wagefit
