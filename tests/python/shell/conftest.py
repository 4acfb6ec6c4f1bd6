"""The command line, called as the shell would."""

from __future__ import annotations

import sys

import pytest

from wagefit.shell.cli import main


class Outcome:
    """Exit status and what was written."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def flat(self) -> str:
        """What was written, on one line."""
        return " ".join(self.out.split())


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Runs the command line with arguments, as the shell would."""

    def call(*arguments: str) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["wagefit", *arguments])
        with pytest.raises(SystemExit) as exit_info:
            main()
        written = capsys.readouterr()
        return Outcome(int(exit_info.value.code or 0), written.out, written.err)

    return call
