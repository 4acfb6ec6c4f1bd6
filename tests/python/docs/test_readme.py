"""The README tells the truth: its code runs, its outputs are what is printed, its links lead somewhere."""

from __future__ import annotations

import io
import re
import shlex
import sys
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from wagefit.shell.cli import main

from ..source_tree import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [*(ROOT / name for name in ("README.md", "CONTRIBUTING.md")), *sorted((ROOT / "docs").rglob("*.md"))]
INSTALL = "pip install . && wagefit"


def blocks(language: str) -> list[str]:
    """The code blocks of a language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)


def python_examples() -> list[tuple[str, str]]:
    """Every block of Python with the block of text after it."""
    return re.findall(r"^```python\n(.*?)^```\n\n```text\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)


def shell_examples() -> list[tuple[str, str]]:
    """Every wagefit command with what is printed below it."""
    sessions = "".join(blocks("console"))
    commands = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", sessions, flags=re.MULTILINE)
    return [(command, output) for command, output in commands if command != INSTALL]


def stripped(text: str) -> list[str]:
    """Lines without the blanks at their ends, which an editor may remove."""
    return [line.rstrip() for line in text.rstrip().splitlines()]


def test_every_python_block_shows_its_output() -> None:
    assert len(python_examples()) == len(blocks("python")) >= 1


@pytest.mark.parametrize(("code", "output"), python_examples())
def test_python_prints_what_the_readme_shows(code: str, output: str) -> None:
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), {})
    assert stripped(printed.getvalue()) == stripped(output)


@pytest.mark.parametrize(("command", "output"), shell_examples(), ids=[command for command, _ in shell_examples()])
def test_shell_prints_what_the_readme_shows(
    command: str, output: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(sys, "argv", shlex.split(command))
    with pytest.raises(SystemExit) as exit_info:
        main()
    assert exit_info.value.code == 0
    assert stripped(capsys.readouterr().out) == stripped(output)


@pytest.mark.parametrize("command", re.findall(r"`wagefit (fit .*?)`", README.replace("\n", " ")))
def test_commands_in_the_text_run(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["wagefit", *shlex.split(command)])
    with pytest.raises(SystemExit) as exit_info:
        main()
    assert exit_info.value.code == 0


def test_first_command_installs_and_runs_the_main_job() -> None:
    assert blocks("console")[0] == f"$ {INSTALL}\n"


def test_consumer_is_built_as_the_documents_say() -> None:
    page = (ROOT / "docs" / "how_to" / "use_the_cpp_library.md").read_text(encoding="utf-8")
    shown = page.split("```cmake\n")[1].split("```")[0].splitlines()
    assert shown
    lines = (ROOT / "tests" / "consumer" / "CMakeLists.txt").read_text(encoding="utf-8")
    for line in shown:
        assert line.replace("app", "consumer") in lines


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_links_lead_to_files(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_pictures_are_small() -> None:
    pictures = list((ROOT / "docs" / "images").glob("*.png"))
    assert pictures
    assert all(picture.stat().st_size < 60_000 for picture in pictures)
