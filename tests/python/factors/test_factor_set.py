"""Several factors in one file: what is saved is read back, and what is wrong is one sentence that says where."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import wagefit as wf
from wagefit import Factor, Level
from wagefit.factors import FactorSet, Interaction, read
from wagefit.factors.records import column_name
from wagefit.shared.toml_files import parse_toml

from ..embedded import EMBEDDED

GOOD = """Factor;Level;At;Ratio;Share;Standard error;Source
Experience;new;0;1;0.3;0;Own survey
Experience;settled;8;1.25;0.7;0.02;Own survey
role;staff;;1;0.8;0;
ROLE;Lead;;1.18;0.2;;Own survey, page 3
"""

TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12).map(str.strip)
NAMES = TEXTS.filter(bool)
POSITIVE = st.floats(1e-3, 1e3)
ERRORS = st.none() | st.floats(0, 10)
YEARS = st.none() | st.integers(1900, 2100)


@st.composite
def levels(draw: st.DrawFn, name: str, share: float, at: float | None) -> Level:
    return Level(
        name, draw(TEXTS), draw(POSITIVE), draw(ERRORS), share, at, draw(TEXTS), draw(YEARS), draw(TEXTS),
        draw(st.booleans()), draw(TEXTS), draw(TEXTS), draw(YEARS), draw(st.booleans()), draw(st.booleans()),
    )  # fmt: skip


@st.composite
def factors(draw: st.DrawFn, name: str) -> Factor:
    names = draw(st.lists(NAMES, min_size=2, max_size=3, unique_by=str.casefold))
    weights = draw(st.lists(st.integers(1, 1000), min_size=len(names), max_size=len(names)))
    amounts: list[float | None] = [None] * len(names)
    if draw(st.booleans()):
        amounts = list(range(1, len(names) + 1)) if draw(st.booleans()) else [1.5 * 1.1**i for i in range(len(names))]
    made = [
        draw(levels(level, weight / sum(weights), at))
        for level, weight, at in zip(names, weights, amounts, strict=True)
    ]
    return Factor(
        name, tuple(made), draw(st.sampled_from([*names, "mean"])), draw(TEXTS),
        draw(st.sampled_from(["linear", "logarithmic"])), draw(st.sampled_from([None, "independent", "common"])),
    )  # fmt: skip


@st.composite
def interactions(draw: st.DrawFn, first: Factor, second: Factor) -> Interaction:
    pairs = [(a.name, b.name) for a in first.levels for b in second.levels]
    some = st.lists(st.sampled_from(pairs), min_size=1, unique=True)
    ratios = {pair: draw(POSITIVE) for pair in draw(some)}
    known = {pair: draw(st.floats(0, 1)) for pair in ratios if draw(st.booleans())}
    shares = {pair: draw(POSITIVE) for pair in draw(some)} if draw(st.booleans()) else None
    return Interaction(
        first.name, second.name, ratios, known or None, draw(TEXTS), draw(YEARS), draw(TEXTS), draw(st.booleans()),
        draw(TEXTS), shares, draw(TEXTS), draw(st.booleans()),
    )  # fmt: skip


@st.composite
def factor_sets(draw: st.DrawFn) -> FactorSet:
    names = draw(st.lists(NAMES, min_size=2, max_size=2, unique_by=column_name))
    made = tuple(draw(factors(name)) for name in names)
    return FactorSet(made, (draw(interactions(made[0], made[1])),) if draw(st.booleans()) else ())


@given(factor_sets())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_is_saved_is_read_back(tmp_path: Path, made: FactorSet) -> None:
    """All digits, texts of any script, formulas, line breaks and quotation marks, in both formats and as a table."""
    for name in ("a.csv", "a.toml"):
        made.save(tmp_path / name)
        assert read(tmp_path / name) == made
    assert read(made.to_frame()) == made


@pytest.mark.parametrize("suffix", [".csv", ".toml"])
def test_the_embedded_factors_are_read_back(tmp_path: Path, suffix: str) -> None:
    made = FactorSet(tuple(EMBEDDED.values()), (wf.factors.certification_by_experience(),))
    made.save(tmp_path / f"a{suffix}")
    assert read(tmp_path / f"a{suffix}") == made
    assert read(str(tmp_path / f"a{suffix}"))["CREDENTIAL"] == EMBEDDED["credential"]
    for backend in ("pandas", "polars", "pyarrow"):
        assert read(made.to_frame(backend)) == made


def test_other_readers_read_the_files(tmp_path: Path) -> None:
    """The CSV module of Python and pandas find the figures in the file, and TOML has one table a factor."""
    made = FactorSet(tuple(EMBEDDED.values()))
    for name in ("a.csv", "a.toml"):
        made.save(tmp_path / name)
    rows = csv.DictReader((tmp_path / "a.csv").read_text(encoding="utf-8").splitlines())
    found = {(row["factor"], row["level"]): float(row["ratio"]) for row in rows}
    assert found == {(factor.name, level.name): level.ratio for factor in made for level in factor.levels}
    assert pd.read_csv(tmp_path / "a.csv").groupby("factor").share.sum().to_numpy() == pytest.approx(1, abs=1e-6)
    document = parse_toml((tmp_path / "a.toml").read_text(encoding="utf-8"))
    assert list(document["factors"]) == list(EMBEDDED)
    assert [level["ratio"] for level in document["factors"]["state"]["levels"]] == [
        level.ratio for level in EMBEDDED["state"].levels
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_spreadsheet_programs_write_it_as_they_like(tmp_path: Path, delimiter: str, encoding: str, end: str) -> None:
    """Separators, a byte order mark, line ends, empty lines at the end."""
    text = GOOD.replace(", page 3", "").replace(";", delimiter).replace("\n", end) + f"{delimiter * 6}{end}{end}"
    (tmp_path / "mine.CSV").write_bytes(text.encode(encoding))
    mine = read(tmp_path / "mine.CSV")
    assert [factor.name for factor in mine] == ["Experience", "role"]
    assert mine["experience"].is_continuous
    assert mine["role"].levels == (
        Level("staff", "staff", 1.0, 0.0, 0.8, share_is_assumed=True),
        Level("Lead", "Lead", 1.18, None, 0.2, source="Own survey", share_is_assumed=True),
    )
    assert [factor.baseline for factor in mine] == ["new", "staff"]


TOML = """[factors.Role]
Source = "Own survey"
year = 2024
share-source = "Personnel list"
levels = [
    { Level = "staff", ratio = 1, share = 0.8, standard_error = 0, source = "" },
    { level = "lead", ratio = 1.18, share = 0.2 },
]
[[interactions]]
first = "role"
second = "years"
source = "Own survey"
pairs = [{ first = "LEAD", second = "10", ratio = 1.02, standard_error = 0.01 }]
[factors.years]
unit = "years"
[[factors.years.levels]]
level = 10
at = 10
ratio = 1.2
share = 0.5
[[factors.years.levels]]
level = 0
at = 0
ratio = 1
share = 0.5
"""


def test_what_holds_for_all_levels_stands_once_in_toml(tmp_path: Path) -> None:
    """A level may say otherwise; names have any capitals."""
    (tmp_path / "mine.toml").write_text(TOML)
    mine = read(tmp_path / "mine.toml")
    staff, lead = mine["role"].levels
    assert (staff.source, lead.source, lead.year, lead.share_source) == ("", "Own survey", 2024, "Personnel list")
    assert not lead.share_is_assumed
    assert [level.name for level in mine["years"].levels] == ["0", "10"]
    (pair,) = mine.interactions
    assert (pair.first, pair.second, pair.ratios) == ("Role", "years", {("lead", "10"): 1.02})
    assert pair.standard_errors == {("lead", "10"): 0.01}


# What is changed in GOOD, and how the message begins, after "mine.csv" has been cut from it.
CHANGED = {
    ("1.18", "1,18"): "ratio in line 5 of * is '1,18'; expected a number with a decimal point, such as 1.18",
    ("0.8", "80 %"): "share in line 4 of * is '80 %'; expected a number, such as 0.8 for 80 %",
    ("1.18", "118 %"): "ratio in line 5 of * is '118 %'; expected a number, such as 1.18 for 118 %",
    ("0.8", "80"): "share in line 4 of * is '80'; expected a part of the workforce in [0, 1]: 80 % is 0.8",
    (";1.18;", ";;"): "ratio in line 5 of * is missing; expected a number",
    ("Lead", ""): "level in line 5 of * is missing; expected the name of a level",
    ("ROLE", " "): "factor in line 5 of * is missing; expected the name of a factor",
    ("1.18", "0"): "ratio in line 5 of * is '0'; expected a number above 0",
    ("0.02", "small"): "standard_error in line 3 of * is 'small'; expected a number",
    ("0.02", "1e999"): "standard_error in line 3 of * is '1e999'; expected a number",
    (
        "settled;8",
        "settled;",
    ): "at in line 3 of * is missing; expected an amount, as the factor's other levels have",
    (
        "Lead",
        "STAFF",
    ): "level in line 5 of * is 'STAFF'; expected each level of 'role' once, whatever its capitals, "
    "and 'staff' stands in line 4 of *",
    (
        "0.8",
        "0.79",
    ): "the shares of 'role' sum to 0.99, from share in line 4 of * to share in line 5 of *; expected 1: "
    "they look rounded",
    ("0.8", "0.7"): "the shares of 'role' sum to 0.9, from share in line 4 of * to share in line 5 of *; expected 1",
    (";8;", ";0;"): "at in line 3 of * is '0'; expected another amount than in line 2 of *",
    (
        "Standard error",
        "Standart error",
    ): "line 1 of * has the column 'Standart error'; did you mean 'standard_error'?",
    ("Source", "Colour"): "line 1 of * has the column 'Colour'; expected some of factor, level, ",
    ("Source", "ratio"): "line 1 of * has the column 'ratio' twice; expected it once",
    ("Share", "Year"): "line 1 of * has no column 'share'; expected at least factor, level, ratio, share",
    ("Lead;;", "Lead;;;"): "line 5 of * has 8 cells; expected 7, as many as the header (a text with ';' stands in",
    ("Lead", '"Lead'): "line 5 of * is no line of a CSV file: ",
}


@pytest.mark.parametrize("change", CHANGED)
def test_messages_say_where(tmp_path: Path, change: tuple[str, str]) -> None:
    """File, line, column, value, and what was expected."""
    assert change[0] in GOOD
    (tmp_path / "mine.csv").write_text(GOOD.replace(*change, 1))
    with pytest.raises(wf.FactError) as caught:
        read(tmp_path / "mine.csv")
    assert str(caught.value).startswith(CHANGED[change].replace("*", "mine.csv"))
    assert "\n" not in str(caught.value)


ONE = "levels = [{ level = 'a', ratio = 1, share = 1 }]\n"
PAIR = "[[interactions]]\nfirst = 'role'\nsecond = 'age'\npairs = [{ first = 'a', second = 'b', ratio = 1 }]"
OF_TOML = {
    "[factors.role]\nlevels = [{ level = 'a', ration = 1 }]": "an entry of level 1 of the factor 'role' in * is "
    "'ration'; did you mean 'ratio'? expected some of level, ",
    "[factors.role]\nlevels = [{ level = 'a', ratio = 'x', share = 1 }]": "ratio of level 1 of the factor 'role' in * "
    "is 'x'; expected a number",
    f"[factors.role]\nsource = ['x']\n{ONE}": "source of level 1 of the factor 'role' in * is ['x']; expected a text",
    f"[factors.role]\nyear = 2018-05-01\n{ONE}": "year of level 1 of the factor 'role' in * is datetime.date(2018, ",
    "[factors.role]\nsource = 'x'": "levels of the factor 'role' in * is missing; expected a list of tables",
    "[factors.role]\nlevels = [3]": "an entry of level 1 of the factor 'role' in * is 3; expected a table",
    "factors = 3": "factors of * is 3; expected tables",
    "[factor.role]": "an entry of * is 'factor'; did you mean 'factors'? expected some of factors, interactions",
    "": "* has no level of a factor; expected at least one",
    "factors = [": "* is no TOML file: ",
    "[factors.role]\nunit = ''\nUnit = ''": "unit of the factor 'role' in * is given twice; expected it once",
    f"[factors.role]\n{ONE}{PAIR}": "with_factor of pair 1 of interaction 1 in * is 'age'; expected one of the factors "
    "there, 'role'",
    "a = " + "[" * 5000: "* is no TOML file: ",
    "a = " + "9" * 5000: "* is no TOML file: ",
}


@pytest.mark.parametrize("text", OF_TOML, ids=range(len(OF_TOML)))
def test_messages_of_toml_files_say_where(tmp_path: Path, text: str) -> None:
    (tmp_path / "mine.toml").write_text(text)
    with pytest.raises(wf.FactError) as caught:
        read(tmp_path / "mine.toml")
    assert str(caught.value).startswith(OF_TOML[text].replace("*", "mine.toml"))
    assert "\n" not in str(caught.value)


def test_other_files_are_refused(tmp_path: Path) -> None:
    for name, content, message in (
        ("a.csv", b"", r"a\.csv is empty; expected a line with factor, level, ratio, share"),
        ("b.csv", GOOD.encode("utf-16"), r"b\.csv is not in UTF-8"),
        ("c.csv", GOOD[: GOOD.index("\n") + 1].encode(), r"c\.csv has no level of a factor"),
        ("d.xlsx", b"PK", r"path is 'd\.xlsx'; expected a name that ends in \.csv or \.toml"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(wf.FactError, match=message):
            read(tmp_path / name)
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "none.csv")


def test_what_cannot_be_saved_is_refused(tmp_path: Path) -> None:
    """Blanks at the ends of a cell of CSV, halves of characters, an interaction without figures; no file is left."""
    level = Level("a ", "", 1.0, None, 1.0)
    made = FactorSet((Factor("role", (level,)),))
    with pytest.raises(wf.FactError, match=r"level is 'a '; expected no blanks at its ends for a \.csv"):
        made.save(tmp_path / "a.csv")
    made.save(tmp_path / "a.toml")
    assert read(tmp_path / "a.toml") == made
    with pytest.raises(wf.FactError, match="expected one that can be written in UTF-8"):
        FactorSet((Factor("\ud800", (level,)),)).save(tmp_path / "b.toml")
    with pytest.raises(wf.FactError, match="interaction 'a x b' has neither ratios nor shares"):
        FactorSet((), (Interaction("a", "b"),)).save(tmp_path / "b.toml")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.toml"]


def test_formulas_have_an_apostrophe_in_csv(tmp_path: Path) -> None:
    """What a spreadsheet program would run; the apostrophe is gone when the file is read."""
    names = ("=1+1", "'=1+1", "-5 to 5", "+", "@SUM(A1)", "'quoted'", "plain")
    made = FactorSet((Factor("role", tuple(Level(name, "", 1.0, None, 1 / 7) for name in names)),))
    made.save(tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        written = [row["level"] for row in csv.DictReader(file)]
    assert written == ["'=1+1", "''=1+1", "'-5 to 5", "'+", "'@SUM(A1)", "'quoted'", "plain"]
    assert read(tmp_path / "a.csv") == made


def test_a_factor_is_printed_on_one_line() -> None:
    assert repr(EMBEDDED["credential"]) == (
        "<factor credential: 6 levels, ratios 1.000 (No credential) to 1.145 (CCA), baseline none>"
    )
    assert repr(EMBEDDED["experience"]) == (
        "<factor experience: 10 knots, ratios 1.000 (0 years) to 1.569 (25 years), baseline 0>"
    )
    assert repr(Factor("role", ())) == "<factor role: no levels>"
    assert repr(wf.factors.certification_by_experience()) == "<interaction credential x experience: 50 ratios>"
    assert repr(Interaction("a", "b", {("x", "y"): 1.1}, shares={("x", "y"): 3})) == (
        "<interaction a x b: 1 ratio, 1 share>"
    )


def test_an_empty_label_is_the_name() -> None:
    """So that no level is found by an empty text."""
    factor = Factor("role", (Level("staff", "", 1.0, None, 0.5), Level("lead", "", 1.2, None, 0.5)))
    assert [level.label for level in factor.levels] == ["staff", "lead"]
    with pytest.raises(wf.FactError, match="role is ''"):
        factor.choice("")


def test_levels_that_are_numbers_are_chosen_by_number() -> None:
    """Pay bands of a table, which its library reads as integers."""
    frame = pd.DataFrame({"factor": "band", "level": [5, 6], "ratio": [1.0, 1.22], "share": [0.5, 0.5]})
    band = read(frame)["band"]
    assert (band.choice(6), band.choice("6"), band.choice(np.int64(5))) == ("6", "6", "5")
    for wrong in (7, 5.5, True):
        with pytest.raises(wf.FactError, match=f"band is {wrong}; expected one of '5', '6'"):
            band.choice(wrong)
