#pragma once

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace wagefit::test {

/// A 50-digit value of a function, as an unevaluated sum of two doubles.
struct Reference {
    double argument;
    double high;
    double low;
};

/// The rows of tests/data/normal_reference.csv that belong to `function`.
inline std::vector<Reference> normal_reference(const std::string& function) {
    std::ifstream file(std::string(WAGEFIT_TEST_DATA) + "/normal_reference.csv");
    std::vector<Reference> rows;
    for (std::string line; std::getline(file, line);) {
        std::istringstream fields(line);
        std::string name, argument, high, low;
        std::getline(fields, name, ',');
        if (name != function) continue;
        std::getline(fields, argument, ',');
        std::getline(fields, high, ',');
        std::getline(fields, low, ',');
        rows.push_back({std::strtod(argument.c_str(), nullptr), std::strtod(high.c_str(), nullptr),
                        std::strtod(low.c_str(), nullptr)});
    }
    if (rows.empty()) throw std::runtime_error("no reference values of " + function);
    return rows;
}

/// Distance from `value` to the reference in units in the last place of the reference.
inline double ulps(double value, const Reference& reference) {
    const double size = std::abs(reference.high);
    const double ulp = std::nextafter(size, std::numeric_limits<double>::infinity()) - size;
    return std::abs((value - reference.high) - reference.low) / ulp;
}

}  // namespace wagefit::test
