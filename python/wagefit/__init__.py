"""Wage distributions from the figures that statistical agencies publish, and what explains pay.

One cell: `fit`, `fit_brackets`, `compare_families`, `mixture`; many: `fit_many`, `fit_table`; published tables: `oews`,
and `tables` of other agencies; salary factors: `SalaryModel`; wage equations: `estimate_factors` and its kin; gaps:
`decompose`; careers: `Career`.
Whatever else there is stands in the rooms, each a package of its own: `facts`, `distributions`, `fitting`, `ensemble`,
`estimation`, `factors`, `careers`, `decisions`, `plots`, and ``wagefit.report``, ``wagefit.adapters``.
"""

import lazy_loader

# What __init__.pyi lists is imported when it is first asked for.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
