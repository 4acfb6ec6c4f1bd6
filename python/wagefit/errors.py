"""The exceptions of wagefit, all raised by the core."""

from wagefit._core import ConvergenceError, FactError, InfeasibleError

__all__ = ["ConvergenceError", "FactError", "InfeasibleError"]

FactError.__doc__ = f"""{FactError.__doc__}

Examples
--------
>>> try:
...     wf.fit(mean=-1, quantiles={{0.5: 40_350}})
... except wf.FactError as error:
...     print(error)
mean is -1; expected a finite wage above 0
"""

InfeasibleError.__doc__ = f"""{InfeasibleError.__doc__}

Examples
--------
>>> try:
...     wf.fit(mean=20_000, quantiles={{0.5: 40_350, 0.9: 66_260}})
... except wf.InfeasibleError as error:
...     print(error.certificate.mean_interval)
(22766.0, inf)
"""

ConvergenceError.__doc__ = f"""{ConvergenceError.__doc__}

Examples
--------
>>> issubclass(wf.ConvergenceError, RuntimeError)
True
"""
