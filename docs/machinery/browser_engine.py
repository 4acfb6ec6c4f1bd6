"""The core compiled to WebAssembly, where Emscripten is at hand."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager

from machinery.staging import ROOT

PACKAGES = sysconfig.get_path("purelib")  # of Python, Eigen and Boost.Math among them
BUILD = ROOT / "build" / "browser"
PROGRAM = BUILD / "cpp" / "browser" / "engine.wasm"
PROGRAMS = ("em++", "emcmake", "cmake", "ninja")


class NoEngineError(Exception):
    """There is no engine; the message says why, in one sentence."""


def engine() -> bytes:
    """The bytes of engine.wasm, compiled if the core has changed.

    Raises
    ------
    NoEngineError
        Emscripten, CMake, Ninja, Eigen or Boost.Math is not found.
    RuntimeError
        The core does not compile; the message is all that the compiler says.
    """
    for program in PROGRAMS:
        if shutil.which(program, path=_environment()["PATH"]) is None:
            raise NoEngineError(f"{program} is not on the path")
    with _lock():
        configured = _run("emcmake", "cmake", "--preset", "browser", f"-DCMAKE_PREFIX_PATH={PACKAGES}")
        if configured.returncode != 0:
            raise NoEngineError(f"CMake does not find what the core needs: {' '.join(configured.stderr.split())}")
        built = _run("cmake", "--build", "--preset", "browser")
        if built.returncode != 0:
            raise RuntimeError(built.stdout + built.stderr)
    return PROGRAM.read_bytes()


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, env=_environment(), capture_output=True, text=True, check=False)


def _environment() -> dict[str, str]:
    """This process's environment with the programs of the Python environment found first."""
    path = sysconfig.get_path("scripts") + os.pathsep + os.environ.get("PATH", "")
    return {**os.environ, "PATH": path}


@contextmanager
def _lock() -> Iterator[None]:
    """Keeps two processes from building at a time."""
    BUILD.mkdir(parents=True, exist_ok=True)
    with (BUILD / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
