#pragma once

#include "wagefit/fitting/pay_integrals.hpp"

namespace wagefit {

/// The integrals with few or many nodes a segment, compiled for one instruction set; same bits on each.
struct PayKernels {
    void (*coarse)(const KnotTable& table, const KnotArray& g, PayIntegrals& out);  ///< to about 1e-5
    void (*fine)(const KnotTable& table, const KnotArray& g, PayIntegrals& out);    ///< to rounding error
};

extern const PayKernels pay_kernels_baseline, pay_kernels_avx2, pay_kernels_avx512;

}  // namespace wagefit
