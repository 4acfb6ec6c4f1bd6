"""The exceptions of wagefit, all raised by the core."""

from wagefit._core import ConvergenceError, FactError, InfeasibleError

__all__ = ["ConvergenceError", "FactError", "InfeasibleError"]
