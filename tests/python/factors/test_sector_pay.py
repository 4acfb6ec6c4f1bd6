"""Kind of employer: what an occupation is paid by sector, against figures written down from the release."""

from __future__ import annotations

import numpy as np
import pytest

import wagefit as wf
from wagefit import SalaryModel
from wagefit.factors.sector_pay import relative_error
from wagefit.shared.embedded_tables import read_table

# Registered nurses, May 2022: people, mean and its relative standard error in percent, by sector.
NURSES = {
    "utilities": (50, 83_660, 2.4),
    "manufacturing": (2_100, 84_270, 1.3),
    "wholesale trade": (2_020, 103_190, 3.5),
    "retail trade": (2_920, 79_180, 2.1),
    "information": (540, 81_020, 3.8),
    "finance": (40_570, 83_820, 0.6),
    "professional services": (11_830, 87_410, 1.5),
    "management of companies": (20_840, 91_270, 0.8),
    "administrative services": (128_450, 107_530, 1.5),
    "education": (88_640, 71_430, 0.4),
    "health care": (2_606_680, 88_370, 0.2),
    "arts and recreation": (160, 74_420, 7.2),
    "hotels and restaurants": (100, 58_390, 12.8),
    "other services": (3_970, 86_750, 5.9),
    "government": (163_190, 95_600, 0.1),
}


def test_nurses_have_the_published_means_of_each_sector() -> None:
    """Relative to the mean of all sectors by their employment; nothing is left over."""
    model = SalaryModel.for_occupation("29-1141", 2025)
    levels = {level.name: level for level in model.factor("setting").levels}
    assert set(levels) == set(NURSES)
    people, means, _ = (np.array(column, dtype=float) for column in zip(*NURSES.values(), strict=True))
    average = people @ means / people.sum()
    for name, (n, mean, _) in NURSES.items():
        assert levels[name].ratio == pytest.approx(mean / average, rel=1e-12)
        assert levels[name].share == pytest.approx(n / people.sum(), rel=1e-12)
        paid = model.profile(setting=name).pay.mean()
        assert paid == pytest.approx(101_420 * mean / average, rel=1e-9)
    assert any(note.startswith("setting: ") and "May 2022, carried over to May 2025" in note for note in model.notes)


def test_errors_are_those_of_a_part_over_the_whole() -> None:
    """By simulation: each sector's mean scatters by its own error, the whole is their sum."""
    people, means, errors = (np.array(column, dtype=float) for column in zip(*NURSES.values(), strict=True))
    errors = errors / 100
    payroll = people * means
    drawn = payroll * (1 + errors * np.random.default_rng(3).standard_normal((200_000, len(people))))
    ratios = drawn / drawn.sum(axis=1, keepdims=True)
    for i in range(len(people)):
        found = relative_error(i, payroll / payroll.sum(), errors)
        # Monte Carlo: 0.2 %; squares of errors of up to 13 % that the first order leaves out: 2 %
        assert found == pytest.approx(ratios[:, i].std() / ratios[:, i].mean(), rel=0.02)


def test_an_occupation_paid_by_the_hour_has_its_hourly_means() -> None:
    """Actors, May 2022: $41.34 an hour in professional services, $39.50 in information; two sectors print none."""
    levels = {level.name: level for level in SalaryModel.for_occupation("actors").factor("setting").levels}
    assert levels["professional services"].ratio / levels["information"].ratio == pytest.approx(41.34 / 39.50)
    people = 19_230 + 16_890 + 820 + 3_890 + 110 + 12_710 + 250 + 40
    assert levels["other sectors"].share == pytest.approx(1 - people / (people + 30 + 130))
    assert levels["other sectors"].is_proxy


def test_an_occupation_that_the_table_has_not_says_so() -> None:
    """Health information technicians to 2018, 29-2071, are no code of 2022."""
    model = SalaryModel.for_occupation("29-2071", 2018)
    with pytest.raises(wf.FactError, match=r"no factor of employers, as .* has no 29-2071 Medical Records"):
        model.profile(setting="health care")


def test_the_table_has_every_detailed_row_of_the_release() -> None:
    """8,381 rows in twenty sectors; 169 have no mean by the year, 27 of these one by the hour."""
    rows = read_table("sector_pay")
    assert len(rows) == 8_381
    assert {row["sector"] for row in rows} == {row["sector"] for row in read_table("sectors")}
    assert sum(not row["mean"] for row in rows) == 169 - 27
    assert sum(row["unit"] == "USD/hour" for row in rows) == 27
