"""Builds the Catch2 tests and makes every TEST_CASE an item of pytest.

The environment variable WAGEFIT_CPP_PRESET names the preset of CMakePresets.json to build (default: release), and
WAGEFIT_CPP_BUILD_DIR a folder to build in instead of the preset's own. Where no preset is named, WAGEFIT_CPP_BUILT may
name a folder that holds the tests already built, as that of the wheel in tests/run does.
"""

from __future__ import annotations

import fcntl
import functools
import json
import os
import re
import subprocess
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRESET = os.environ.get("WAGEFIT_CPP_PRESET", "release")
BUILT = None if "WAGEFIT_CPP_PRESET" in os.environ else os.environ.get("WAGEFIT_CPP_BUILT")
BUILD = Path(BUILT or os.environ.get("WAGEFIT_CPP_BUILD_DIR", ROOT / "build" / PRESET)).resolve()
PROGRAM = BUILD / "tests" / "cpp" / "wagefit_tests"
SKIPPED = 4  # Catch2's exit status of a run whose tests were all skipped
TIMEOUT = 1800  # seconds for one test case, under a sanitizer


class CppFailure(Exception):
    """A failed build or test case; the message is its whole output."""


def environment() -> dict[str, str]:
    """This process's environment with cmake and ninja of the Python environment found first."""
    path = sysconfig.get_path("scripts") + os.pathsep + os.environ.get("PATH", "")
    return {**os.environ, "PATH": path}


def run(*command: str | Path) -> str:
    """Standard output of a command; CppFailure with all its output if it fails."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, env=environment(), capture_output=True, text=True)
    if done.returncode != 0:
        raise CppFailure(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


@contextmanager
def lock(path: Path) -> Iterator[None]:
    """Keeps two test runs from building in one folder at a time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@functools.cache
def build() -> Path:
    """Configures and builds once a run, unless that is done; returns the build folder."""
    if BUILT:
        return BUILD
    with lock(BUILD / ".lock"):
        run("cmake", "--preset", PRESET, "-B", BUILD, f"-DCMAKE_PREFIX_PATH={sysconfig.get_path('purelib')}")
        run("cmake", "--build", BUILD)
    return BUILD


@pytest.fixture(scope="session")
def cpp_build() -> Path:
    """Folder of the built library and tests."""
    return build()


def escaped(name: str) -> str:
    """A test case's name as a Catch2 test specification that matches nothing else."""
    return re.sub(r'([\\\[\],*"~])', r"\\\1", name)


class CppCase(pytest.Item):
    """One TEST_CASE."""

    def __init__(self, *, case: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.location_of_case = case["source-location"]
        self.extra_keyword_matches.update(case["tags"])

    def runtest(self) -> None:
        command = [str(PROGRAM), escaped(self.name)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=TIMEOUT)
        if done.returncode == SKIPPED:
            pytest.skip(done.stdout)
        if done.returncode != 0:
            raise CppFailure(done.stdout + done.stderr)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, CppFailure):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return Path(self.location_of_case["filename"]), self.location_of_case["line"] - 1, self.name


class CppSuite(pytest.File):
    """All TEST_CASEs of the program that tests/cpp/CMakeLists.txt builds."""

    def collect(self) -> Iterator[CppCase]:
        build()
        cases = json.loads(run(PROGRAM, "--list-tests", "--reporter", "json"))["listings"]["tests"]
        if not cases:
            raise CppFailure(f"{PROGRAM} holds no test case")
        for case in cases:
            yield CppCase.from_parent(self, name=case["name"], case=case)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> Any:
        if isinstance(excinfo.value, CppFailure):
            return str(excinfo.value)
        return super().repr_failure(excinfo)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> CppSuite | None:
    """Stands the whole Catch2 suite for its CMakeLists.txt."""
    if file_path == ROOT / "tests" / "cpp" / "CMakeLists.txt":
        return CppSuite.from_parent(parent, path=file_path)
    return None
