#include <pybind11/native_enum.h>
#include <pybind11/stl.h>

#include <limits>

#include "arrays.hpp"
#include "bindings.hpp"
#include "wagefit/factors/salary_model.hpp"
#include "wagefit/factors/transported.hpp"

namespace wagefit::bindings {
namespace {

using unlocked = py::call_guard<py::gil_scoped_release>;

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
    const py::gil_scoped_release released;
    return SalaryModel(std::move(anchor), std::move(factors), std::move(made));
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
        .def_property_readonly("levels",
                               [](const Factor& factor) {
                                   std::vector<std::tuple<std::string, double, double>> out;
                                   for (const Level& level : factor.levels)
                                       out.emplace_back(level.name, level.ratio, level.share);
                                   return out;
                               })
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
        .def("pay", &SalaryModel::pay, py::arg("profile"), unlocked())
        .def("population", &SalaryModel::population, unlocked())
        .def("explain", &SalaryModel::explain, py::arg("person"), py::arg("baseline"), unlocked())
        .def("with_share", &SalaryModel::with_share, py::arg("factor"), py::arg("level"), py::arg("share"), unlocked())
        .def("standings", &SalaryModel::standings, py::arg("profile"));
}

using MixtureState = std::tuple<std::vector<double>, std::vector<double>, double>;
using TransportedState = std::tuple<DistributionPtr, MixtureState, MixtureState>;

MixtureState state_of(const NormalMixture& mixture) {
    const auto& [means, weights] = mixture.components();
    return {{means.begin(), means.end()}, {weights.begin(), weights.end()}, mixture.spread()};
}

NormalMixture mixture_from(const MixtureState& state) {
    const auto& [means, weights, spread] = state;
    const auto array = [](const std::vector<double>& values) {
        return Eigen::ArrayXd(Eigen::Map<const Eigen::ArrayXd>(values.data(), std::ssize(values)));
    };
    return {DiscreteRule{array(means), array(weights)}, spread};
}

void bind_transported(py::module_& m) {
    py::classh<Transported, Distribution>(m, "Transported", "Pay of a person ranked among a workforce.")
        .def("with_anchor", &Transported::with_anchor, py::arg("anchor"), unlocked())
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

}  // namespace

void bind_factors(py::module_& m) {
    bind_factor(m);
    bind_explanation(m);
    bind_calibration(m);
    bind_transported(m);
    bind_salary_model(m);
}

}  // namespace wagefit::bindings
