"""Saved cells: what comes back is what was saved, or nothing at all."""

from __future__ import annotations

import hashlib
import io
import json
import struct
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import wagefit as wf
from wagefit.facts.cell_files import digest, read_cells, write_cells

KINDS = (".npz", ".parquet")


def cells() -> wf.Ensemble:
    """Sixty made-up cells with every kind of column."""
    rng = np.random.default_rng(1)
    wages = np.round(np.sort(np.exp(0.4 * rng.standard_normal((60, 5))), axis=1) * 4e4)
    mean = wages.mean(axis=1)
    bound = np.where(np.arange(60) % 7 == 0, 2e4, np.nan)
    mean[::7] = np.nan
    quantiles = dict(zip((0.1, 0.25, 0.5, 0.75, 0.9), wages.T, strict=True))
    return wf.fit_many(
        mean=mean,
        quantiles=quantiles,
        at_least={"mean": bound},
        employment=np.full(60, 100.0),
        lower=10,
        unit="USD/year",
    ).scale(1.5)


def is_same(path: Path, columns: dict[str, Any], notes: dict[str, Any]) -> bool:
    """Whether a file holds these columns and notes, whichever way a NaN is written; FactError where it is refused."""
    others, other_notes = read_cells(path)
    same = [np.array_equal(others[name], columns[name], equal_nan=True) for name in columns]
    return all(same) and others.keys() == columns.keys() and other_notes == notes


def verdict(path: Path, columns: dict[str, Any], notes: dict[str, Any]) -> str:
    try:
        return "harmless" if is_same(path, columns, notes) else "other cells"
    except wf.FactError as error:
        is_sentence = path.name in str(error) and "\n" not in str(error)
        return "detected" if is_sentence else str(error)


@pytest.mark.parametrize("kind", KINDS)
def test_a_flipped_bit_is_detected_or_harmless(tmp_path: Path, kind: str) -> None:
    """1,500 bits of the file, every one of them alone; harmless are those that say nothing of the cells."""
    path, flipped = tmp_path / f"a{kind}", tmp_path / f"b{kind}"
    saved = cells()
    saved.save(path)
    whole, expected = path.read_bytes(), read_cells(path)
    found: Counter[str] = Counter()
    for bit in np.random.default_rng(9).choice(8 * len(whole), 1_500, replace=False).tolist():
        content = bytearray(whole)
        content[bit // 8] ^= 1 << bit % 8
        flipped.write_bytes(content)
        found[verdict(flipped, *expected)] += 1
    assert set(found) == {"detected", "harmless"}
    assert found["detected"] > 900
    assert wf.Ensemble.load(path) == saved


@pytest.mark.parametrize("kind", KINDS)
def test_every_cut_is_detected(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a{kind}"
    cells().save(path)
    whole = path.read_bytes()
    for length in range(0, len(whole), 97):
        path.write_bytes(whole[:length])
        with pytest.raises(wf.FactError, match="is damaged or no file of cells"):
            wf.Ensemble.load(path)


def test_the_digest_is_that_of_the_standard(tmp_path: Path) -> None:
    """Written out by hand: the notes as JSON with sorted keys, then name, shape and little-endian doubles by name."""
    columns = {"mean": np.array([44_010.0, np.nan]), "employment": np.array([1.0, 2.0])}
    by_hand = hashlib.sha256(b'{"a": 1, "unit": "USD/year"}')
    by_hand.update(b"\nemployment (2,)\n" + struct.pack("<dd", 1, 2))
    by_hand.update(b"\nmean (2,)\n" + struct.pack("<dd", 44_010, float("nan")))
    assert digest(columns, {"unit": "USD/year", "a": 1}) == by_hand.hexdigest()
    write_cells(tmp_path / "a.npz", columns, {"unit": "USD/year"})
    assert json.loads(str(np.load(tmp_path / "a.npz")["wagefit"]))["format"] == 2


def test_a_change_of_any_part_changes_the_digest() -> None:
    columns, notes = {"mean": np.array([1.0, 2.0])}, {"unit": "USD/year"}
    others = [
        digest({"mean": np.array([1.0, np.nextafter(2.0, 3.0)])}, notes), digest({"Mean": columns["mean"]}, notes),
        digest({**columns, "x": columns["mean"]}, notes), digest({}, notes), digest(columns, {"unit": "USD/hour"}),
        digest({"mean": columns["mean"][:1]}, notes), digest({"mean": -columns["mean"]}, notes), digest(columns, {}),
    ]  # fmt: skip
    assert len({digest(columns, notes), *others}) == len(others) + 1
    negative_nan = np.array([struct.unpack("<d", b"\x01\x00\x00\x00\x00\x00\xf8\xff")[0]])
    assert digest({"x": negative_nan}, {}) == digest({"x": np.array([np.nan])}, {})


def packed(**arrays: Any) -> bytes:
    content = io.BytesIO()
    np.savez(content, **arrays)
    return content.getvalue()


def parquet(metadata: Any) -> bytes:
    content = io.BytesIO()
    pq.write_table(pa.table({"mean": [44_010.0]}).replace_schema_metadata(metadata), content)
    return content.getvalue()


OTHERS: dict[str, bytes] = {
    "no notes.npz": packed(mean=np.ones(2)),
    "no digest.npz": packed(mean=np.ones(2), wagefit=np.array('{"unit": "USD/year"}')),
    "a list.npz": packed(mean=np.ones(2), wagefit=np.array("[1]")),
    "no JSON.npz": packed(mean=np.ones(2), wagefit=np.array("{")),
    "deep JSON.npz": packed(mean=np.ones(2), wagefit=np.array("[" * 100_000)),
    "objects.npz": packed(mean=np.array([None, {}], dtype=object), wagefit=np.array("{}")),
    "later.npz": packed(wagefit=np.array('{"format": 99, "version": "9.9", "sha256": "x"}')),
    "empty.npz": b"",
    "text.npz": b"mean\n44010\n",
    "no notes.parquet": parquet({}),
    "bytes.parquet": parquet({b"wagefit": b"\xff\xfe"}),
    "no digest.parquet": parquet({"wagefit": "{}"}),
    "empty.parquet": b"",
    "zip.parquet": packed(mean=np.ones(2)),
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_files_are_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(OTHERS[name])
    with pytest.raises(wf.FactError) as caught:
        wf.Ensemble.load(tmp_path / name)
    assert str(caught.value).startswith(name)
    assert "; expected" in str(caught.value)
    assert "\n" not in str(caught.value)
    if name.startswith("later"):
        assert "was written by wagefit 9.9" in str(caught.value)


@pytest.mark.parametrize("kind", KINDS)
def test_a_missing_file_is_a_missing_file(tmp_path: Path, kind: str) -> None:
    with pytest.raises(FileNotFoundError):
        wf.Ensemble.load(tmp_path / f"a{kind}")
