"""A salary model in a file that people can read: its anchor's facts, its factors and interactions, its notes.

The file is one of TOML. Its head says in which format it is written, by which version of wagefit, and holds the SHA-256
digest of all that follows, so that no damage is taken for figures.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from wagefit.distributions.distribution import Distribution
from wagefit.errors import ConvergenceError, FactError
from wagefit.factors.factor_records import read_factors
from wagefit.factors.factor_set import FactorSet
from wagefit.factors.factor_toml import toml_lines, toml_list, toml_records, toml_text
from wagefit.factors.model_anchor import anchor_entries, cell_entries, read_anchor, read_cell
from wagefit.oews import Cell
from wagefit.shared.file_format import FileFormat
from wagefit.shared.files import replacing
from wagefit.shared.toml_files import parse_toml, read_toml

FORMAT = FileFormat(
    number=1,
    content="a model",
    writer="SalaryModel.save",
    changed="is not as it was saved: it is damaged or was changed by hand; expected an unchanged file "
    "(factors that people change stand in a file of their own, see wagefit.factors.read)",
)
HEAD = "wagefit"
BODY = (HEAD, "anchor", "cell", "model")
INTRODUCTION = "# A salary model. SalaryModel.load reads it, and refuses it when a figure has been changed by hand.\n"


def write_model(
    path: Path, anchor: Distribution, factors: FactorSet, notes: Iterable[str], cell: Cell | None = None
) -> None:
    """Writes a model to `path`, ``.toml``; a half-written file never stands there."""
    _require_suffix(path)
    body = "\n".join(
        [
            "[anchor]",
            *toml_lines(anchor_entries(anchor)),
            "",
            *([] if cell is None else ["[cell]", *toml_lines(cell_entries(cell)), ""]),
            "[model]",
            *toml_list("notes", notes),
            "",
            toml_text(factors.factors, factors.interactions),
        ]
    )
    document = parse_toml(body)
    head = FORMAT.head({}, lambda unsigned: digest({**document, HEAD: unsigned}))
    text = "\n".join([f"[{HEAD}]", *toml_lines(head), "", body])
    with replacing(path) as partial:
        partial.write_text(f"{INTRODUCTION}\n{text}", encoding="utf-8", newline="\n")


def read_model(path: Path) -> tuple[Distribution, FactorSet, tuple[str, ...], Cell | None]:
    """The anchor, factors, notes and published row that `write_model` wrote.

    Raises
    ------
    FactError
        The file is damaged, of another program or of a later version; one sentence says so.
    OSError
        There is no such file, or it cannot be read.
    """
    _require_suffix(path)
    document = read_toml(path)
    FORMAT.require_unchanged(path.name, document.get(HEAD), lambda unsigned: digest({**document, HEAD: unsigned}))
    body = {name: value for name, value in document.items() if name not in BODY}
    try:
        notes = document["model"]["notes"]
        factors = FactorSet(*read_factors(toml_records(path.name, body)))
        cell = read_cell(document["cell"]) if "cell" in document else None
        return read_anchor(document["anchor"]), factors, tuple(map(str, notes)), cell
    except (FactError, ConvergenceError) as error:
        raise FactError(f"{path.name}: {error}") from error
    except (KeyError, TypeError, ValueError) as error:  # signed, but by another program
        raise FactError(
            f"{path.name} is no salary model: {error}; expected a file that SalaryModel.save wrote"
        ) from error


def digest(document: Mapping[str, Any]) -> str:
    """SHA-256 of a document, whatever its order, its blanks and its comments."""
    return hashlib.sha256(json.dumps(document, sort_keys=True, default=str).encode()).hexdigest()


def _require_suffix(path: Path) -> None:
    if path.suffix.lower() != ".toml":
        raise FactError(f"path is {path.name!r}; expected a name that ends in .toml")
