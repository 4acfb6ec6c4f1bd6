"""Salary models from one's own table, as text and table, and from file to file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, TypeVar

from wagefit.errors import FactError
from wagefit.factors.calibrated_model import CalibratedModel
from wagefit.factors.factor_set import FactorSet, factor_frame, read
from wagefit.factors.model_anchor import AnchorFacts, as_anchor
from wagefit.factors.model_files import read_model, write_model
from wagefit.factors.model_notes import anchor_note, factor_notes
from wagefit.factors.model_text import level_mean, model_html, model_text
from wagefit.factors.premiums import levels_with_room, model_svg, plot_factors
from wagefit.oews import Cell
from wagefit.shared.types import Axes, Backend, Table

AnyModel = TypeVar("AnyModel", bound="StoredModel")


class StoredModel(CalibratedModel):
    """Adds `from_table`, `summary`, `to_frame`, `plot`, `save` and `load`."""

    __slots__ = ()

    @classmethod
    def from_table(
        cls: type[AnyModel],
        table: str | PathLike[str] | Table | FactorSet,
        facts: AnchorFacts,
        *,
        notes: Iterable[str] = (),
    ) -> AnyModel:
        """The model of one's own factors on one's own facts.

        Parameters
        ----------
        table : path, pandas.DataFrame, polars.DataFrame, pyarrow.Table or FactorSet
            Factors and interactions, as `wagefit.factors.read` takes them.
        facts : mapping, pandas.Series, Cell or Distribution
            Of the anchor: a published row, such as one of `wagefit.oews.read`; a mapping with arguments of
            `wagefit.fit`; or the distribution itself.
        notes : iterable of str
            What the reader of the model's figures should know besides what is assumed of any factors.

        Returns
        -------
        SalaryModel

        Raises
        ------
        FactError
            The table or the facts are wrong; the message says where.
        InfeasibleError
            No distribution satisfies the facts, or the factors vary more than it.

        Examples
        --------
        >>> import pandas as pd
        >>> columns = {"level": ["staff", "lead"], "ratio": [1.0, 1.18], "share": [0.8, 0.2]}
        >>> table = pd.DataFrame({"factor": "role", **columns})
        >>> model = wf.SalaryModel.from_table(table, {"mean": 61_000, "p10": 41_000, "p50": 57_000, "p90": 86_000})
        >>> round(model.profile(role="lead").pay.mean())
        69479
        """
        factors = table if isinstance(table, FactorSet) else read(table)
        cell = facts if isinstance(facts, Cell) else None
        anchored = () if cell is None else (anchor_note(cell),)
        said = (*anchored, *factor_notes(factors.factors), *notes)
        return cls(as_anchor(facts), factors.factors, said, factors.interactions, cell=cell)

    @classmethod
    def load(cls: type[AnyModel], path: str | PathLike[str]) -> AnyModel:
        """The model that `save` wrote, fitted and calibrated again, to the same bits with the same release of wagefit.

        Raises
        ------
        FactError
            The file is damaged, was changed by hand, or is none of `save`; one sentence says so.
        FileNotFoundError
            There is no such file.
        """
        anchor, factors, notes, cell = read_model(Path(path))
        try:
            return cls(anchor, factors.factors, notes, factors.interactions, cell=cell)
        except FactError as error:
            raise FactError(f"{Path(path).name}: {error}") from error

    def save(self, path: str | PathLike[str]) -> None:
        """Writes the facts of the anchor, all factors, interactions and notes to a ``.toml`` file that people can read.

        Its head has the version of wagefit and the SHA-256 digest of the rest. A file that is there is replaced at once
        when the new one is complete.

        Raises
        ------
        FactError
            The suffix is another, or the anchor was made from other distributions and has no facts to be written.
        OSError
            The folder does not exist or cannot be written.
        """
        write_model(Path(path), self.anchor, FactorSet(self.factors, self.interactions), self.notes, self.cell)

    def summary(self) -> str:
        """The model as text: the anchor; each factor with shares, ratios, errors, mean pay and sources; the notes."""
        return model_text(self)

    def to_frame(self, backend: Backend | None = None) -> Any:
        """A table with a row a level, and a row a pair of levels of an interaction.

        Columns are those of `wagefit.factors.read`, which takes the table, and ``mean_pay``: mean pay of everyone at
        the level in the unit of the model, missing for pairs.

        Parameters
        ----------
        backend : {"pandas", "polars", "pyarrow"}, optional
            Library of the table; the first of them that is installed when None.
        """
        means = [level_mean(self, factor, level) for factor in self.factors for level in factor.levels]
        return factor_frame(self.factors, self.interactions, means, backend)

    def plot(
        self,
        ax: Axes | None = None,
        *,
        factors: Sequence[str] | None = None,
        level: float = 0.9,
        most: int | None = None,
        source: str | None = None,
    ) -> Axes:
        """A forest plot: premiums of the levels of each factor over its baseline, with intervals.

        Parameters
        ----------
        ax : matplotlib axes, optional
            A new figure without it, high enough for the levels.
        factors : sequence of str, optional
            Names of the factors to show; all when None.
        level : float
            Of the intervals, inside (0, 1); an unknown standard error gives a hollow dot without one.
        most : int, optional
            Levels to show of each factor, at least 2: evenly among them by amount or ratio, the outermost included.
            When None, 8, or as many as have room in the axes that are given.
        source : str, optional
            Where the figures come from; written below the axes.

        Returns
        -------
        matplotlib axes

        Raises
        ------
        FactError
            An unknown factor, `level` outside (0, 1), or `most` below 2.

        Examples
        --------
        >>> axes = wf.SalaryModel.health_information().plot(factors=["credential"])
        >>> [label.get_text() for label in axes.get_yticklabels()][0]
        'credential'
        """
        chosen = self.factors if factors is None else [self.factor(name) for name in factors]
        shown = levels_with_room(ax, len(chosen)) if most is None else most
        return plot_factors(chosen, ax, level=level, most=shown, source=source)

    def _repr_html_(self) -> str:
        return model_html(self) + model_svg(self.factors)
