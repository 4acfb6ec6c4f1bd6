#pragma once

#include "wagefit/facts/facts.hpp"

namespace wagefit::test {

/// The published wages of health information technicians: BLS OEWS May 2018, 29-2071.
inline Figures technicians() {
    Figures figures;
    figures.mean = 44'010.0;
    figures.quantiles = {{0.10, 26'550.0}, {0.25, 32'070.0}, {0.50, 40'350.0}, {0.75, 52'730.0}, {0.90, 66'260.0}};
    return figures;
}

}  // namespace wagefit::test
