"""Downloads, from a server on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

import wagefit as wf


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
    (folder / "oesm18nat.zip").write_bytes(b"of May 2018")
    for _ in range(2):
        path = wf.oews.fetch(2018, cache=tmp_path / "cache", base_url=url)
        assert path.read_bytes() == b"of May 2018"
    assert len(Quiet.clients) == 1
    assert Quiet.clients[0].startswith("wagefit/")


def test_names_follow_year_and_kind(served: tuple[Path, str], tmp_path: Path) -> None:
    folder, url = served
    for name in ("oes02nat.zip", "oesm03nat.zip", "oesm21st.zip", "oesm24all.zip"):
        (folder / name).write_bytes(name.encode())
    for year, kind, name in (
        (2002, "national", "oes02nat.zip"),
        (2003, "national", "oesm03nat.zip"),
        (2021, "state", "oesm21st.zip"),
        (2024, "all", "oesm24all.zip"),
    ):
        assert wf.oews.fetch(year, kind, cache=tmp_path / "cache", base_url=url).read_bytes() == name.encode()


def test_another_file_under_the_same_name_is_refused(served: tuple[Path, str], tmp_path: Path) -> None:
    folder, url = served
    (folder / "oesm18nat.zip").write_bytes(b"first")
    path = wf.oews.fetch(2018, cache=tmp_path / "cache", base_url=url)
    path.unlink()
    (folder / "oesm18nat.zip").write_bytes(b"second")
    with pytest.raises(wf.FactError, match="is not the file that was first downloaded"):
        wf.oews.fetch(2018, cache=tmp_path / "cache", base_url=url)


def test_no_file_and_no_server_are_one_sentence(served: tuple[Path, str], tmp_path: Path) -> None:
    _, url = served
    with pytest.raises(ConnectionError, match=r"oesm18nat.zip cannot be downloaded from .*: the server answers 404"):
        wf.oews.fetch(2018, cache=tmp_path / "cache", base_url=url)
    with pytest.raises(ConnectionError, match="the network or the server is out of reach"):
        wf.oews.fetch(2018, cache=tmp_path / "cache", base_url="http://127.0.0.1:1/")


def test_what_is_not_published_is_named(tmp_path: Path) -> None:
    with pytest.raises(wf.FactError, match="year is 1990; expected 1997 or later"):
        wf.oews.fetch(1990, cache=tmp_path)
    with pytest.raises(wf.FactError, match="kind is 'county'; expected one of 'national'"):
        wf.oews.fetch(2018, "county", cache=tmp_path)
