#pragma once

#include "fitting/pay_integrals.hpp"

namespace wagefit {

/// The integrals with few or many nodes a segment, compiled for one instruction set; same bits on each.
struct PayKernels {
    static const PayKernels baseline, avx2, avx512;

    void (*coarse)(const KnotTable& table, const KnotArray& g, PayIntegrals& out);  ///< to about 1e-5
    void (*fine)(const KnotTable& table, const KnotArray& g, PayIntegrals& out);    ///< to rounding error
};

}  // namespace wagefit
