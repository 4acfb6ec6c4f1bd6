#include <pybind11/native_enum.h>
#include <pybind11/stl.h>

#include <limits>

#include "arrays.hpp"
#include "bindings.hpp"
#include "unlocked.hpp"
#include "wagefit/factors/concave_fit.hpp"
#include "wagefit/factors/pooling.hpp"
#include "wagefit/factors/salary_model.hpp"
#include "wagefit/factors/transported.hpp"

namespace wagefit::bindings {
namespace {

/// A level or knot as Python gives it: an unknown error is None there and NaN in the core.
double error_from(std::optional<double> error) { return error.value_or(std::numeric_limits<double>::quiet_NaN()); }

using LevelTuple = std::tuple<std::string, double, std::optional<double>, double>;
using KnotTuple = std::tuple<double, double, std::optional<double>>;

Factor categorical_factor(const std::string& name, const std::vector<LevelTuple>& levels, RatioErrors errors) {
    Factor factor{name, {}, errors};
    for (const auto& [level, ratio, error, share] : levels)
        factor.levels.push_back({level, ratio, error_from(error), share});
    return factor;
}

Factor continuous_factor_from(const std::string& name, const std::vector<KnotTuple>& knots,
                              const std::vector<std::pair<double, double>>& shares, AmountScale scale) {
    std::vector<RatioKnot> ratios;
    for (const auto& [at, ratio, error] : knots) ratios.push_back({at, ratio, error_from(error)});
    std::vector<AmountShare> amounts;
    for (const auto& [at, share] : shares) amounts.push_back({at, share});
    return continuous_factor(name, RatioCurve(std::move(ratios), scale), amounts);
}

using InteractionTuple = std::tuple<std::string, std::string, Array, Array, Array>;

/// Ratios, errors and shares are arrays of shape (levels of the first, levels of the second); shares may be (0, 0).
Eigen::MatrixXd matrix_from(const Array& values) {
    using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    return Eigen::Map<const Rows>(values.data(), values.shape(0), values.shape(1));
}

SalaryModel model_from(DistributionPtr anchor, std::vector<Factor> factors,
                       const std::vector<InteractionTuple>& interactions) {
    std::vector<Interaction> made;
    for (const auto& [first, second, ratio, error, share] : interactions)
        made.push_back({first, second, matrix_from(ratio), matrix_from(error), matrix_from(share)});
    const WithoutLock released;
    return SalaryModel(std::move(anchor), std::move(factors), std::move(made));
}

std::vector<std::tuple<std::string, double, double>> levels_of(const Factor& factor) {
    std::vector<std::tuple<std::string, double, double>> out;
    for (const Level& level : factor.levels) out.emplace_back(level.name, level.ratio, level.share);
    return out;
}

void bind_factor(py::module_& m) {
    py::native_enum<RatioErrors>(m, "RatioErrors", "enum.Enum")
        .value("independent", RatioErrors::independent)
        .value("common", RatioErrors::common)
        .finalize();
    py::classh<Factor>(m, "Factor", "A named dimension of pay with ratios and shares by level.")
        .def_readonly("name", &Factor::name)
        .def_property_readonly("mean_ratio", &mean_ratio)
        .def("validate", [](const Factor& factor) { validate(factor); })
        .def_property_readonly("levels", &levels_of)
        .def("ratio_at", [](const Factor& factor, double at) { return factor.curve.value().ratio(at); }, py::arg("at"));
    m.def("categorical_factor", &categorical_factor, py::arg("name"), py::arg("levels"), py::arg("errors"));
    py::native_enum<AmountScale>(m, "AmountScale", "enum.Enum")
        .value("linear", AmountScale::linear)
        .value("logarithmic", AmountScale::logarithmic)
        .finalize();
    m.def("continuous_factor", &continuous_factor_from, py::arg("name"), py::arg("knots"), py::arg("shares"),
          py::arg("scale"));
}

void bind_explanation(py::module_& m) {
    py::native_enum<Standing>(m, "Standing", "enum.Enum")
        .value("known", Standing::known)
        .value("unknown", Standing::unknown)
        .value("extrapolated", Standing::extrapolated)
        .finalize();
    py::classh<ExplanationPart>(m, "ExplanationPart", "What one factor adds to mean pay.")
        .def_readonly("factor", &ExplanationPart::factor)
        .def_readonly("standing", &ExplanationPart::standing)
        .def_readonly("ratio", &ExplanationPart::ratio)
        .def_readonly("ratio_error", &ExplanationPart::ratio_error)
        .def_readonly("amount", &ExplanationPart::amount)
        .def_readonly("amount_error", &ExplanationPart::amount_error);
    py::classh<Explanation>(m, "Explanation", "baseline + sum of the parts' amounts + transport = total.")
        .def_readonly("baseline", &Explanation::baseline)
        .def_readonly("parts", &Explanation::parts)
        .def_readonly("transport", &Explanation::transport)
        .def_readonly("total", &Explanation::total);
}

void bind_calibration(py::module_& m) {
    py::classh<Calibration>(m, "Calibration", "Effects under which every level has its published mean pay.")
        .def_readonly("effects", &Calibration::effects)
        .def_readonly("residual_spread", &Calibration::residual_spread)
        .def_readonly("anchor_log_variance", &Calibration::anchor_log_variance)
        .def_readonly("factor_log_variance", &Calibration::factor_log_variance)
        .def_readonly("rounds", &Calibration::rounds)
        .def_readonly("margin_error", &Calibration::margin_error);
}

void bind_salary_model(py::module_& m) {
    py::classh<SalaryModel>(m, "SalaryModel", "Pay as a product of factors, calibrated to the anchor.")
        .def(py::init(&model_from), py::arg("anchor"), py::arg("factors"), py::arg("interactions"))
        .def_property_readonly("factors", &SalaryModel::factors)
        .def_property_readonly("calibration", &SalaryModel::calibration)
        .def("pay", &SalaryModel::pay, py::arg("profile"), Unlocked())
        .def("population", &SalaryModel::population, Unlocked())
        .def("explain", &SalaryModel::explain, py::arg("person"), py::arg("baseline"), Unlocked())
        .def("with_share", &SalaryModel::with_share, py::arg("factor"), py::arg("level"), py::arg("share"), Unlocked())
        .def("standings", &SalaryModel::standings, py::arg("profile"));
}

using MixtureState = std::tuple<Array, Array, double>;  // means, weights, spread
using TransportedState = std::tuple<DistributionPtr, MixtureState, MixtureState>;

MixtureState state_of(const NormalMixture& mixture) {
    const auto& [means, weights] = mixture.components();
    return {to_array(means), to_array(weights), mixture.spread()};
}

NormalMixture mixture_from(const MixtureState& state) {
    const auto& [means, weights, spread] = state;
    return {DiscreteRule{to_eigen(means), to_eigen(weights)}, spread};
}

void bind_transported(py::module_& m) {
    py::classh<Transported, Distribution>(m, "Transported", "Pay of a person ranked among a workforce.")
        .def("with_anchor", &Transported::with_anchor, py::arg("anchor"), Unlocked())
        .def(py::pickle(
            [](const Transported& d) {
                const Transport& transport = d.transport();
                return TransportedState(transport.anchor(), state_of(transport.workforce()), state_of(d.person()));
            },
            [](const TransportedState& state) {
                const auto& [anchor, workforce, person] = state;
                return std::make_shared<Transported>(std::make_shared<const Transport>(anchor, mixture_from(workforce)),
                                                     mixture_from(person));
            }));
}

std::vector<Reading> readings_from(const Array& effects, const Array& errors) {
    std::vector<Reading> readings;
    const auto effect = view(effects), error = view(errors);
    for (std::size_t i = 0; i < effect.size(); ++i) readings.push_back({effect[i], error[i]});
    return readings;
}

PooledPosterior pooled_posterior(const Array& effects, const Array& errors, double prior_scale) {
    return PooledPosterior(readings_from(effects, errors), prior_scale);
}

Pooled pooled(const Array& effects, const Array& errors) { return pool_by_reml(readings_from(effects, errors)); }

void bind_pooling(py::module_& m) {
    py::classh<Pooled>(m, "Pooled", "What several sources say together, by the random-effects model.")
        .def_readonly("effect", &Pooled::effect)
        .def_readonly("error", &Pooled::error)
        .def_readonly("degrees_of_freedom", &Pooled::degrees_of_freedom)
        .def_readonly("tau_squared", &Pooled::tau_squared)
        .def_readonly("q", &Pooled::q)
        .def_readonly("q_p_value", &Pooled::q_p_value)
        .def_readonly("i_squared", &Pooled::i_squared)
        .def_readonly("weights", &Pooled::weights);
    py::classh<PooledPosterior>(m, "PooledPosterior", "Posterior of a pooled effect under a half-normal prior of tau.")
        .def(py::init(&pooled_posterior), py::arg("effects"), py::arg("errors"), py::arg("prior_scale"))
        .def_property_readonly("summary", &PooledPosterior::summary)
        .def("cdf", &PooledPosterior::cdf, py::arg("x"))
        .def("quantile", &PooledPosterior::quantile, py::arg("p"));
    m.def("pool_by_reml", &pooled, py::arg("effects"), py::arg("errors"));
    m.def("student_quantile", &student_quantile, py::arg("p"), py::arg("degrees_of_freedom"));
}

Array concave(const Array& x, const Array& y, const Array& weights) {
    return to_array(fit_concave(to_eigen(x), to_eigen(y), to_eigen(weights)));
}

}  // namespace

void bind_factors(py::module_& m) {
    bind_factor(m);
    bind_explanation(m);
    bind_calibration(m);
    bind_transported(m);
    bind_salary_model(m);
    bind_pooling(m);
    m.def("fit_concave", &concave, py::arg("x"), py::arg("y"), py::arg("weights"));
}

}  // namespace wagefit::bindings
