"""Salary models from one's own tables, as text and table, from file to file."""

from __future__ import annotations

import hashlib
import inspect
import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

import wagefit as wf
from wagefit import Factor, Level, SalaryModel, oews
from wagefit.factors import FactorSet, certification_by_experience, read
from wagefit.factors.model_anchor import ARGUMENTS
from wagefit.shared.toml_files import parse_toml

TABLE = pd.DataFrame(
    {
        "Factor": ["Role", "role", "Site <b>", "Site <b>"],
        "Level": ["staff", "lead", "<script>", "town"],
        "Ratio": [1.0, 1.18, 1.1, 1.0],
        "Share": [0.8, 0.2, 0.25, 0.75],
        "Standard error": [0.0, 0.03, None, 0.0],
        "Source": ["", "Own survey", "Own survey", ""],
    }
)
ROW = {"mean": 61_000, "p10": 41_000, "p50": 57_000, "p90": 86_000, "employment": 1_200}


def own() -> SalaryModel:
    return SalaryModel.from_table(TABLE, ROW, notes=["Staff of 2026"])


def same(one: SalaryModel, other: SalaryModel) -> bool:
    """Whether two models are made of the same figures and say the same of one profile, to the bit."""
    parts = [(each.anchor, each.factors, each.interactions, each.notes, each.cell) for each in (one, other)]
    return parts[0] == parts[1] and one.population() == other.population()


@pytest.mark.parametrize("library", ["pandas", "polars", "csv", "toml", "set"])
@pytest.mark.parametrize("kind", ["dict", "series", "arguments", "distribution"])
def test_a_model_from_ones_own_table_and_facts(tmp_path: Path, library: str, kind: str) -> None:
    """Every library, file and kind of facts gives the model that is made by hand."""
    mine = read(TABLE)
    table = {"pandas": TABLE, "polars": pl.from_pandas(TABLE), "set": mine}.get(library)
    if library in ("csv", "toml"):
        table = tmp_path / f"mine.{library}"
        mine.save(table)
    arguments = {"mean": 61_000, "quantiles": {0.1: 41_000, 0.5: 57_000, 0.9: 86_000}, "employment": 1_200}
    facts = {"dict": ROW, "series": pd.Series(ROW), "arguments": arguments, "distribution": wf.fit(**arguments)}
    model = SalaryModel.from_table(table, facts[kind])
    by_hand = SalaryModel(wf.fit(**arguments), mine.factors, model.notes)
    assert same(model, by_hand)
    assert any("Association" in note for note in model.notes)
    assert "Shares without a source are assumptions: Role, Site <b>." in model.notes


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        (44_010, "facts is 44010; expected a published row, arguments of fit, or a Distribution"),
        ("row.csv", r"facts is 'row\.csv'; expected a published row"),
        (
            {"mean": 44_010, "quantiles": {0.9: 60_000}, "title": "x"},
            "facts has 'title'; expected arguments of fit: mean, ",
        ),
        ({"occupation": "x"}, "row has no published wage; expected some of mean, p10"),
        ({"p10": 41_000, "p90": 40_000}, "quantiles"),
    ],
)
def test_meaningless_facts_are_refused(facts: Any, message: str) -> None:
    """No figure is passed over in silence."""
    with pytest.raises(wf.FactError, match=message):
        SalaryModel.from_table(TABLE, facts)


def test_arguments_without_quantiles_are_not_taken_for_a_row() -> None:
    """Which would pass over the support: a mean that is the highest possible wage leaves no distribution."""
    with pytest.raises(wf.FactError, match="the mean alone sets no spread"):
        SalaryModel.from_table(TABLE, {"mean": 61_000, "lower": 15_000})
    with pytest.raises(wf.FactError, match="upper is 1; expected a wage above lower, 2"):
        SalaryModel.from_table(TABLE, {"mean": 61_000, "lower": 2, "upper": 1})


def test_the_arguments_of_fit_are_all_known() -> None:
    assert set(ARGUMENTS) == set(inspect.signature(wf.fit).parameters) - {"row"}


def test_names_of_factors_have_any_capitals() -> None:
    """With underscores for blanks; None takes a level away."""
    model = own()
    person = model.profile(ROLE="LEAD")
    assert dict(person.levels) == {"Role": "lead"}
    assert dict(person.replace(role=None).levels) == {}
    assert dict(person.replace(role="staff").levels) == {"Role": "staff"}
    assert model.factor("SITE <B>").name == "Site <b>"
    blank = SalaryModel.from_table(TABLE.replace("Site <b>", "Place of work"), ROW)
    assert dict(blank.profile(place_of_work="town").levels) == {"Place of work": "town"}
    with pytest.raises(wf.FactError, match="factor is 'rank'; expected one of 'Role', 'Site <b>'"):
        model.profile(rank="x")


def test_means_in_the_table_are_those_of_the_model() -> None:
    """What `to_frame` says of a level is the mean pay of the profile at it, which the calibration meets to 1e-9."""
    model = SalaryModel.health_information().with_interactions(certification_by_experience())
    frame = model.to_frame()
    levels = frame[frame.with_factor == ""]
    for row in levels[levels.factor != "experience"].itertuples():
        assert row.mean_pay == pytest.approx(model.profile(**{row.factor: row.level}).pay.mean(), rel=1e-9)
    assert frame[frame.with_factor != ""].mean_pay.isna().all()
    assert read(frame) == FactorSet(model.factors, model.interactions)
    for backend in ("polars", "pyarrow"):
        assert read(model.to_frame(backend)) == read(frame)


def test_the_summary_has_every_figure() -> None:
    """Anchor, each level with share, ratio, error and mean pay, sources, proxies, notes."""
    text = own().summary()
    assert text == (
        "Salary model, USD/year\n"
        "Anchor: <curve: mean $61,000, P10 $41,000, median $57,000, P90 $86,000, USD/year>\n"
        "\n"
        "Role: 2 levels, ratios to staff\n"
        "          share  ratio  ± error  mean pay  against all\n"
        "  staff  80.0 %  1.000            $58,880       -3.5 %\n"
        "  lead   20.0 %  1.180    0.030   $69,479      +13.9 %\n"
        "  Ratios: Own survey\n"
        "  Shares: assumed\n"
        "\n"
        "Site <b>: 2 levels, ratios to town\n"
        "             share  ratio  ± error  mean pay  against all\n"
        "  <script>  25.0 %  1.100  unknown   $65,463       +7.3 %\n"
        "  town      75.0 %  1.000            $59,512       -2.4 %\n"
        "  Ratios: Own survey\n"
        "  Shares: assumed\n"
        "\n"
        "Notes\n"
        "  Association, not cause: what people at a level are paid, not what moving there would pay.\n"
        "  Assumption: the shares of different factors are independent of one another over the workforce, but for "
        "pairs whose joint shares an interaction gives.\n"
        "  Shares without a source are assumptions: Role, Site <b>.\n"
        "  Staff of 2026"
    )
    embedded = SalaryModel.health_information().with_interactions(certification_by_experience()).summary()
    for factor in SalaryModel.health_information().factors:
        assert all(level.label in embedded and f"{level.ratio:.3f}" in embedded for level in factor.levels)
    assert "Interaction credential x experience: 50 ratios\n  Ratios: AAPC 2010 salary survey" in embedded


class Tags(HTMLParser):
    """Counts the tags of a page that begin and end."""

    def __init__(self) -> None:
        super().__init__()
        self.begun: Counter[str] = Counter()
        self.ended: Counter[str] = Counter()

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.begun[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        self.ended[tag] += 1


def test_the_page_is_escaped_and_small() -> None:
    """Names of factors and levels are text, whatever they look like; a row a factor."""
    page = own()._repr_html_()
    tags = Tags()
    tags.feed(page)
    assert tags.begun == tags.ended
    assert set(tags.begun) == {"table", "caption", "tr", "th", "td", "svg", "text", "line", "path"}
    assert tags.begun["tr"] == 3
    assert "&lt;script&gt;" in page
    assert len(SalaryModel.health_information()._repr_html_()) < 8_000


MODELS = {
    "own": own,
    "embedded, with an interaction": lambda: SalaryModel.health_information(2025).with_interactions(
        certification_by_experience()
    ),
    "any occupation": lambda: SalaryModel.for_occupation("29-1141", 2025),
    "on a published row": lambda: SalaryModel.from_table(TABLE, oews.cell("physicists", year=2018)),
    "with assumed errors": lambda: SalaryModel.health_information().with_assumed_errors(0.03),
    "lognormal": lambda: SalaryModel.from_table(
        TABLE, {"mean": 61_000, "quantiles": {0.9: 86_000}, "family": "lognormal"}
    ),
    "gamma, in pounds": lambda: SalaryModel.from_table(
        TABLE, {"quantiles": {0.1: 21_000.5, 0.9: 86_000}, "family": "gamma", "unit": "GBP/year"}
    ),
    "top-coded": lambda: SalaryModel.from_table(
        TABLE, {"mean": 61_000, "quantiles": {0.1: 41_000, 0.5: 57_000}, "at_least": {0.9: 80_000}, "upper": 1e6}
    ),
    "a bounded mean": lambda: SalaryModel.from_table(
        TABLE, {"quantiles": {0.1: 41_000, 0.5: 57_000}, "at_least": {"mean": 58_000}, "rounding": 10}
    ),
    "a state, like the nation": lambda: SalaryModel(
        wf.fit(oews.cell("29-1141", area="NJ", year=2025), like=wf.fit(oews.cell("29-1141", year=2025))),
        read(TABLE).factors,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MODELS)
def test_a_saved_model_is_the_same_to_the_bit(tmp_path: Path, name: str) -> None:
    """Anchor, factors, interactions, notes, and an interval, which draws of the anchor and of the ratios make."""
    model = MODELS[name]()
    model.save(tmp_path / "a.toml")
    again = SalaryModel.load(tmp_path / "a.toml")
    assert same(model, again)
    if model.anchor.posterior is not None:
        assert again.anchor.credible("ppf", 0.8, draws=20) == model.anchor.credible("ppf", 0.8, draws=20)
    again.save(tmp_path / "b.toml")
    assert (tmp_path / "a.toml").read_bytes() == (tmp_path / "b.toml").read_bytes()


def test_a_derived_anchor_has_no_facts_to_save(tmp_path: Path) -> None:
    anchor = wf.fit(**oews.facts(ROW)).scale(1.03)
    with pytest.raises(wf.FactError, match=r"was made from other distributions; expected one that wagefit\.fit"):
        SalaryModel(anchor, read(TABLE).factors).save(tmp_path / "a.toml")
    brackets = wf.fit_brackets([0, 30_000, 60_000, 90_000, float("inf")], [10, 30, 20, 10], family="weibull")
    model = SalaryModel(brackets, (Factor("role", (Level("a", "", 1.0, 0.0, 0.5), Level("b", "", 1.01, 0.1, 0.5))),))
    with pytest.raises(wf.FactError, match=r"expected one that wagefit\.fit makes of its facts again"):
        model.save(tmp_path / "a.toml")
    assert list(tmp_path.iterdir()) == []


def test_the_digest_is_that_of_the_standard(tmp_path: Path) -> None:
    """SHA-256 of the document as JSON with sorted keys, without the digest; blanks and comments do not count."""
    path = tmp_path / "a.toml"
    own().save(path)
    document = parse_toml(path.read_text(encoding="utf-8"))
    written = document["wagefit"].pop("sha256")
    assert written == hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
    assert document["wagefit"] == {"format": 1, "version": wf.__version__}
    assert document["anchor"]["quantiles"] == [[0.1, 41_000.0], [0.5, 57_000.0], [0.9, 86_000.0]]
    path.write_text("# mine\n\n" + path.read_text(encoding="utf-8").replace(" = ", "   =  "), encoding="utf-8")
    assert same(SalaryModel.load(path), own())


def test_a_flipped_bit_is_detected_or_harmless(tmp_path: Path) -> None:
    """1,000 bits of the file, each of them alone; harmless are those of comments and blanks."""
    path, flipped = tmp_path / "a.toml", tmp_path / "b.toml"
    model = own()
    model.save(path)
    whole, found = path.read_bytes(), Counter[str]()
    for bit in np.random.default_rng(9).choice(8 * len(whole), 1_000, replace=False).tolist():
        content = bytearray(whole)
        content[bit // 8] ^= 1 << bit % 8
        flipped.write_bytes(content)
        try:
            found["harmless" if same(SalaryModel.load(flipped), model) else "another model"] += 1
        except wf.FactError as error:
            is_sentence = str(error).startswith("b.toml ") and "\n" not in str(error)
            found["detected" if is_sentence else str(error)] += 1
    assert set(found) == {"detected", "harmless"}
    assert found["detected"] > 850


def signed(text: str) -> str:
    """A document with the digest that it should have."""
    document = parse_toml(text) | {"wagefit": {"format": 1, "version": "x"}}
    digest = hashlib.sha256(json.dumps(document, sort_keys=True, default=str).encode()).hexdigest()
    return f'{text}\n[wagefit]\nformat = 1\nversion = "x"\nsha256 = "{digest}"\n'


ANCHOR = "[anchor]\nfamily = 'curve'\nunit = 'USD/year'\nmean = 61e3\nquantiles = [[0.1, 41e3], [0.9, 86e3]]\n"
REST = "[model]\nnotes = []\n[factors.role]\nlevels = [{ level = 'a', ratio = 1, share = 1 }]\n"
HOSTILE = {
    "empty": ("", "has no digest of a model; expected a file that SalaryModel.save wrote"),
    "another program's": ("[project]\nname = 'x'", "has no digest of a model"),
    "a text for a head": ("wagefit = 'x'", "has no digest of a model"),
    "no TOML": ("[[", "is no TOML file"),
    "later": ("[wagefit]\nformat = 99\nversion = '9.9'\nsha256 = ''", "was written by wagefit 9.9; expected one"),
    "another digest": (f"[wagefit]\nsha256 = 'x'\n{ANCHOR}{REST}", "is not as it was saved"),
    "nothing signed": (signed(""), "is no salary model"),
    "no anchor": (signed(REST), "is no salary model"),
    "notes that are a number": (signed("[model]\nnotes = 3\n" + ANCHOR), "is no salary model"),
    "an anchor that is a list": (signed("anchor = [1]\n" + REST), "anchor is [1]; expected a table with some of"),
    "another family": (signed(ANCHOR.replace("curve", "normal") + REST), "family is 'normal'; expected one of"),
    "another unit": (signed(ANCHOR.replace("USD/year", "shells") + REST), "unit is 'shells'; expected"),
    "a mean that is a text": (signed(ANCHOR.replace("61e3", "'x'") + REST), "mean is 'x'; expected one number"),
    "a date": (signed(ANCHOR.replace("61e3", "2018-05-01") + REST), "mean is datetime.date(2018, 5, 1); expected"),
    "quantiles that are no pairs": (signed(ANCHOR.replace("[0.1, 41e3]", "0.1") + REST), "quantiles is [0.1, [0.9"),
    "facts that clash": (signed(ANCHOR.replace("61e3", "1e3") + REST), "mean is 1000, lower than"),
    "a cell of texts": (signed(ANCHOR + "[cell]\nmean = 'x'\n" + REST), "mean of cell is 'x'; expected"),
    "another cell": (signed(ANCHOR + "[cell]\nsize = 3.0\n" + REST), "cell is {'size': 3.0}; expected a table with"),
    "half a cell": (signed(ANCHOR + "[cell]\nmean = 3.0\n" + REST), "is no salary model"),
    "a short parent": (signed(ANCHOR + "parent = [1.0, 2.0]\n" + REST), "parent is [1.0, 2.0]; expected"),
    "a parent of texts": (signed(ANCHOR + "parent = ['x']\n" + REST), "is no salary model"),
    "a ratio below zero": (signed(ANCHOR + REST.replace("ratio = 1", "ratio = -1")), "ratio of level 1 of the"),
    "no factors": (signed(ANCHOR + "[model]\nnotes = []\n"), "factors: got none, expected at least one"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_files_are_one_sentence(tmp_path: Path, what: str) -> None:
    """Also where they are signed as they should be."""
    text, message = HOSTILE[what]
    (tmp_path / "a.toml").write_text(text)
    with pytest.raises(wf.FactError) as caught:
        SalaryModel.load(tmp_path / "a.toml")
    assert re.match(r"a\.toml[: ]", str(caught.value))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_files_of_one_kind_are_not_those_of_another(tmp_path: Path) -> None:
    own().save(tmp_path / "model.toml")
    with pytest.raises(wf.FactError, match=r"model\.toml holds a whole model; expected factors alone"):
        read(tmp_path / "model.toml")
    read(TABLE).save(tmp_path / "factors.toml")
    with pytest.raises(wf.FactError, match=r"factors\.toml has no digest of a model"):
        SalaryModel.load(tmp_path / "factors.toml")
    with pytest.raises(wf.FactError, match=r"path is 'model\.json'; expected a name that ends in \.toml"):
        own().save(tmp_path / "model.json")
    with pytest.raises(FileNotFoundError):
        SalaryModel.load(tmp_path / "none.toml")
