"""Downloads of the files that BLS publishes."""

from __future__ import annotations

import hashlib
from importlib import import_module
from pathlib import Path
from typing import Any

from wagefit._core import __version__
from wagefit.errors import FactError
from wagefit.oews.releases import FIRST_SPRING, as_release
from wagefit.oews.resuming import ResumingDownloader
from wagefit.oews.workbook import check_archive
from wagefit.shared.arguments import as_choice
from wagefit.shared.files import replacing
from wagefit.shared.progress import unwatched, watch_bytes

BLS = "https://www.bls.gov/oes/special-requests/"
KINDS = {"national": "nat", "industry": "in4", "state": "st", "metropolitan": "ma", "all": "all"}


def fetch(
    year: int, kind: str = "national", *, cache: Any = None, base_url: str = BLS, show_progress: bool = True
) -> Path:
    """The file of a release as BLS ships it, from the cache or else from the network; read it with `wagefit.oews.read`.

    A download that broke off goes on where it stopped, in this call or the next one.

    Parameters
    ----------
    year : int
        Year of the release, 1997 or later.
    kind : {"national", "industry", "state", "metropolitan", "all"}
        Which of the release's files.
    cache : path-like, optional
        Folder that keeps downloads; the user's cache folder when None. Only an archive with a table is kept. The
        checksum of the first download is kept beside it, and a later file that differs from it is refused.
    base_url : str
        Folder of the files.
    show_progress : bool
        Show a bar on stderr if that is a terminal.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    FactError
        There is no such release or kind; or what the server sends, or the cache holds, is no archive with a table, or
        not the file that was first downloaded.
    ConnectionError
        The file cannot be downloaded; one sentence says from where and why.
    ImportError
        pooch is not installed.

    Examples
    --------
    >>> path = wf.oews.fetch(2018)  # doctest: +SKIP
    >>> table = wf.oews.read(path)  # doctest: +SKIP
    """
    as_release("year", year)
    code = KINDS[as_choice("kind", kind, tuple(KINDS))]
    name = f"oes{'m' if year >= FIRST_SPRING else ''}{year % 100:02d}{code}.zip"
    pooch = _pooch()
    folder = Path(pooch.os_cache("wagefit") if cache is None else cache)
    path = _retrieve(pooch, base_url, name, folder, show_progress)
    with replacing(_checksum(folder, name)) as partial:
        partial.write_text(hashlib.sha256(path.read_bytes()).hexdigest(), encoding="ascii")
    return path


def _pooch() -> Any:
    try:
        return import_module("pooch")
    except ImportError as error:
        raise ImportError('downloads need pooch: pip install "wagefit[fetch]"') from error


def _checksum(folder: Path, name: str) -> Path:
    return folder / f"{name}.sha256"


def _retrieve(pooch: Any, base_url: str, name: str, folder: Path, show_progress: bool) -> Path:
    kept = _checksum(folder, name)
    known = kept.read_text(encoding="ascii") if kept.exists() else None
    # BLS refuses clients that do not name themselves.
    headers = {"User-Agent": f"wagefit/{__version__}"}
    downloader = ResumingDownloader(folder / f"{name}.part", headers, watch_bytes if show_progress else unwatched)

    def download(url: str, output_file: Any, _pooch: Any = None) -> None:
        downloader(url, output_file)
        check_archive(Path(output_file).read_bytes(), f"{name} from {base_url}")

    pooch.get_logger().setLevel("WARNING")
    url = base_url.rstrip("/") + "/" + name
    try:
        path = Path(pooch.retrieve(url, known_hash=known, fname=name, path=folder, downloader=download))
    except FactError:
        raise
    except ValueError as error:
        raise FactError(
            f"{name} is not the file that was first downloaded; delete {kept} to accept the new one"
        ) from error
    except import_module("requests").exceptions.RequestException as error:
        reason = _reason(error, downloader.n_bytes)
        raise ConnectionError(f"{name} cannot be downloaded from {base_url}: {reason}") from error
    if known is None:
        check_archive(path.read_bytes(), str(path))
    return path


def _reason(error: Exception, n_bytes: int) -> str:
    response = getattr(error, "response", None)
    if response is not None:
        return f"the server answers {response.status_code}"
    if n_bytes:
        return f"the connection broke after {n_bytes:,} bytes; the next call goes on from there"
    return "the network or the server is out of reach"
