"""Words that public signatures spell out are those that the core knows."""

from __future__ import annotations

from typing import get_args, get_type_hints

import pytest

from wagefit import _core
from wagefit.shared.frames import BACKENDS
from wagefit.shared.types import Backend, Family
from wagefit.shell import cli


def test_families_are_the_curve_and_those_of_the_core() -> None:
    assert get_args(Family) == ("curve", *map(_core.family_name, _core.Family))


@pytest.mark.parametrize("family", get_args(Family))
def test_help_of_the_command_line_names_every_family(family: str) -> None:
    (option,) = get_type_hints(cli.fit_figures, include_extras=True)["family"].__metadata__
    assert family in option.help


def test_backends_are_those_that_tables_are_made_with() -> None:
    assert get_args(Backend) == BACKENDS
