#include "wagefit/ensemble/ensemble.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "wagefit/distributions/operations.hpp"
#include "wagefit/ensemble/evaluation.hpp"
#include "wagefit/ensemble/fit_cells.hpp"

using namespace wagefit;

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Good, infeasible, invalid, suppressed and mean-less cells side by side.
struct Table {
    std::vector<double> p10{26'550, 26'550, -1, nan, 26'550}, p50{40'350, 40'350, 5, nan, 40'350},
        p90{66'260, 66'260, 9, nan, 66'260}, mean{44'010, 20'000, 7, 44'010, nan};

    [[nodiscard]] CellFacts facts() const {
        CellFacts facts;
        facts.n_cells = mean.size();
        facts.quantile_p = {0.1, 0.5, 0.9};
        facts.quantiles = {p10, p50, p90};
        facts.mean = mean;
        return facts;
    }
};

}  // namespace

TEST_CASE("a bad cell gets its status and disturbs no neighbor", "[ensemble]") {
    const Table table;
    const Ensemble cells = fit_cells(table.facts(), shape_prior(), 2);
    REQUIRE(cells.size() == 5);
    CHECK(cells[0].status == Status::exact);
    CHECK(cells[1].status == Status::infeasible);
    CHECK(cells[2].status == Status::invalid);
    CHECK(cells[3].status == Status::suppressed);
    CHECK(cells[4].status == Status::exact_without_mean);
    CHECK(cells[0].curve->knots().wage == fit_curve(table.facts()[0]).curve->knots().wage);
}

TEST_CASE("an ensemble is the same whatever the number of threads", "[ensemble]") {
    const Table table;
    const Ensemble one = fit_cells(table.facts(), shape_prior(), 1), many = fit_cells(table.facts(), shape_prior(), 5);
    for (std::size_t i : {0U, 4U}) CHECK(one[i].curve->knots().wage == many[i].curve->knots().wage);
}

TEST_CASE("evaluation goes cell by cell and gives NaN where nothing was fitted", "[ensemble]") {
    const Table table;
    const Ensemble cells = fit_cells(table.facts(), shape_prior(), 1);
    const std::vector<double> points{0.1, 0.9};
    std::vector<double> out(cells.size() * points.size());
    evaluate(cells, &ppf, points, points.size(), 0, out, 3);
    CHECK(out[0] == 26'550);
    CHECK(out[1] == 66'260);
    CHECK(std::isnan(out[2]));
    CHECK(out[9] == 66'260);
    const std::vector<std::size_t> chosen{4, 0};
    CHECK(cells.take(chosen)[1].curve->knots().wage == cells[0].curve->knots().wage);
}

TEST_CASE("draws of a cell are those of its curve alone, and NaN where nothing was fitted", "[ensemble]") {
    const Table table;
    const Ensemble cells = fit_cells(table.facts(), shape_prior(), 1);
    constexpr std::size_t n = 5'001;
    const StreamKey key{11, 12};
    std::vector<double> out(cells.size() * n);
    sample_cells(cells, key, n, out, 3);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const auto curve = cells.curve(i);
        const StreamKey own = row_stream(key, i);
        for (std::size_t j = 0; j < n; ++j)
            REQUIRE((curve ? out[i * n + j] == curve->value(random_normal(own, j)) : std::isnan(out[i * n + j])));
    }
}
