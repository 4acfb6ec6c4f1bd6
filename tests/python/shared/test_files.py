"""Files that appear whole or not at all, also through links and from several processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from wagefit.shared.files import replacing

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links and permissions are others there")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def write_half(path: Path) -> None:
    with replacing(path) as partial:
        partial.write_text("half")
        raise KeyboardInterrupt


def test_a_block_that_fails_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("before")
    with pytest.raises(KeyboardInterrupt):
        write_half(path)
    assert path.read_text() == "before"
    assert names(tmp_path) == ["a.txt"]


@POSIX
def test_the_file_that_a_link_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    target, link = tmp_path / "far" / "a.txt", tmp_path / "a.txt"
    target.write_text("before")
    target.chmod(0o640)
    link.symlink_to(Path("far") / "a.txt")
    with replacing(link) as partial:
        partial.write_text("after")
    assert link.is_symlink()
    assert target.read_text() == "after"
    assert target.stat().st_mode & 0o777 == 0o640
    assert (names(tmp_path), names(target.parent)) == (["a.txt", "far"], ["a.txt"])


@POSIX
def test_a_new_file_has_the_permissions_of_any_other(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    with replacing(tmp_path / "new") as partial:
        partial.write_text("x")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_two_writers_of_one_path_do_not_meet(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with replacing(path) as first:
        first.write_text("first")
        with replacing(path) as second:
            second.write_text("second")
        assert path.read_text() == "second"
    assert path.read_text() == "first"
    assert names(tmp_path) == ["a.txt"]


def test_a_long_name_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 251 + ".txt")
    with replacing(path) as partial:
        partial.write_text("long")
    assert path.read_text() == "long"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(FileNotFoundError, match=r"none is no folder; expected one to write a\.txt in"),
        replacing(tmp_path / "none" / "a.txt"),
    ):
        pass


def test_processes_that_save_to_one_path_leave_one_whole_file(tmp_path: Path) -> None:
    """Each saves its own cells thirty times; every load in between, and the last, finds one of them whole."""
    code = (
        "import sys, wagefit as wf\n"
        "cells = wf.fit_many(mean=[float(sys.argv[1])] * 500, quantiles={0.5: [40_000.0] * 500})\n"
        "for _ in range(30): cells.save('cells.npz'); wf.Ensemble.load('cells.npz')\n"
    )
    runs = [subprocess.Popen([sys.executable, "-c", code, mean], cwd=tmp_path) for mean in ("44010", "46590")]
    assert [run.wait() for run in runs] == [0, 0]
    assert names(tmp_path) == ["cells.npz"]
