"""The embedded tables: reproducible from the public files, complete, and with a source on every figure."""

from __future__ import annotations

import csv
import gzip
import math
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from wagefit.shared.embedded_tables import read_table

from ..shared_data import shared_folder
from ..source_tree import ROOT

EMBEDDED = ROOT / "python" / "wagefit" / "data"
SCRIPTS = {
    "health_information.py": ("health_information",),
    "crosswalk.py": ("occupation_parts",),
    "prices.py": ("cpi_u", "employment_cost_index", "price_parities"),
    "factors.py": ("factors", "shares", "readings", "roles"),
    "careers.py": ("career_moves",),
    "wage_equation.py": ("wage_equation", "workforce_shares"),
    "sectors.py": ("sectors", "sector_pay"),
}
FACTORS = ("experience", "education", "credential", "state", "setting", "location")
# Ratios are quoted to three decimals; the tables round to six.
THREE_DECIMALS = 0.5e-3
SIX_DECIMALS = 0.5e-6


def levels(factor: str) -> dict[str, dict[str, str]]:
    """The rows of a factor by level."""
    return {row["level"]: row for row in read_table("factors") if row["factor"] == factor}


def ratio(factor: str, level: str) -> float:
    return float(levels(factor)[level]["ratio"])


def error(factor: str, level: str) -> float:
    return float(levels(factor)[level]["standard_error"])


# reproducible ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("script", SCRIPTS)
def test_script_writes_the_embedded_tables(script: str, tmp_path: Path) -> None:
    pytest.importorskip("python_calamine")
    command = [sys.executable, str(ROOT / "python" / "embed" / script), str(shared_folder("him").parent), str(tmp_path)]
    subprocess.run(command, check=True, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"})
    assert sorted(path.stem for path in tmp_path.iterdir()) == sorted(SCRIPTS[script])
    for name in SCRIPTS[script]:
        assert (tmp_path / f"{name}.csv").read_bytes() == (EMBEDDED / f"{name}.csv").read_bytes()


def test_national_rows_agree_with_the_extract() -> None:
    """Rows read from the workbooks of 1999 to 2021, against an extract made separately from them."""
    with (shared_folder("him").parent / "him" / "him_national_by_year.csv").open(encoding="utf-8", newline="") as file:
        extract = {(row["YEAR"], row["OCC_CODE"]): row for row in csv.DictReader(file)}
    columns = {"employment": "TOT_EMP", "employment_rse": "EMP_PRSE", "mean": "A_MEAN", "mean_rse": "MEAN_PRSE",
               "p10": "A_PCT10", "p25": "A_PCT25", "p50": "A_MEDIAN", "p75": "A_PCT75", "p90": "A_PCT90",
               "hourly_mean": "H_MEAN", "hourly_p50": "H_MEDIAN", "hourly_p90": "H_PCT90"}  # fmt: skip
    rows = [row for row in read_table("health_information") if row["area"] == "US" and row["industry"] == "000000"]
    compared = [(row, extract[row["year"], row["occupation"]]) for row in rows if int(row["year"]) > 1998]
    assert len(compared) == len(extract)
    for row, other in compared:
        assert {name: row[name] and float(row[name]) for name in columns} == {
            name: other[column] and float(other[column]) for name, column in columns.items()
        }


@pytest.mark.parametrize(
    ("file", "year", "count"), [("nat4d_M2018_owner_dl.xlsx", "2018", 26), ("natsector_M2022_dl.xlsx", "2022", 37)]
)
def test_industry_rows_agree_with_the_workbook(file: str, year: str, count: int) -> None:
    calamine = pytest.importorskip("python_calamine")
    workbook = calamine.CalamineWorkbook.from_path(str(shared_folder("him").parent / "oews" / "industry" / file))
    header, *body = workbook.get_sheet_by_index(0).to_python()
    codes = {"11-9111", "29-2071", "29-2072", "29-9021"}
    original = [dict(zip(header, row, strict=True)) for row in body if row[header.index("OCC_CODE")] in codes]
    key = ("NAICS", "OCC_CODE", "TOT_EMP", "EMP_PRSE", "A_MEAN", "MEAN_PRSE", "A_PCT10", "A_MEDIAN", "A_PCT90")
    names = ("industry", "occupation", "employment", "employment_rse", "mean", "mean_rse", "p10", "p50", "p90")
    rows = [row for row in read_table("health_information") if row["year"] == year and row["source"].endswith(file)]
    ours = sorted(tuple(figure(row[name]) for name in names) for row in rows)
    # 31-33, 44-45 and 48-49 stand under their first number.
    theirs = sorted(tuple(figure(str(row[name]).partition("-")[0] if name == "NAICS" else row[name]) for name in key)
                    for row in original)  # fmt: skip
    assert len(ours) == count
    assert ours == theirs


@pytest.mark.parametrize(
    ("file", "area_types", "count"),
    [
        ("national", {"national"}, 4),
        ("states", {"state"}, 152),
        ("metros", {"metropolitan", "nonmetropolitan"}, 1208),
    ],
)
def test_rows_of_may_2025_agree_with_the_full_table(file: str, area_types: set[str], count: int) -> None:
    """Puerto Rico and Guam are territories in the embedded table."""
    columns = {"employment": "TOT_EMP", "location_quotient": "LOC_QUOTIENT", "p10": "A_PCT10", "p25": "A_PCT25",
               "p50": "A_MEDIAN", "p75": "A_PCT75", "p90": "A_PCT90"}  # fmt: skip
    path = shared_folder("him").parent / "oews" / "may2025" / f"oews_m2025_{file}.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        full = {(row.get("AREA", "US"), row["OCC_CODE"]): row for row in csv.DictReader(lines)}
    rows = [row for row in read_table("health_information") if row["year"] == "2025" and row["area_type"] in area_types]
    assert len(rows) == count
    for row in rows:
        other = full[row["area"], row["occupation"]]
        assert [figure(row[name]) for name in columns] == [figure(other.get(name, "")) for name in columns.values()]


def test_rows_before_the_occupational_classification() -> None:
    """Written down from the workbooks of 1997 and 1998."""
    early = [row for row in read_table("health_information") if int(row["year"]) < 1999]
    rows = {(row["year"], row["occupation"]): row for row in early}
    names = ("occupation_title", "employment", "mean", "p10", "p25", "p50", "p75", "p90")
    assert {key: tuple(row[name] for name in names) for key, row in rows.items()} == {
        ("1997", "15008"): ("Medicine and Health Services Managers", "203420", "49960", "27060.8", "36233.6", "47070.4",
                            "68411.2", "86444.8"),
        ("1997", "32911"): ("Medical Records Technicians", "87040", "21220", "13270.4", "15953.6", "20009.6", "24689.6",
                            "30680"),
        ("1998", "15008"): ("Medicine and Health Services Managers", "213040", "52340", "28600", "37900", "48870",
                            "71580", "88730"),
        ("1998", "32911"): ("Medical Records Technicians", "89570", "21990", "14150", "16670", "20590", "25440",
                            "31570"),
    }  # fmt: skip


def figure(value: Any) -> str:
    """A cell as text that is the same however a number is spelled; no figure as an empty string."""
    text = str(value).strip()
    try:
        return repr(float(text))
    except ValueError:
        return "" if text in {"*", "**", "#"} else text


def test_tables_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in EMBEDDED.glob("*.csv")}
    assert sizes["health_information.csv"] < 400_000
    assert sizes["sector_pay.csv"] < 300_000
    assert sum(sizes.values()) < 800_000


def test_row_counts() -> None:
    counts = {name: len(read_table(name)) for names in SCRIPTS.values() for name in names}
    assert counts == {
        "health_information": 1776, "cpi_u": 352, "employment_cost_index": 39, "price_parities": 438,
        "occupation_parts": 60, "factors": 85, "shares": 85, "readings": 14, "roles": 5, "career_moves": 12,
        "wage_equation": 16, "workforce_shares": 368, "sectors": 20, "sector_pay": 8381,
    }  # fmt: skip


# the factor table ------------------------------------------------------------------------------------------------


def test_every_factor_row_has_a_source_and_a_population() -> None:
    for row in read_table("factors"):
        assert row["source"], row
        assert row["year"], row
        assert row["population"], row
        assert row["proxy"] in {"true", "false"}
        assert float(row["ratio"]) > 0
        assert row["standard_error"] == "" or float(row["standard_error"]) >= 0


def test_factors_come_in_one_order() -> None:
    assert tuple(dict.fromkeys(row["factor"] for row in read_table("factors"))) == FACTORS


@pytest.mark.parametrize("factor", FACTORS)
def test_baseline_is_a_level_with_ratio_one_or_the_mean(factor: str) -> None:
    rows = levels(factor)
    (baseline,) = {row["baseline"] for row in rows.values()}
    if baseline == "mean":
        assert factor in {"state", "setting"}
    else:
        assert (ratio(factor, baseline), error(factor, baseline)) == (1, 0)


def test_certification_premium_is_pooled_from_the_surveys() -> None:
    entry, late, all_years = 34_551 / 30_175, 53_669 / 47_805, 44_750 / 38_290
    assert (round(entry, 3), round(late, 3), round(all_years, 3)) == (1.145, 1.123, 1.169)
    logs = [math.log(entry), math.log(late), math.log(all_years)]
    mean = sum(logs) / 3
    spread = math.sqrt(sum((log - mean) ** 2 for log in logs) / 2)
    assert ratio("credential", "CPC") == pytest.approx(math.exp(mean), abs=SIX_DECIMALS)
    assert error("credential", "CPC") == pytest.approx(math.exp(mean) * spread, abs=SIX_DECIMALS)


@pytest.mark.parametrize("level", ["CCA", "CCS", "RHIT", "RHIA"])
def test_other_credentials_are_proxies(level: str) -> None:
    row = levels("credential")[level]
    assert row["proxy"] == "true"
    assert row["note"].startswith("Proxy")
    assert ratio("credential", level) == ratio("credential", "CPC")


def test_experience_rises_and_bends_down() -> None:
    rows = levels("experience").values()
    years = [float(row["x"]) for row in rows]
    logs = [math.log(float(row["ratio"])) for row in rows]
    slopes = [(b - a) / (x1 - x0) for a, b, x0, x1 in zip(logs, logs[1:], years, years[1:], strict=False)]
    assert years[0] == 0
    assert years[-1] == 25
    assert all(slope > 0 for slope in slopes)
    assert slopes == sorted(slopes, reverse=True)
    assert 53_669 / 34_551 < ratio("experience", "25") < 47_805 / 30_175
    assert all(row["proxy"] == "true" for row in rows if 0 < float(row["x"]) < 25)


def test_education_and_location_are_the_published_ratios() -> None:
    assert ratio("education", "bachelor") == pytest.approx(51_820 / 40_746, abs=SIX_DECIMALS)
    assert round(ratio("education", "bachelor"), 2) == 1.27
    assert ratio("location", "urban") == pytest.approx(45_631 / 38_930, abs=SIX_DECIMALS)
    assert round(ratio("location", "urban"), 2) == 1.17
    ladder = [ratio("education", level) for level in levels("education")]
    assert ladder == sorted(ladder)
    assert {level for level, row in levels("education").items() if row["proxy"] == "true"} == {
        "certificate", "associate", "master",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("level", "printed"),
    [("general hospital", 1.060), ("state general hospital", 1.195), ("local general hospital", 1.031),
     ("psychiatric hospital", 0.922), ("specialty hospital", 1.051), ("state university", 1.102), ("all other", 0.968)],
)  # fmt: skip
def test_setting_ratios(level: str, printed: float) -> None:
    assert ratio("setting", level) == pytest.approx(printed, abs=THREE_DECIMALS)
    assert error("setting", level) > 0


def test_setting_error_of_private_general_hospitals() -> None:
    """By hand: both means have an RSE of 0.4 %, and the hospitals hold 27.88 % of the payroll."""
    payroll = 54_890 * 46_640 / (208_650 * 44_010)
    by_hand = 46_640 / 44_010 * 0.004 * math.sqrt(2 - 2 * payroll)
    assert error("setting", "general hospital") == pytest.approx(by_hand, abs=SIX_DECIMALS)


def test_states_are_the_fifty_with_unknown_errors() -> None:
    rows = levels("state")
    assert len(rows) == 50
    assert list(rows) == sorted(rows)
    assert ratio("state", "NJ") == pytest.approx(54_020 / 44_010, abs=SIX_DECIMALS)
    assert ratio("state", "AR") == pytest.approx(34_610 / 44_010, abs=SIX_DECIMALS)
    assert {row["standard_error"] for row in rows.values()} == {""}


# shares ----------------------------------------------------------------------------------------------------------


def test_there_is_one_share_for_every_level() -> None:
    pairs = [[(row["factor"], row["level"]) for row in read_table(name)] for name in ("factors", "shares")]
    assert pairs[0] == pairs[1]


@pytest.mark.parametrize("factor", FACTORS)
def test_shares_sum_to_one(factor: str) -> None:
    shares = [float(row["share"]) for row in read_table("shares") if row["factor"] == factor]
    assert all(share > 0 for share in shares)
    # Decimals of at most six digits: only their binary rounding is left.
    assert math.fsum(shares) == pytest.approx(1, abs=1e-12)


def test_every_share_has_a_source_or_is_an_assumption() -> None:
    for row in read_table("shares"):
        assert row["assumption"] in {"true", "false"}
        assert row["proxy"] in {"true", "false"}
        assert (row["source"] == "Assumption") == (row["assumption"] == "true"), row
        assert row["assumption"] == "true" or row["year"], row


def test_setting_shares_are_published_and_average_to_the_mean() -> None:
    shares = {row["level"]: row for row in read_table("shares") if row["factor"] == "setting"}
    assert {row["assumption"] for row in shares.values()} == {"false"}
    assert float(shares["all other"]["share"]) == pytest.approx(134_190 / 208_650, abs=2 * SIX_DECIMALS)
    average = sum(float(row["share"]) * ratio("setting", level) for level, row in shares.items())
    # Twelve products of decimals rounded at the sixth place, and the residual's mean rounded to a dollar.
    assert average == pytest.approx(1, abs=12 * 2 * SIX_DECIMALS)


def test_state_shares_are_a_proxy() -> None:
    rows = {row["level"]: row for row in read_table("shares") if row["factor"] == "state"}
    assert [level for level, row in rows.items() if row["assumption"] == "true"] == ["VT"]
    assert all(row["proxy"] == "true" and row["note"].startswith("Proxy") for key, row in rows.items() if key != "VT")


# readings and roles ----------------------------------------------------------------------------------------------


def test_readings_have_a_source_and_a_use() -> None:
    for row in read_table("readings"):
        assert row["source"]
        assert row["use"] in {"pooled", "spread", "recorded"}
        if row["level_mean"]:
            quotient = float(row["level_mean"]) / float(row["baseline_mean"])
            assert float(row["ratio"]) == pytest.approx(quotient, abs=SIX_DECIMALS)


def test_roles_are_other_anchors() -> None:
    roles = {row["role"]: row for row in read_table("roles")}
    assert {name: row["occupation"] for name, row in roles.items()} == {
        "technician": "29-2071",
        "coder": "29-2072",
        "cancer registrar": "29-9021",
        "health information manager": "11-9111",
        "director": "11-9111",
    }
    assert float(roles["cancer registrar"]["ratio"]) == pytest.approx(73_410 / 55_970, abs=SIX_DECIMALS)
    assert float(roles["health information manager"]["ratio"]) == pytest.approx(137_730 / 55_970, abs=SIX_DECIMALS)
    assert roles["director"]["part"] == "upper"
    assert roles["director"]["ratio"] == ""
    assert "assumption" in roles["director"]["note"]
    for role in roles.values():
        cells = [row for row in read_table("health_information") if row["occupation"] == role["occupation"]]
        assert any(row["year"] == role["year"] and row["industry"] == "000000" for row in cells)
