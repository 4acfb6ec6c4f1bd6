"""What a cold `pip install .` costs: processor seconds, wall seconds, compile steps and the slowest of them.

Run as `python benchmarks/build [FOLDER]` with Python 3.11 or later, FOLDER a checkout of the project, this one by
default. What is committed there is cloned and installed in a new virtual environment without the cache of pip. What the
build and the package depend on is then installed once more by itself, to see how much of the whole it takes.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import tomllib

SLOWEST = 10
LAUNCHER = Path(__file__).with_name("timed.py")


@dataclass(frozen=True)
class Cost:
    """Seconds of the processors, those of all child processes together, and seconds that passed."""

    processor: float
    wall: float


def cost_of(*command: str | Path, folder: Path) -> Cost:
    """Runs a command to its end."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - start
    return Cost(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall)


def environment(folder: Path) -> Path:
    """Python of a new virtual environment in `folder`."""
    cost_of(sys.executable, "-m", "venv", folder, folder=folder.parent)
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def install(python: Path, *arguments: str, folder: Path) -> Cost:
    """Installs with pip, without its cache."""
    pip = ("-m", "pip", "install", "--quiet", "--no-cache-dir", "--disable-pip-version-check")
    return cost_of(python, *pip, *arguments, folder=folder)


def install_project(python: Path, clone: Path, build: Path, steps: Path) -> Cost:
    """Installs the clone; `steps` receives the processor time of each step of the compiler and the linker."""
    launcher = f"{sys.executable};-IS;{LAUNCHER.resolve()};{steps}"
    settings = {
        "build-dir": str(build),
        "cmake.define.CMAKE_CXX_COMPILER_LAUNCHER": launcher,
        "cmake.define.CMAKE_CXX_LINKER_LAUNCHER": launcher,
    }
    return install(python, *(f"--config-settings={key}={value}" for key, value in settings.items()), ".", folder=clone)


def steps_of(file: Path) -> list[tuple[float, str]]:
    """Processor seconds of each step and what it made, slowest first."""
    lines = [line.split("\t") for line in file.read_text().splitlines()]
    return sorted(((float(seconds), output) for seconds, output in lines), reverse=True)


def seconds_of_ninja(log: Path) -> float:
    """Seconds from the first step in ninja's log to the last."""
    lines = [line.split("\t") for line in log.read_text().splitlines() if not line.startswith("#")]
    return (max(int(line[1]) for line in lines) - min(int(line[0]) for line in lines)) / 1000


def show(name: str, processor: float, wall: float | None = None) -> None:
    """One row of the table."""
    print(f"{name:44}{processor:12.1f}{'' if wall is None else f'{wall:10.1f}'}", flush=True)


def show_steps(steps: list[tuple[float, str]]) -> None:
    """How many steps there were, and the slowest."""
    compiled = [output for _, output in steps if output.endswith((".o", ".obj"))]
    print(f"\n{len(steps)} steps, {len(compiled)} of them compile. Processor seconds of the slowest:")
    for seconds, output in steps[:SLOWEST]:
        print(f"{seconds:8.1f}  {output.replace('CMakeFiles/', '').replace('.dir/', '/')}")


def main() -> None:
    """Prints the tables."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clone, build, lines = folder / "clone", folder / "cmake", folder / "steps"
        cost_of("git", "clone", "--quiet", root.resolve(), clone, folder=folder)
        project = tomllib.loads((clone / "pyproject.toml").read_text())
        requirements = {"build": project["build-system"]["requires"], "package": project["project"]["dependencies"]}
        print(f"{'seconds':44}{'processor':>12}{'wall':>10}")
        whole = install_project(environment(folder / "environment"), clone, build, lines)
        show("pip install .", whole.processor, whole.wall)
        steps = steps_of(lines)
        show("  compiling and linking", sum(seconds for seconds, _ in steps), seconds_of_ninja(build / ".ninja_log"))
        for part, required in requirements.items():
            cost = install(environment(folder / part), *required, folder=folder)
            show(f"  fetching and unpacking what the {part} needs", cost.processor, cost.wall)
        show_steps(steps)


if __name__ == "__main__":
    main()
