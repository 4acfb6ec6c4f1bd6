#include <pybind11/stl.h>

#include "arrays.hpp"
#include "bindings.hpp"
#include "unlocked.hpp"
#include "wagefit/careers/career_simulation.hpp"

namespace wagefit::bindings {
namespace {

using TransitionTuple = std::tuple<std::size_t, std::size_t, double, int>;

RolePay role_from(const std::string& name, const std::optional<Array>& log_wage) {
    RolePay role{name, {}};
    if (!log_wage) return role;
    role.log_wage = Eigen::Map<const RolePay::Table>(log_wage->data(), log_wage->shape(0), log_wage->shape(1));
    return role;
}

CareerPlan plan_from(const std::vector<std::pair<std::string, std::optional<Array>>>& roles, double first_score,
                     double score_step, const std::vector<TransitionTuple>& transitions, std::size_t start_role,
                     int start_experience, double start_score, double persistence, double persistence_at_moves,
                     double log_growth) {
    CareerPlan plan{{},          {first_score, score_step}, {},        start_role, start_experience, start_score,
                    persistence, persistence_at_moves,      log_growth};
    for (const auto& [name, log_wage] : roles) plan.roles.push_back(role_from(name, log_wage));
    for (const auto& [from, to, chance, after] : transitions) plan.transitions.push_back({from, to, chance, after});
    validate(plan);
    return plan;
}

CareerOptions options_from(std::size_t n, std::size_t years, const Key& key, double log_discount, int n_threads) {
    return {n, years, {key.first, key.second}, log_discount, n_threads};
}

template <class T>
py::array_t<T> table_of(const std::vector<T>& values, std::size_t columns) {
    const auto width = static_cast<py::ssize_t>(columns);
    return py::array_t<T>({static_cast<py::ssize_t>(values.size()) / width, width}, values.data());
}

py::array_t<std::uint64_t> in_role(const CareerOutcome& outcome) {
    std::vector<std::uint64_t> flat;
    for (const auto& year : outcome.in_role) flat.insert(flat.end(), year.begin(), year.end());
    return table_of(flat, outcome.in_role.front().size());
}

/// Pay by year and probability, shape (years, k).
Array pay_quantiles(const CareerOutcome& outcome, const Array& p) {
    const std::size_t years = outcome.mean_pay.size();
    const auto probabilities = view(p);
    Array out = new_table(years, probabilities.size());
    double* next = out.mutable_data();
    for (std::size_t year = 0; year < years; ++year)
        for (const double probability : probabilities) *next++ = outcome.pay.quantile(year, probability);
    return out;
}

CareerOutcome simulated(const CareerPlan& plan, std::size_t n, std::size_t years, const Key& key, double log_discount,
                        int n_threads) {
    return simulate_careers(plan, options_from(n, years, key, log_discount, n_threads));
}

py::tuple paths(const CareerPlan& plan, std::size_t n, std::size_t years, const Key& key) {
    const CareerPaths paths = career_paths(plan, options_from(n, years, key, 0.0, 0));
    return py::make_tuple(table_of(paths.role, years), table_of(paths.pay, years));
}

}  // namespace

void bind_careers(py::module_& m) {
    py::classh<CareerPlan>(m, "CareerPlan", "Rules by which a career goes on, year by year.")
        .def(py::init(&plan_from), py::kw_only(), py::arg("roles"), py::arg("first_score"), py::arg("score_step"),
             py::arg("transitions"), py::arg("start_role"), py::arg("start_experience"), py::arg("start_score"),
             py::arg("persistence"), py::arg("persistence_at_moves"), py::arg("log_growth"));
    py::classh<CareerOutcome>(m, "CareerOutcome", "What simulated careers have in common.")
        .def_property_readonly("mean_pay", array_of(&CareerOutcome::mean_pay))
        .def_property_readonly("in_role", &in_role)
        .def_property_readonly("lifetime", array_of(&CareerOutcome::lifetime))
        .def_property_readonly("discounted", array_of(&CareerOutcome::discounted))
        .def_property_readonly("first_year",
                               [](const CareerOutcome& o) { return table_of(o.first_year, o.in_role.front().size()); })
        .def("quantiles", &pay_quantiles, py::arg("p"));
    m.def("simulate_careers", &simulated, py::arg("plan"), py::kw_only(), py::arg("n"), py::arg("years"),
          py::arg("key"), py::arg("log_discount"), py::arg("n_threads"), Unlocked());
    m.def("career_paths", &paths, py::arg("plan"), py::kw_only(), py::arg("n"), py::arg("years"), py::arg("key"));
}

}  // namespace wagefit::bindings
