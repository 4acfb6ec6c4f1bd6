"""Downloads, from a server on this machine."""

from __future__ import annotations

import datetime as dt
import io
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

import wagefit as wf

from ..published_layouts import STATE, as_csv


def release(text: str, member: str = "table.csv") -> bytes:
    """An archive with a table, told from others by `text`."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo(member), as_csv(STATE))
        archive.writestr(zipfile.ZipInfo("note.txt"), text)
    return packed.getvalue()


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and remembers who asked."""

    clients: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.clients.append(self.headers["User-Agent"])
        super().do_GET()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    folder = tmp_path / "served"
    folder.mkdir()
    Quiet.clients.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield folder, f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_file_is_downloaded_once(served: tuple[Path, str], tmp_path: Path) -> None:
    folder, url = served
    (folder / "oesm18nat.zip").write_bytes(release("of May 2018"))
    for _ in range(2):
        path = wf.oews.fetch(2018, cache=tmp_path / "cache", base_url=url)
        assert path.read_bytes() == release("of May 2018")
    assert len(Quiet.clients) == 1
    assert Quiet.clients[0].startswith("wagefit/")


def test_names_follow_year_and_kind(served: tuple[Path, str], tmp_path: Path) -> None:
    folder, url = served
    for name in ("oes02nat.zip", "oesm03nat.zip", "oesm21st.zip", "oesm24all.zip"):
        (folder / name).write_bytes(release(name))
    for year, kind, name in (
        (2002, "national", "oes02nat.zip"),
        (2003, "national", "oesm03nat.zip"),
        (2021, "state", "oesm21st.zip"),
        (2024, "all", "oesm24all.zip"),
    ):
        assert wf.oews.fetch(year, kind, cache=tmp_path / "cache", base_url=url).read_bytes() == release(name)


def test_another_file_under_the_same_name_is_refused(served: tuple[Path, str], tmp_path: Path) -> None:
    folder, url = served
    (folder / "oesm18nat.zip").write_bytes(release("first"))
    path = wf.oews.fetch(2018, cache=tmp_path / "cache", base_url=url)
    path.unlink()
    (folder / "oesm18nat.zip").write_bytes(release("second"))
    with pytest.raises(wf.FactError, match="is not the file that was first downloaded"):
        wf.oews.fetch(2018, cache=tmp_path / "cache", base_url=url)


def test_no_file_and_no_server_are_one_sentence(served: tuple[Path, str], tmp_path: Path) -> None:
    _, url = served
    with pytest.raises(ConnectionError, match=r"oesm18nat.zip cannot be downloaded from .*: the server answers 404"):
        wf.oews.fetch(2018, cache=tmp_path / "cache", base_url=url)
    with pytest.raises(ConnectionError, match="the network or the server is out of reach"):
        wf.oews.fetch(2018, cache=tmp_path / "cache", base_url="http://127.0.0.1:1/")


def test_what_is_not_published_is_named(tmp_path: Path) -> None:
    for year in (1990, dt.date.today().year + 1, 2103):  # the names have two digits: 2103 would be that of 2003
        with pytest.raises(wf.FactError, match=f"year is {year}; expected a year from 1997 to 20"):
            wf.oews.fetch(year, cache=tmp_path)
    with pytest.raises(wf.FactError, match="kind is 'county'; expected one of 'national'"):
        wf.oews.fetch(2018, "county", cache=tmp_path)


NO_RELEASES = {
    "a web page": (b"<!DOCTYPE html><html>Access denied</html>", "is a web page; expected the archive of a release"),
    "a page with a mark": (b"\xef\xbb\xbf\n<html>", "is a web page"),
    "text": (b"maintenance", "is no zip archive"),
    "nothing": (b"", "is no zip archive"),
    "a cut archive": (release("")[:-30], "is damaged or cut short"),
    "a flipped byte": (release("").replace(b"Alabama", b"Alabamb"), "damaged"),
    "no table": (release("", "readme.csv"), "holds no .xls, .xlsx or .csv table"),
}


@pytest.mark.parametrize("kind", NO_RELEASES)
def test_what_is_no_release_is_neither_kept_nor_pinned(kind: str, served: tuple[Path, str], tmp_path: Path) -> None:
    """The server's page of yesterday must not stand in the way of its archive of today."""
    folder, url = served
    content, message = NO_RELEASES[kind]
    (folder / "oesm18nat.zip").write_bytes(content)
    cache = tmp_path / "cache"
    with pytest.raises(wf.FactError, match=message) as caught:
        wf.oews.fetch(2018, cache=cache, base_url=url)
    assert "oesm18nat.zip" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert [path.name for path in cache.rglob("*")] == []
    (folder / "oesm18nat.zip").write_bytes(release("today"))
    assert wf.oews.fetch(2018, cache=cache, base_url=url).read_bytes() == release("today")


def test_a_page_that_another_program_left_in_the_cache_is_not_pinned(tmp_path: Path) -> None:
    (tmp_path / "oesm18nat.zip").write_bytes(b"<html>")
    with pytest.raises(wf.FactError, match=r"oesm18nat.zip is a web page"):
        wf.oews.fetch(2018, cache=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["oesm18nat.zip"]
