#include "wagefit/facts/text.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <limits>
#include <utility>

TEST_CASE("numbers print as people write wages", "[text]") {
    using Pair = std::pair<double, const char*>;
    const auto [value, expected] = GENERATE(
        Pair{0.0, "0"}, Pair{0.1, "0.1"}, Pair{2.27321, "2.27321"}, Pair{9'999.0, "9999"}, Pair{10'000.0, "10,000"},
        Pair{44'010.0, "44,010"}, Pair{-66'260.0, "-66,260"}, Pair{1'234'567.0, "1,234,567"},
        Pair{19'444.5, "19,444.50"}, Pair{123'456'789'012.0, "123,456,789,012"}, Pair{1e15, "1e+15"},
        Pair{std::numeric_limits<double>::infinity(), "inf"}, Pair{-std::numeric_limits<double>::infinity(), "-inf"});
    CHECK(wagefit::number(value) == expected);
    CHECK(wagefit::number(std::numeric_limits<double>::quiet_NaN()).find("nan") != std::string::npos);
}
