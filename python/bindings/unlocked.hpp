#pragma once

#include <pybind11/pybind11.h>

#include "wagefit/numerics/interruption.hpp"

namespace wagefit::bindings {

namespace py = pybind11;

/// While it lives the interpreter's lock is free, and Ctrl-C, or whatever else a signal's handler raises, ends what is
/// being computed.
class WithoutLock {
public:
    WithoutLock() : interruptible_(&raise_signals) {}

private:
    static void raise_signals() {
        const py::gil_scoped_acquire lock;
        if (PyErr_CheckSignals() != 0) throw py::error_already_set();
    }

    py::gil_scoped_release unlocked_;
    Interruptible interruptible_;
};

/// Marks a function that is called without the interpreter's lock.
using Unlocked = py::call_guard<WithoutLock>;

}  // namespace wagefit::bindings
