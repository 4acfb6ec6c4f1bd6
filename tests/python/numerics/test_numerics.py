"""The normal distribution of the core on arrays, beside its twin in scipy; test_normal.cpp has the 50 digits."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.special
from numpy.testing import assert_allclose, assert_array_equal

from wagefit import _core

Z = np.linspace(-8.0, 8.0, 641)
P = np.linspace(0.0005, 0.9995, 1999)

# scipy promises no more than a few ulp itself, and its ndtr rounds z / sqrt(2): z^2 = 64 ulp at the ends.
CLOSE = 64 * np.finfo(float).eps


@pytest.mark.parametrize(
    ("function", "twin", "at"),
    [
        (_core.normal_cdf, scipy.special.ndtr, Z),
        (_core.normal_sf, lambda z: scipy.special.ndtr(-z), Z),
        (_core.normal_log_cdf, scipy.special.log_ndtr, Z),
        (_core.normal_log_sf, lambda z: scipy.special.log_ndtr(-z), Z),
        (_core.normal_quantile, scipy.special.ndtri, P),
        (_core.normal_isf, lambda q: -scipy.special.ndtri(q), P),
    ],
    ids=["cdf", "sf", "log_cdf", "log_sf", "quantile", "isf"],
)
def test_agrees_with_scipy(function, twin, at) -> None:
    """An independent implementation of the same function."""
    assert_allclose(function(at), twin(at), rtol=CLOSE, atol=1e-16)  # atol: the quantile at 0.5 is 0


def test_shapes_follow_the_argument() -> None:
    """A number for a number, the same shape for an array, whatever its strides or type."""
    assert isinstance(_core.normal_cdf(0.0), float)
    assert _core.normal_cdf(np.zeros(0)).shape == (0,)
    assert _core.normal_cdf(Z.reshape(1, 641)[:, ::2]).shape == (1, 321)
    assert_array_equal(_core.normal_cdf(Z[::-2]), _core.normal_cdf(Z)[::-2])
    assert_array_equal(_core.normal_cdf([0, 1]), _core.normal_cdf(np.array([0.0, 1.0])))


def test_read_only_arrays_are_read() -> None:
    """No copy is asked of the caller, and nothing is written."""
    values = Z.copy()
    values.flags.writeable = False
    assert_array_equal(_core.normal_cdf(values), _core.normal_cdf(Z))
    assert_array_equal(values, Z)
