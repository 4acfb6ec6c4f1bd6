#include <pybind11/native_enum.h>
#include <pybind11/stl.h>

#include "arrays.hpp"
#include "bindings.hpp"
#include "unlocked.hpp"
#include "wagefit/estimation/cell_equation.hpp"
#include "wagefit/estimation/decomposition.hpp"
#include "wagefit/estimation/design.hpp"
#include "wagefit/estimation/factor_effects.hpp"
#include "wagefit/estimation/interval_regression.hpp"
#include "wagefit/estimation/least_squares.hpp"
#include "wagefit/estimation/quantile_regression.hpp"
#include "wagefit/estimation/recentered_influence.hpp"
#include "wagefit/estimation/wild_bootstrap.hpp"

namespace wagefit::bindings {
namespace {

using Codes = py::array_t<std::int32_t, py::array::c_style | py::array::forcecast>;
using LevelCodes = std::pair<Codes, Eigen::Index>;  // codes and number of levels

LevelColumn level_column(const LevelCodes& levels) {
    return {{levels.first.data(), static_cast<std::size_t>(levels.first.size())}, levels.second};
}

std::vector<LevelColumn> level_columns(const std::vector<LevelCodes>& factors) {
    std::vector<LevelColumn> columns;
    for (const LevelCodes& factor : factors) columns.push_back(level_column(factor));
    return columns;
}

Design design_of(const Matrix& numeric, const std::vector<LevelCodes>& factors, Intercept intercept,
                 std::vector<std::string> names) {
    return {matrix_view(numeric), level_columns(factors), intercept, std::move(names)};
}

FactorEffects solve_factor_effects(const Matrix& outcomes, const std::vector<LevelCodes>& factors,
                                   const Array& weights) {
    const auto columns = level_columns(factors);
    const auto values = matrix_view(outcomes);
    const WithoutLock unlocked;
    return factor_effects(values, columns, array_view(weights));
}

std::vector<Matrix> effects_by_factor(const FactorEffects& solved) {
    std::vector<Matrix> out;
    for (const Eigen::MatrixXd& effects : solved.effects) out.push_back(to_array(effects));
    return out;
}

void bind_factor_effects(py::module_& m) {
    py::classh<FactorEffects>(m, "FactorEffects", "Effects of every level of several factors on several outcomes.")
        .def_property_readonly("constants", array_of(&FactorEffects::constants))
        .def_property_readonly("effects", &effects_by_factor)
        .def_property_readonly("residuals", array_of(&FactorEffects::residuals))
        .def_property_readonly("r_squared", array_of(&FactorEffects::r_squared))
        .def_readonly("rows", &FactorEffects::rows)
        .def_readonly("rank", &FactorEffects::rank);
    m.def("factor_effects", &solve_factor_effects, py::kw_only(), py::arg("outcomes"), py::arg("factors"),
          py::arg("weights"));
}

void bind_choices(py::module_& m) {
    py::native_enum<Intercept>(m, "Intercept", "enum.Enum")
        .value("included", Intercept::included)
        .value("none", Intercept::none)
        .finalize();
    py::native_enum<Covariance>(m, "Covariance", "enum.Enum")
        .value("classic", Covariance::classic)
        .value("hc1", Covariance::hc1)
        .value("hc2", Covariance::hc2)
        .value("hc3", Covariance::hc3)
        .value("clustered", Covariance::clustered)
        .value("clustered_leverage", Covariance::clustered_leverage)
        .finalize();
    py::native_enum<Dependence>(m, "Dependence", "enum.Enum")
        .value("refused", Dependence::refused)
        .value("left_out", Dependence::left_out)
        .finalize();
}

LeastSquaresFit fit_least_squares(const Array& outcome, const Array& weights, const Matrix& numeric,
                                  const std::vector<LevelCodes>& factors, Intercept intercept, Covariance covariance,
                                  const std::optional<LevelCodes>& clusters, Dependence dependence,
                                  Eigen::Index absorbed, Eigen::Index absorbed_across_clusters,
                                  std::vector<std::string> names) {
    const Design design = design_of(numeric, factors, intercept, std::move(names));
    LeastSquaresOptions options{covariance, {}, dependence, absorbed, absorbed_across_clusters};
    if (clusters) options.clusters = level_column(*clusters);
    const WithoutLock unlocked;
    return least_squares(design, array_view(outcome), array_view(weights), options);
}

double smearing_of(const Array& residuals, const Array& weights) {
    return smearing(array_view(residuals), array_view(weights));
}

void bind_least_squares(py::module_& m) {
    py::classh<LeastSquaresFit>(m, "LeastSquaresFit", "Weighted least squares of an outcome.")
        .def_property_readonly("coefficients", array_of(&LeastSquaresFit::coefficients))
        .def_property_readonly("covariance", array_of(&LeastSquaresFit::covariance))
        .def_property_readonly("error_freedom", array_of(&LeastSquaresFit::error_freedom))
        .def_property_readonly("means", array_of(&LeastSquaresFit::means))
        .def_property_readonly("residuals", array_of(&LeastSquaresFit::residuals))
        .def_readonly("rank", &LeastSquaresFit::rank)
        .def_readonly("r_squared", &LeastSquaresFit::r_squared)
        .def_readonly("degrees_of_freedom", &LeastSquaresFit::degrees_of_freedom)
        .def_readonly("objective", &LeastSquaresFit::objective)
        .def_readonly("residual_variance", &LeastSquaresFit::residual_variance);
    m.def("least_squares", &fit_least_squares, py::kw_only(), py::arg("outcome"), py::arg("weights"),
          py::arg("numeric"), py::arg("factors"), py::arg("intercept"), py::arg("covariance"), py::arg("clusters"),
          py::arg("dependence"), py::arg("absorbed"), py::arg("absorbed_across_clusters") = 0, py::arg("names"));
    m.def("smearing", &smearing_of, py::arg("residuals"), py::arg("weights"));
}

WildBootstrap bootstrap_clusters(const Array& outcome, const Array& weights, const Matrix& numeric,
                                 const std::vector<LevelCodes>& factors, Intercept intercept,
                                 const LevelCodes& clusters, Eigen::Index coefficient, double null, double level,
                                 Eigen::Index draws, std::pair<std::uint64_t, std::uint64_t> key,
                                 std::vector<std::string> names) {
    const Design design = design_of(numeric, factors, intercept, std::move(names));
    const LevelColumn groups = level_column(clusters);
    const WithoutLock unlocked;
    return wild_cluster_bootstrap(design, array_view(outcome), array_view(weights), groups,
                                  {coefficient, null, level, draws, {key.first, key.second}});
}

void bind_wild_bootstrap(py::module_& m) {
    py::classh<WildBootstrap>(m, "WildBootstrap", "A coefficient's test and interval by the wild cluster bootstrap.")
        .def_readonly("estimate", &WildBootstrap::estimate)
        .def_readonly("t", &WildBootstrap::t)
        .def_readonly("p_value", &WildBootstrap::p_value)
        .def_readonly("lower", &WildBootstrap::lower)
        .def_readonly("upper", &WildBootstrap::upper)
        .def_readonly("draws", &WildBootstrap::draws);
    m.def("wild_cluster_bootstrap", &bootstrap_clusters, py::kw_only(), py::arg("outcome"), py::arg("weights"),
          py::arg("numeric"), py::arg("factors"), py::arg("intercept"), py::arg("clusters"), py::arg("coefficient"),
          py::arg("null"), py::arg("level"), py::arg("draws"), py::arg("key"), py::arg("names"));
}

QuantileFit fit_quantile(const Array& outcome, const Array& weights, const Matrix& columns, double p,
                         const std::optional<LevelCodes>& clusters, std::vector<std::string> names) {
    const NamedColumns x{matrix_view(columns), std::move(names)};
    std::optional<LevelColumn> groups;
    if (clusters) groups = level_column(*clusters);
    const WithoutLock unlocked;
    return quantile_regression(x, array_view(outcome), array_view(weights), p, groups);
}

void bind_quantile_regression(py::module_& m) {
    py::classh<QuantileFit>(m, "QuantileFit", "Regression for a conditional quantile.")
        .def_property_readonly("coefficients", array_of(&QuantileFit::coefficients))
        .def_property_readonly("covariance", array_of(&QuantileFit::covariance))
        .def_property_readonly("residuals", array_of(&QuantileFit::residuals))
        .def_readonly("check_loss", &QuantileFit::check_loss)
        .def_readonly("r_squared", &QuantileFit::r_squared)
        .def_readonly("residual_spread", &QuantileFit::residual_spread)
        .def_readonly("bandwidth", &QuantileFit::bandwidth);
    m.def("quantile_regression", &fit_quantile, py::kw_only(), py::arg("outcome"), py::arg("weights"),
          py::arg("columns"), py::arg("p"), py::arg("clusters") = py::none(), py::arg("names"));
}

IntervalFit fit_intervals(const Array& lower, const Array& upper, const Array& weights, const Matrix& columns,
                          LikelihoodErrors errors, std::vector<std::string> names) {
    const NamedColumns x{matrix_view(columns), std::move(names)};
    const Intervals outcome{array_view(lower), array_view(upper)};
    const WithoutLock unlocked;
    return interval_regression(x, outcome, array_view(weights), errors);
}

void bind_interval_regression(py::module_& m) {
    py::native_enum<LikelihoodErrors>(m, "LikelihoodErrors", "enum.Enum")
        .value("hessian", LikelihoodErrors::hessian)
        .value("sandwich", LikelihoodErrors::sandwich)
        .finalize();
    py::classh<IntervalFit>(m, "IntervalFit", "Maximum likelihood for outcomes in intervals.")
        .def_property_readonly("coefficients", array_of(&IntervalFit::coefficients))
        .def_property_readonly("covariance", array_of(&IntervalFit::covariance))
        .def_readonly("sigma", &IntervalFit::sigma)
        .def_readonly("log_likelihood", &IntervalFit::log_likelihood)
        .def_readonly("smearing", &IntervalFit::smearing)
        .def_readonly("steps", &IntervalFit::steps);
    m.def("interval_regression", &fit_intervals, py::kw_only(), py::arg("lower"), py::arg("upper"), py::arg("weights"),
          py::arg("columns"), py::arg("errors"), py::arg("names"));
}

CellEquation fit_cell_equation(const Array& outcome, const Array& known, const Matrix& numeric,
                               const std::vector<LevelCodes>& factors, Intercept intercept, SamplingVariance kind,
                               std::vector<std::string> names) {
    const Design design = design_of(numeric, factors, intercept, std::move(names));
    const WithoutLock unlocked;
    return cell_equation(design, array_view(outcome), array_view(known), kind);
}

void bind_cell_equation(py::module_& m) {
    py::native_enum<SamplingVariance>(m, "SamplingVariance", "enum.Enum")
        .value("known", SamplingVariance::known)
        .value("proportional", SamplingVariance::proportional)
        .finalize();
    py::classh<CellEquation>(m, "CellEquation", "An equation for published figures with its variance function.")
        .def_property_readonly("coefficients", array_of(&CellEquation::coefficients))
        .def_property_readonly("covariance", array_of(&CellEquation::covariance))
        .def_property_readonly("variances", array_of(&CellEquation::variances))
        .def_property_readonly("residuals", array_of(&CellEquation::residuals))
        .def_readonly("between", &CellEquation::between)
        .def_readonly("sampling", &CellEquation::sampling)
        .def_readonly("r_squared", &CellEquation::r_squared)
        .def_readonly("objective", &CellEquation::objective)
        .def_readonly("residual_spread", &CellEquation::residual_spread)
        .def_readonly("steps", &CellEquation::steps);
    m.def("cell_equation", &fit_cell_equation, py::kw_only(), py::arg("outcome"), py::arg("known"), py::arg("numeric"),
          py::arg("factors"), py::arg("intercept"), py::arg("kind"), py::arg("names"));
}

using InfluencePair = std::pair<double, Array>;  // the statistic, and the influence of each value

InfluencePair influence_pair(const RecenteredInfluence& influence) {
    return {influence.statistic, to_array(influence.values)};
}

InfluencePair mean_influence(const Array& values, const Array& weights) {
    return influence_pair(influence_of_mean(array_view(values), array_view(weights)));
}

InfluencePair quantile_influence(const Array& values, const Array& weights, double p) {
    return influence_pair(influence_of_quantile(array_view(values), array_view(weights), p));
}

InfluencePair gini_influence(const Array& values, const Array& weights) {
    return influence_pair(influence_of_gini(array_view(values), array_view(weights)));
}

void bind_recentered_influence(py::module_& m) {
    const auto values = py::arg("values"), weights = py::arg("weights");
    m.def("influence_of_mean", &mean_influence, values, weights);
    m.def("influence_of_quantile", &quantile_influence, values, weights, py::arg("p"));
    m.def("influence_of_gini", &gini_influence, values, weights);
}

using Sample = std::tuple<Matrix, Array, Array>;  // columns, outcome, weights

GroupSample group_sample(const Sample& sample, const std::vector<std::string>& names) {
    const auto& [columns, outcome, weights] = sample;
    return {matrix_view(columns), array_view(outcome), array_view(weights), names};
}

Decomposition decomposed(const Sample& first, const Sample& second, const std::vector<int>& terms,
                         DecompositionKind kind, const std::vector<std::string>& names) {
    const GroupSample a = group_sample(first, names), b = group_sample(second, names);
    const WithoutLock unlocked;
    return decompose(a, b, terms, kind);
}

void bind_decomposition(py::module_& m) {
    py::native_enum<DecompositionKind>(m, "DecompositionKind", "enum.Enum")
        .value("threefold", DecompositionKind::threefold)
        .value("pooled", DecompositionKind::pooled)
        .finalize();
    py::classh<Decomposition>(m, "Decomposition", "A gap between two groups in parts that add up to it.")
        .def_readonly("gap", &Decomposition::gap)
        .def_readonly("gap_error", &Decomposition::gap_error)
        .def_property_readonly("parts", array_of(&Decomposition::parts))
        .def_property_readonly("part_errors", array_of(&Decomposition::part_errors))
        .def_property_readonly("totals", array_of(&Decomposition::totals))
        .def_property_readonly("total_errors", array_of(&Decomposition::total_errors));
    m.def("decompose", &decomposed, py::kw_only(), py::arg("first"), py::arg("second"), py::arg("terms"),
          py::arg("kind"), py::arg("names"));
}

}  // namespace

void bind_estimation(py::module_& m) {
    bind_factor_effects(m);
    bind_choices(m);
    bind_least_squares(m);
    bind_wild_bootstrap(m);
    bind_quantile_regression(m);
    bind_interval_regression(m);
    bind_cell_equation(m);
    bind_recentered_influence(m);
    bind_decomposition(m);
}

}  // namespace wagefit::bindings
