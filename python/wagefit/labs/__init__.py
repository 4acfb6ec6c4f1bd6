"""Teaching labs: each student's variant, and, by ``python -m wagefit.labs``, building, checking and grading.

The labs themselves, their data and the instructor's guide are in ``notebooks/labs`` of the source code; a wheel does
not hold them.
"""

from wagefit.labs.variants import variant

__all__ = ["variant"]
