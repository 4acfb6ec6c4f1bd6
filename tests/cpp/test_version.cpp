#include <catch2/catch_test_macros.hpp>
#include <regex>
#include <string>

#include "wagefit/version.hpp"

TEST_CASE("version is three numbers", "[version]") {
    const std::string version(wagefit::version());
    REQUIRE(std::regex_match(version, std::regex(R"(\d+\.\d+\.\d+)")));
}
