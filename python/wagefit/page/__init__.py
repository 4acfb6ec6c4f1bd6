"""A page that answers: a report as one file whose figures move with a person's levels and a wage."""

from wagefit.page.explorer import Explorer, explore

__all__ = ["Explorer", "explore"]
