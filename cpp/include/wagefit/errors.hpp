#pragma once

#include <stdexcept>

namespace wagefit {

/// Input that is wrong in itself. The message names the argument, the value it had and what was expected.
class FactError : public std::invalid_argument {
public:
    using std::invalid_argument::invalid_argument;
};

/// Facts, each valid by itself, that no distribution can satisfy together. The message is the certificate: which facts,
/// and the interval in which the mean would be feasible.
class InfeasibleError : public FactError {
public:
    using FactError::FactError;
};

/// An iteration that did not reach its tolerance.
class ConvergenceError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}  // namespace wagefit
