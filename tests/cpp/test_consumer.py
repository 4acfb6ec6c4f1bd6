"""The installed library serves a project of its own, whatever instruction sets that project is compiled for."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONSUMER = ROOT / "tests" / "consumer"

pytestmark = pytest.mark.skipif(
    "WAGEFIT_CPP_PRESET" in os.environ, reason="a library with sanitizers is not for installing"
)


def run(*command: str | Path) -> str:
    """Standard output of a command that must succeed, with cmake and ninja of the Python environment found first."""
    path = sysconfig.get_path("scripts") + os.pathsep + os.environ.get("PATH", "")
    done = subprocess.run(
        [str(part) for part in command], env={**os.environ, "PATH": path}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def prefix(cpp_build: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder that the library, its headers and its CMake package are installed in."""
    folder = tmp_path_factory.mktemp("prefix")
    run("cmake", "--install", cpp_build, "--prefix", folder, "--component", "cpp")
    return folder


def built(project: Path, prefix: Path, build: Path, flags: str = "") -> Path:
    """Folder of a project that was built on the installed library with the given compiler flags."""
    places = f"-DCMAKE_PREFIX_PATH={prefix};{sysconfig.get_path('purelib')}"
    build_type = "-DCMAKE_BUILD_TYPE=Release"
    run("cmake", "-S", project, "-B", build, "-G", "Ninja", build_type, places, f"-DCMAKE_CXX_FLAGS={flags}")
    run("cmake", "--build", build)
    return build


def runs_here(flags: str) -> bool:
    """Whether this machine has the instruction sets that the flags allow the compiler to use."""
    if platform.machine() not in {"x86_64", "AMD64"}:
        return flags == ""
    cpu = Path("/proc/cpuinfo")
    known = set(re.findall(r"\w+", cpu.read_text())) if cpu.exists() else set()
    return flags == "" or {"avx2", "fma", "bmi2", "movbe"} <= known


@pytest.mark.parametrize("flags", ["", "-march=haswell", "-mfma -mno-avx2"])
def test_a_program_fits_a_cell(flags: str, prefix: Path, tmp_path: Path) -> None:
    """find_package(wagefit), then the median and the mean that were given, and a slope of exactly two."""
    if not runs_here(flags):
        pytest.skip(f"this machine cannot run what {flags} compiles to")
    version, median, mean, slope = run(built(CONSUMER, prefix, tmp_path / "build", flags) / "consumer").split()
    assert version.count(".") == 2
    assert float(median) == pytest.approx(40_350.0, rel=1e-10)  # what the library promises of every fact
    assert float(mean) == pytest.approx(44_010.0, rel=1e-10)
    assert slope == "2.000"


def block(language: str) -> str:
    """The code block of a language in the page on the library."""
    text = (ROOT / "docs" / "how_to" / "use_the_cpp_library.md").read_text()
    found: list[str] = re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)
    assert len(found) == 1
    return found[0]


def test_the_example_of_the_documents_prints_what_it_says(prefix: Path, tmp_path: Path) -> None:
    """The page on the library shows a project, a program and its output."""
    project = tmp_path / "project"
    project.mkdir()
    start = "cmake_minimum_required(VERSION 3.24)\nproject(app LANGUAGES CXX)\n"
    (project / "CMakeLists.txt").write_text(start + block("cmake"))
    (project / "main.cpp").write_text(block("cpp"))
    assert run(built(project, prefix, tmp_path / "build") / "app") == block("text")
