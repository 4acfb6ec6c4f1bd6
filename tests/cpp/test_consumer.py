"""The installed library serves a project of its own."""

from __future__ import annotations

import os
import subprocess
import sysconfig
from pathlib import Path

import pytest

CONSUMER = Path(__file__).resolve().parents[1] / "consumer"


def run(*command: str | Path) -> str:
    """Standard output of a command that must succeed, with cmake and ninja of the Python environment found first."""
    path = sysconfig.get_path("scripts") + os.pathsep + os.environ.get("PATH", "")
    done = subprocess.run(
        [str(part) for part in command], env={**os.environ, "PATH": path}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.skipif("WAGEFIT_CPP_PRESET" in os.environ, reason="a library with sanitizers is not for installing")
def test_find_package_builds_and_runs(cpp_build: Path, tmp_path: Path) -> None:
    """cmake --install, find_package(wagefit) and a program that uses it."""
    prefix, build = tmp_path / "prefix", tmp_path / "build"
    run("cmake", "--install", cpp_build, "--prefix", prefix, "--component", "cpp")
    places = f"-DCMAKE_PREFIX_PATH={prefix};{sysconfig.get_path('purelib')}"
    run("cmake", "-S", CONSUMER, "-B", build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", places)
    run("cmake", "--build", build)
    version, median = run(build / "consumer").split()
    assert version.count(".") == 2
    assert float(median) == 0.0
