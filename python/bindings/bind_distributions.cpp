#include <pybind11/native_enum.h>
#include <pybind11/stl.h>

#include "arrays.hpp"
#include "bindings.hpp"
#include "unlocked.hpp"
#include "wagefit/distributions/curve.hpp"
#include "wagefit/distributions/family.hpp"
#include "wagefit/distributions/gamma.hpp"
#include "wagefit/distributions/generalized_beta2.hpp"
#include "wagefit/distributions/lognormal.hpp"
#include "wagefit/distributions/mixture.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/distributions/pareto_tail.hpp"
#include "wagefit/distributions/sampling.hpp"
#include "wagefit/distributions/stacked.hpp"
#include "wagefit/distributions/truncated.hpp"
#include "wagefit/distributions/weibull.hpp"

namespace wagefit::bindings {
namespace {

using Components = std::vector<DistributionPtr>;
using Ends = std::pair<double, double>;

/// A method of one array argument: f(distribution, x) for each element of x.
auto elementwise(double (*f)(const Distribution&, double)) {
    return [f](const Distribution& d, const Array& x) { return map(x, [&d, f](double v) { return f(d, v); }); };
}

auto elementwise(double (Distribution::*f)(double) const) {
    return [f](const Distribution& d, const Array& x) { return map(x, [&d, f](double v) { return (d.*f)(v); }); };
}

void def_functions(py::classh<Distribution>& cls) {
    const auto x = py::arg("x"), p = py::arg("p"), q = py::arg("q");
    cls.def("pdf", elementwise(&pdf), x)
        .def("logpdf", elementwise(&Distribution::log_pdf), x)
        .def("cdf", elementwise(&Distribution::cdf), x)
        .def("sf", elementwise(&Distribution::sf), x)
        .def("logcdf", elementwise(&log_cdf), x)
        .def("logsf", elementwise(&log_sf), x)
        .def("ppf", elementwise(&ppf), p)
        .def("isf", elementwise(&isf), q)
        .def("value", elementwise(&Distribution::value), py::arg("z"))
        .def("score", elementwise(&Distribution::score), x)
        .def("lorenz", elementwise(&lorenz), p)
        .def("top_share", elementwise(&top_share), py::arg("fraction"))
        .def("moment", elementwise(&moment), py::arg("k"))
        .def("atkinson", elementwise(&atkinson), py::arg("epsilon"));
}

void def_summaries(py::classh<Distribution>& cls) {
    cls.def("mean", py::overload_cast<const Distribution&>(&mean), Unlocked())
        .def("variance", &variance, Unlocked())
        .def("standard_deviation", &standard_deviation, Unlocked())
        .def("gini", &gini, Unlocked())
        .def("theil", &theil, Unlocked())
        .def("mean_between", &mean_between, py::arg("p0"), py::arg("p1"), Unlocked())
        .def("log_moments", [](const Distribution& d) {
            const LogMoments moments = log_moments(d);
            return std::pair(moments.mean, moments.variance);
        });
}

py::tuple nodes(const Distribution& d) {
    const ExpectationNodes nodes = d.nodes();
    return py::make_tuple(to_array(nodes.value), to_array(nodes.weight));
}

std::vector<std::pair<double, double>> atoms(const Distribution& d) {
    std::vector<std::pair<double, double>> out;
    for (const Atom& atom : d.atoms()) out.emplace_back(atom.value, atom.probability);
    return out;
}

Array sampled(const Distribution& d, const Key& key, std::size_t n, int n_threads) {
    Array out(static_cast<py::ssize_t>(n));
    const std::span<double> target = memory(out);
    const WithoutLock unlocked;
    sample(d, {key.first, key.second}, target, n_threads);
    return out;
}

void bind_distribution(py::module_& m) {
    py::classh<Distribution> cls(m, "Distribution", "The wage as a non-decreasing function of the normal score.");
    def_functions(cls);
    def_summaries(cls);
    cls.def("support", [](const Distribution& d) { return Ends(d.support().lower, d.support().upper); })
        .def("breakpoints", [](const Distribution& d) { return to_array(d.breakpoints()); })
        .def("nodes", &nodes)
        .def("atoms", &atoms)
        .def("scaled", &Distribution::scaled, py::arg("k"))
        .def("truncated", &truncated, py::arg("lower"), py::arg("upper"))
        .def("sample", &sampled, py::arg("key"), py::arg("n"), py::arg("n_threads"))
        .def_property_readonly("name", &Distribution::name);
}

std::shared_ptr<Curve> make_curve(const Array& z, const Array& wage, const Array& left, const Array& right,
                                  const Ends& support) {
    CurveKnots knots{to_vector(z), to_vector(wage), to_vector(left), to_vector(right)};
    return std::make_shared<Curve>(std::move(knots), Support{support.first, support.second});
}

py::tuple curve_state(const Curve& c) {
    const CurveKnots& k = c.knots();
    return py::make_tuple(k.z, k.wage, k.slope_left, k.slope_right, c.support().lower, c.support().upper);
}

std::shared_ptr<Curve> curve_from(const py::tuple& t) {
    const Ends support(t[4].cast<double>(), t[5].cast<double>());
    return make_curve(t[0].cast<Array>(), t[1].cast<Array>(), t[2].cast<Array>(), t[3].cast<Array>(), support);
}

auto knots_of_curve(std::vector<double> CurveKnots::* member) {
    return [member](const Curve& c) { return to_array(c.knots().*member); };
}

void bind_curve(py::module_& m) {
    py::classh<Curve, Distribution>(m, "Curve", "Log wage as a monotone function of the normal score.")
        .def(py::init(&make_curve), py::kw_only(), py::arg("z"), py::arg("wage"), py::arg("slope_left"),
             py::arg("slope_right"), py::arg("support"))
        .def_property_readonly("z", knots_of_curve(&CurveKnots::z))
        .def_property_readonly("wage", knots_of_curve(&CurveKnots::wage))
        .def_property_readonly("slope_left", knots_of_curve(&CurveKnots::slope_left))
        .def_property_readonly("slope_right", knots_of_curve(&CurveKnots::slope_right))
        .def(py::pickle(&curve_state, &curve_from));
}

/// Getter and maker of the pickled state of a distribution that two numbers describe.
template <class Shaped>
auto pickle_of(double (Shaped::*first)() const, double (Shaped::*second)() const) {
    return py::pickle(
        [first, second](const Shaped& d) { return py::make_tuple((d.*first)(), (d.*second)()); },
        [](const py::tuple& t) { return std::make_shared<Shaped>(t[0].cast<double>(), t[1].cast<double>()); });
}

void bind_lognormal(py::module_& m) {
    py::classh<Lognormal, Distribution>(m, "Lognormal", "X = median exp(sigma Z), Z standard normal.")
        .def(py::init<double, double>(), py::kw_only(), py::arg("median"), py::arg("sigma"))
        .def_property_readonly("median", &Lognormal::median)
        .def_property_readonly("sigma", &Lognormal::sigma)
        .def(pickle_of<Lognormal>(&Lognormal::median, &Lognormal::sigma));
}

/// The families of a scale and one shape.
template <class Shaped>
void bind_shaped(py::module_& m, const char* name, const char* doc) {
    py::classh<Shaped, Distribution>(m, name, doc)
        .def_property_readonly("scale", &Shaped::scale)
        .def_property_readonly("shape", &Shaped::shape)
        .def(pickle_of<Shaped>(&Shaped::scale, &Shaped::shape));
}

std::shared_ptr<GeneralizedBeta2> generalized_beta2_from(const py::tuple& t) {
    const DistributionPtr d = make_distribution(t[0].cast<Family>(), view(t[1].cast<Array>()));
    return std::const_pointer_cast<GeneralizedBeta2>(std::dynamic_pointer_cast<const GeneralizedBeta2>(d));
}

std::vector<std::string> names_of_parameters(Family family) {
    const auto names = parameter_names(family);
    return {names.begin(), names.end()};
}

void bind_families(py::module_& m) {
    py::native_enum<Family>(m, "Family", "enum.Enum")
        .value("lognormal", Family::lognormal)
        .value("weibull", Family::weibull)
        .value("gamma", Family::gamma)
        .value("loglogistic", Family::loglogistic)
        .value("singh_maddala", Family::singh_maddala)
        .value("dagum", Family::dagum)
        .value("generalized_beta2", Family::generalized_beta2)
        .finalize();
    m.def("family_name", [](Family family) { return std::string(name(family)); }, py::arg("family"));
    m.def("parameter_names", &names_of_parameters, py::arg("family"));
    const auto made = [](Family family, const Array& values) { return make_distribution(family, view(values)); };
    m.def("make_distribution", made, py::arg("family"), py::arg("parameters"));
    py::classh<GeneralizedBeta2, Distribution>(m, "GeneralizedBeta2",
                                               "The generalized beta of the second kind and its special cases.")
        .def_property_readonly("family", &GeneralizedBeta2::family)
        .def_property_readonly("parameters", [](const GeneralizedBeta2& d) { return to_array(d.parameters()); })
        .def(py::pickle([](const GeneralizedBeta2& d) { return py::make_tuple(d.family(), d.parameters()); },
                        &generalized_beta2_from));
    bind_shaped<Weibull>(m, "Weibull", "P(X > x) = exp(-(x / scale)^shape).");
    bind_shaped<Gamma>(m, "Gamma", "P(X <= x) = P(shape, x / scale).");
}

/// What mixtures and stacks share: parts, called `parts_name` in Python, and their weights.
template <class Composite>
void bind_composite(py::module_& m, const char* name, const char* doc, const char* parts_name,
                    const std::vector<DistributionPtr>& (Composite::*parts)() const) {
    const auto made = [](const Components& components, const Array& weights) {
        return std::make_shared<Composite>(components, to_vector(weights));
    };
    py::classh<Composite, Distribution>(m, name, doc)
        .def(py::init(made), py::arg(parts_name), py::arg("weights"))
        .def_property_readonly(parts_name, parts)
        .def_property_readonly("weights", [](const Composite& d) { return to_array(d.weights()); })
        .def(py::pickle([parts](const Composite& d) { return py::make_tuple((d.*parts)(), d.weights()); },
                        [made](const py::tuple& t) { return made(t[0].cast<Components>(), t[1].cast<Array>()); }));
}

std::shared_ptr<Truncated> truncated_from(const py::tuple& t) {
    return std::make_shared<Truncated>(t[0].cast<DistributionPtr>(), t[1].cast<double>(), t[2].cast<double>());
}

std::shared_ptr<ParetoTail> pareto_tail_from(const py::tuple& t) {
    return std::make_shared<ParetoTail>(t[0].cast<DistributionPtr>(), t[1].cast<double>(), t[2].cast<double>());
}

void bind_altered(py::module_& m) {
    py::classh<Truncated, Distribution>(m, "Truncated", "X given lower <= X <= upper.")
        .def(py::init<DistributionPtr, double, double>(), py::arg("base"), py::arg("lower"), py::arg("upper"))
        .def_property_readonly("base", &Truncated::base)
        .def(py::pickle([](const Truncated& d) { return py::make_tuple(d.base(), d.lower(), d.upper()); },
                        &truncated_from));
    py::classh<ParetoTail, Distribution>(m, "ParetoTail",
                                         "A distribution with a generalized Pareto tail above a quantile.")
        .def(py::init<DistributionPtr, double, std::optional<double>>(), py::arg("body"), py::arg("p"),
             py::arg("shape"))
        .def_property_readonly("body", &ParetoTail::body)
        .def_property_readonly("probability", &ParetoTail::probability)
        .def_property_readonly("threshold", &ParetoTail::threshold)
        .def_property_readonly("scale", &ParetoTail::scale)
        .def_property_readonly("shape", &ParetoTail::shape)
        .def(py::pickle([](const ParetoTail& d) { return py::make_tuple(d.body(), d.probability(), d.shape()); },
                        &pareto_tail_from));
}

}  // namespace

void bind_distributions(py::module_& m) {
    bind_distribution(m);
    bind_curve(m);
    bind_lognormal(m);
    bind_composite<Mixture>(m, "Mixture", "Draws component i with probability weight[i].", "components",
                            &Mixture::components);
    bind_composite<Stacked>(m, "Stacked", "Distributions that lie one above the other.", "layers", &Stacked::layers);
    bind_altered(m);
    bind_families(m);
}

}  // namespace wagefit::bindings
