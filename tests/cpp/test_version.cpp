#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "wagefit/version.hpp"

TEST_CASE("version is three numbers", "[version]") {
    const std::string version(wagefit::version());
    CHECK(std::count(version.begin(), version.end(), '.') == 2);
    CHECK(version.find_first_not_of("0123456789.") == std::string::npos);
}
