#include "wagefit/fitting/status.hpp"

#include <catch2/catch_test_macros.hpp>
#include <set>
#include <string_view>

using namespace wagefit;

TEST_CASE("every status has a name of its own and a meaning", "[status]") {
    std::set<std::string_view> names;
    for (int i = 0; i < status_count; ++i) {
        const auto status = static_cast<Status>(i);
        names.insert(name(status));
        CHECK(meaning(status).size() > 20);
    }
    CHECK(names.size() == status_count);
    CHECK(name(Status::exact) == "exact");
    CHECK(name(Status::not_converged) == "not_converged");
}

TEST_CASE("three statuses come with a distribution", "[status]") {
    for (const Status status : {Status::exact, Status::guaranteed, Status::exact_without_mean})
        CHECK(is_fitted(status));
    for (const Status status : {Status::suppressed, Status::invalid, Status::infeasible, Status::not_converged})
        CHECK_FALSE(is_fitted(status));
}
