"""Whether a published distribution allows the mean pay that a level of a factor is said to have."""

from __future__ import annotations

from wagefit.distributions.distribution import Distribution

SIZE = 1.2  # of the part over its share, so that the other factors can differ as well


def is_feasible(pay: Distribution, ratio: float, share: float) -> bool:
    """Whether a part of the workforce can have a mean of `ratio` times everyone's, with people to spare.

    Parameters
    ----------
    pay : Distribution
        Of everyone.
    ratio, share : float
        Mean pay of the part over everyone's, and the part's size in [0, 1].

    Notes
    -----
    A part earns at least what the lowest paid part of its size earns, at most what the highest does; here a part a
    fifth larger. Published rows of parts break this where their figures are of few people or of other years.
    """
    size = SIZE * share
    if share == 0.0 or size >= 1.0:
        return True
    mean = ratio * pay.mean()
    return pay.mean_between(0.0, size) <= mean <= pay.mean_between(1.0 - size, 1.0)
