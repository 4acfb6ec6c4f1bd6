#include <pybind11/stl.h>

#include <cmath>

#include "arrays.hpp"
#include "bindings.hpp"
#include "wagefit/distributions/curve.hpp"
#include "wagefit/distributions/lognormal.hpp"
#include "wagefit/distributions/mixture.hpp"
#include "wagefit/distributions/operations.hpp"
#include "wagefit/distributions/pareto_tail.hpp"
#include "wagefit/distributions/sampling.hpp"
#include "wagefit/distributions/stacked.hpp"
#include "wagefit/distributions/truncated.hpp"

namespace wagefit::bindings {
namespace {

using Self = const Distribution&;

/// Methods of one array argument: f(distribution, x) for each element of x.
void def_pointwise(py::classh<Distribution>& cls) {
    cls.def("pdf", [](Self d, const Array& x) { return map(x, [&](double v) { return pdf(d, v); }); }, py::arg("x"))
        .def("logpdf", [](Self d, const Array& x) { return map(x, [&](double v) { return d.log_pdf(v); }); },
             py::arg("x"))
        .def("cdf", [](Self d, const Array& x) { return map(x, [&](double v) { return d.cdf(v); }); }, py::arg("x"))
        .def("sf", [](Self d, const Array& x) { return map(x, [&](double v) { return d.sf(v); }); }, py::arg("x"))
        .def("logcdf", [](Self d, const Array& x) { return map(x, [&](double v) { return log_cdf(d, v); }); },
             py::arg("x"))
        .def("logsf", [](Self d, const Array& x) { return map(x, [&](double v) { return log_sf(d, v); }); },
             py::arg("x"))
        .def("ppf", [](Self d, const Array& p) { return map(p, [&](double v) { return ppf(d, v); }); }, py::arg("p"))
        .def("isf", [](Self d, const Array& q) { return map(q, [&](double v) { return isf(d, v); }); }, py::arg("q"))
        .def("value", [](Self d, const Array& z) { return map(z, [&](double v) { return d.value(v); }); },
             py::arg("z"))
        .def("score", [](Self d, const Array& x) { return map(x, [&](double v) { return d.score(v); }); },
             py::arg("x"))
        .def("lorenz", [](Self d, const Array& p) { return map(p, [&](double v) { return lorenz(d, v); }); },
             py::arg("p"))
        .def("top_share", [](Self d, const Array& p) { return map(p, [&](double v) { return top_share(d, v); }); },
             py::arg("fraction"))
        .def("moment", [](Self d, const Array& k) { return map(k, [&](double v) { return moment(d, v); }); },
             py::arg("k"))
        .def("atkinson", [](Self d, const Array& e) { return map(e, [&](double v) { return atkinson(d, v); }); },
             py::arg("epsilon"));
}

void def_summaries(py::classh<Distribution>& cls) {
    using unlocked = py::call_guard<py::gil_scoped_release>;
    cls.def("mean", py::overload_cast<const Distribution&>(&mean), unlocked())
        .def("variance", &variance, unlocked())
        .def("gini", &gini, unlocked())
        .def("theil", &theil, unlocked())
        .def("mean_between", &mean_between, py::arg("p0"), py::arg("p1"), unlocked())
        .def("log_moments",
             [](Self d) {
                 const LogMoments moments = log_moments(d);
                 return std::pair(moments.mean, moments.variance);
             })
        .def("support", [](Self d) { return std::pair(d.support().lower, d.support().upper); })
        .def("breakpoints", [](Self d) { return to_array(d.breakpoints()); })
        .def("nodes",
             [](Self d) {
                 const ExpectationNodes nodes = d.nodes();
                 return std::pair(to_array(nodes.value), to_array(nodes.weight));
             })
        .def("atoms",
             [](Self d) {
                 std::vector<std::pair<double, double>> out;
                 for (const Atom& atom : d.atoms()) out.emplace_back(atom.value, atom.probability);
                 return out;
             });
}

void def_transformations(py::classh<Distribution>& cls) {
    cls.def("scaled", &Distribution::scaled, py::arg("k"))
        .def("truncated",
             [](const DistributionPtr& d, double lower, double upper) -> DistributionPtr {
                 return std::make_shared<Truncated>(d, lower, upper);
             },
             py::arg("lower"), py::arg("upper"))
        .def_property_readonly("name", &Distribution::name);
}

void def_sampling(py::classh<Distribution>& cls) {
    cls.def("sample",
            [](Self d, const std::pair<std::uint64_t, std::uint64_t>& key, std::size_t n, int n_threads) {
                Array out(static_cast<py::ssize_t>(n));
                const std::span<double> target{out.mutable_data(), n};
                const py::gil_scoped_release unlocked;
                sample(d, {key.first, key.second}, target, n_threads);
                return out;
            },
            py::arg("key"), py::arg("n"), py::arg("n_threads"));
}

Support support_from(const std::pair<double, double>& ends) { return {ends.first, ends.second}; }

void bind_curve(py::module_& m) {
    py::classh<Curve, Distribution>(m, "Curve", "Log wage as a monotone function of the normal score.")
        .def(py::init([](const Array& z, const Array& wage, const Array& left, const Array& right,
                         const std::pair<double, double>& support) {
                 return std::make_shared<Curve>(
                     CurveKnots{to_vector(z), to_vector(wage), to_vector(left), to_vector(right)},
                     support_from(support));
             }),
             py::kw_only(), py::arg("z"), py::arg("wage"), py::arg("slope_left"), py::arg("slope_right"),
             py::arg("support"))
        .def_property_readonly("z", [](const Curve& c) { return to_array(c.knots().z); })
        .def_property_readonly("wage", [](const Curve& c) { return to_array(c.knots().wage); })
        .def_property_readonly("slope_left", [](const Curve& c) { return to_array(c.knots().slope_left); })
        .def_property_readonly("slope_right", [](const Curve& c) { return to_array(c.knots().slope_right); })
        .def(py::pickle(
            [](const Curve& c) {
                const CurveKnots& k = c.knots();
                return py::make_tuple(k.z, k.wage, k.slope_left, k.slope_right, c.support().lower, c.support().upper);
            },
            [](const py::tuple& t) {
                using V = std::vector<double>;
                return std::make_shared<Curve>(
                    CurveKnots{t[0].cast<V>(), t[1].cast<V>(), t[2].cast<V>(), t[3].cast<V>()},
                    Support{t[4].cast<double>(), t[5].cast<double>()});
            }));
}

void bind_lognormal(py::module_& m) {
    py::classh<Lognormal, Distribution>(m, "Lognormal", "X = median exp(sigma Z), Z standard normal.")
        .def(py::init<double, double>(), py::kw_only(), py::arg("median"), py::arg("sigma"))
        .def_property_readonly("median", &Lognormal::median)
        .def_property_readonly("sigma", &Lognormal::sigma)
        .def(py::pickle([](const Lognormal& d) { return py::make_tuple(d.median(), d.sigma()); },
                        [](const py::tuple& t) {
                            return std::make_shared<Lognormal>(t[0].cast<double>(), t[1].cast<double>());
                        }));
}

void bind_composites(py::module_& m) {
    using Components = std::vector<DistributionPtr>;
    py::classh<Mixture, Distribution>(m, "Mixture", "Draws component i with probability weight[i].")
        .def(py::init([](const Components& components, const Array& weights) {
                 return std::make_shared<Mixture>(components, to_vector(weights));
             }),
             py::arg("components"), py::arg("weights"))
        .def_property_readonly("components", &Mixture::components)
        .def_property_readonly("weights", [](const Mixture& d) { return to_array(d.weights()); })
        .def(py::pickle([](const Mixture& d) { return py::make_tuple(d.components(), d.weights()); },
                        [](const py::tuple& t) {
                            return std::make_shared<Mixture>(t[0].cast<Components>(),
                                                             t[1].cast<std::vector<double>>());
                        }));
    py::classh<Stacked, Distribution>(m, "Stacked", "Distributions that lie one above the other.")
        .def(py::init([](const Components& layers, const Array& weights) {
                 return std::make_shared<Stacked>(layers, to_vector(weights));
             }),
             py::arg("layers"), py::arg("weights"))
        .def_property_readonly("layers", &Stacked::layers)
        .def_property_readonly("weights", [](const Stacked& d) { return to_array(d.weights()); })
        .def(py::pickle([](const Stacked& d) { return py::make_tuple(d.layers(), d.weights()); },
                        [](const py::tuple& t) {
                            return std::make_shared<Stacked>(t[0].cast<Components>(), t[1].cast<std::vector<double>>());
                        }));
    py::classh<Truncated, Distribution>(m, "Truncated", "X given lower <= X <= upper.")
        .def(py::init<DistributionPtr, double, double>(), py::arg("base"), py::arg("lower"), py::arg("upper"))
        .def_property_readonly("base", &Truncated::base)
        .def(py::pickle([](const Truncated& d) { return py::make_tuple(d.base(), d.lower(), d.upper()); },
                        [](const py::tuple& t) {
                            return std::make_shared<Truncated>(t[0].cast<DistributionPtr>(), t[1].cast<double>(),
                                                               t[2].cast<double>());
                        }));
}

void bind_pareto_tail(py::module_& m) {
    using Shape = std::optional<double>;
    py::classh<ParetoTail, Distribution>(m, "ParetoTail", "A distribution with a generalized Pareto tail above a quantile.")
        .def(py::init<DistributionPtr, double, Shape>(), py::arg("body"), py::arg("p"), py::arg("shape"))
        .def_property_readonly("body", &ParetoTail::body)
        .def_property_readonly("probability", &ParetoTail::probability)
        .def_property_readonly("threshold", &ParetoTail::threshold)
        .def_property_readonly("scale", &ParetoTail::scale)
        .def_property_readonly("shape", &ParetoTail::shape)
        .def(py::pickle([](const ParetoTail& d) { return py::make_tuple(d.body(), d.probability(), d.shape()); },
                        [](const py::tuple& t) {
                            return std::make_shared<ParetoTail>(t[0].cast<DistributionPtr>(), t[1].cast<double>(),
                                                                Shape(t[2].cast<double>()));
                        }));
}

}  // namespace

void bind_distributions(py::module_& m) {
    py::classh<Distribution> cls(m, "Distribution", "The wage as a non-decreasing function of the normal score.");
    def_pointwise(cls);
    def_summaries(cls);
    def_transformations(cls);
    def_sampling(cls);
    bind_curve(m);
    bind_lognormal(m);
    bind_composites(m);
    bind_pareto_tail(m);
}

}  // namespace wagefit::bindings
