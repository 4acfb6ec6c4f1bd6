"""One level of areas, such as the metropolitan ones: its cells that are wanted, and their estimates."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wagefit.errors import FactError
from wagefit.oews.area_bases import WiderRows, base_of, with_own_occupations
from wagefit.oews.area_predictors import AreaCells, has_own_effect
from wagefit.oews.areas import STATE, is_interstate
from wagefit.oews.cell_status import ESTIMATED, FROM_WIDER, NO_AREA, NO_OCCUPATION, PARTLY, PUBLISHED
from wagefit.oews.layouts import WAGES
from wagefit.oews.level_estimates import CellEstimates, ascending, estimate_cells
from wagefit.oews.published_rows import PublishedRows
from wagefit.oews.two_way_effects import Codes, is_whole
from wagefit.shared.arguments import FloatArray

LEAST_KNOWN = 200  # published cells of a level from which its effects are learned
MAJOR, MINOR = 2, 4  # characters of a code that name its group


class Wanted(NamedTuple):
    """Codes of the cells that are asked for; None for all."""

    occupations: list[str] | None
    areas: list[str] | None


@dataclass(frozen=True)
class Estimated:
    """Cells with what became of them.

    Attributes
    ----------
    occupation, occupation_title, area, area_title, status : ndarray of str, shape (n,)
    estimates : CellEstimates
        Of six figures; NaN where there is none.
    published, bounds : ndarray, shape (n, 6)
        Figures that are published, else NaN; top codes of figures printed as ``#``, else NaN.
    employment : ndarray, shape (n,)
        People, NaN where not published.
    """

    occupation: NDArray[np.str_]
    occupation_title: NDArray[np.str_]
    area: NDArray[np.str_]
    area_title: NDArray[np.str_]
    status: NDArray[np.str_]
    estimates: CellEstimates
    published: FloatArray
    bounds: FloatArray
    employment: FloatArray


@dataclass(frozen=True)
class AreaLevel:
    """The published rows of a level, those of the nation and the states, and the cells that are wanted."""

    rows: PublishedRows
    wider: PublishedRows
    wanted: Wanted

    def estimated(self) -> Estimated:
        """The cells that are wanted, those that are published whole only if something is asked for."""
        shown = self._shown
        status = self._status[shown]
        is_open = np.isin(status, (PARTLY, ESTIMATED, FROM_WIDER))
        estimates = _as_published(self._logs[shown])
        if is_open.any():
            estimates = self._with_estimated(estimates, np.flatnonzero(is_open), shown)
        return Estimated(
            occupation=self._occupations[self._occupation[shown]],
            occupation_title=self._occupation_titles[self._occupation[shown]],
            area=self._areas.area[self._area[shown]],
            area_title=self._areas.area_title[self._area[shown]],
            status=status,
            estimates=estimates,
            published=self._wages[shown],
            bounds=self._bounds[shown],
            employment=self._employment[shown],
        )

    # -- the cells: the published rows, then the pairs that are wanted and no rows -----------------------------------

    @cached_property
    def _areas(self) -> PublishedRows:
        """One row of each area, by ascending code."""
        return self.rows.take(np.unique(self.rows.area, return_index=True)[1])

    @cached_property
    def _occupations(self) -> NDArray[np.str_]:
        asked = self.wanted.occupations or []
        return np.unique(np.concatenate([self.rows.occupation, self.wider.occupation, np.array(asked, dtype=str)]))

    @cached_property
    def _occupation_titles(self) -> NDArray[np.str_]:
        codes = np.concatenate([self.rows.occupation, self.wider.occupation])
        known, first = np.unique(codes, return_index=True)
        titles = np.concatenate([self.rows.occupation_title, self.wider.occupation_title])[first]
        by_code = dict(zip(known.tolist(), titles.tolist(), strict=True))
        return np.array([by_code.get(code, "") for code in self._occupations.tolist()], dtype=object)

    @cached_property
    def _pairs(self) -> tuple[Codes, Codes]:
        """Occupation and area of every pair that is wanted."""
        areas, occupations = self.wanted.areas, self.wanted.occupations
        known = np.unique(self.rows.occupation) if occupations is None else np.array(occupations, dtype=str)
        is_asked = np.ones(len(self._areas), dtype=bool)
        if areas is not None:
            is_asked = np.isin(self._areas.area, areas) | np.isin(self._areas.key, areas)
        occupation = np.searchsorted(self._occupations, known)
        area = np.flatnonzero(is_asked)
        return np.repeat(occupation, len(area)), np.tile(area, len(occupation))

    @cached_property
    def _new(self) -> NDArray[np.bool_]:
        """Whether each wanted pair has no row."""
        own = self._code(*self._own)
        return ~np.isin(self._code(*self._pairs), own)

    @cached_property
    def _own(self) -> tuple[Codes, Codes]:
        """Occupation and area of the published rows."""
        occupation = np.searchsorted(self._occupations, self.rows.occupation)
        return occupation, np.searchsorted(self._areas.area, self.rows.area)

    def _code(self, occupation: Codes, area: Codes) -> Codes:
        return occupation.astype(np.int64) * len(self._areas) + area

    @cached_property
    def _occupation(self) -> Codes:
        return np.concatenate([self._own[0], self._pairs[0][self._new]])

    @cached_property
    def _area(self) -> Codes:
        return np.concatenate([self._own[1], self._pairs[1][self._new]])

    @cached_property
    def _wages(self) -> FloatArray:
        return _extended(self.rows.wages, len(self._area))

    @cached_property
    def _logs(self) -> FloatArray:
        return np.log(self._wages)

    @cached_property
    def _bounds(self) -> FloatArray:
        return _extended(self.rows.bounds, len(self._area))

    @cached_property
    def _employment(self) -> FloatArray:
        return _extended(self.rows.employment[:, None], len(self._area))[:, 0]

    @cached_property
    def _shown(self) -> Codes:
        """The wanted cells, ascending by occupation and area."""
        is_wanted = np.isin(self._code(self._occupation, self._area), self._code(*self._pairs))
        if self.wanted == (None, None):
            is_wanted &= self._is_missing.any(axis=1)
        shown = np.flatnonzero(is_wanted)
        return shown[np.argsort(self._code(self._occupation, self._area)[shown], kind="stable")]

    # -- what is known of them ---------------------------------------------------------------------------------------

    @cached_property
    def _figures(self) -> Codes:
        """The figures that are estimated: the mean only where areas and wider areas have it."""
        own = is_whole(self.rows.wages).sum()
        of_wider = is_whole(self.wider.wages).sum()
        return np.arange(0 if own >= LEAST_KNOWN and of_wider else 1, len(WAGES))

    @cached_property
    def _is_missing(self) -> NDArray[np.bool_]:
        missing: NDArray[np.bool_] = ~np.isfinite(self._logs) & ~np.isfinite(self._bounds)
        return missing[:, self._figures]

    @cached_property
    def _base_of_wider(self) -> tuple[FloatArray, FloatArray]:
        """Base of each cell from the rows of wider areas, and the people in its parent."""
        wider = WiderRows(
            np.searchsorted(self._occupations, self.wider.occupation),
            self.wider.key,
            np.log(self.wider.wages[:, self._figures]),
            self.wider.employment,
        )
        keys = self._areas.wider[self._area]
        return base_of(wider, self._occupation, keys, len(self._figures))

    @cached_property
    def _base(self) -> FloatArray:
        """Base of each cell, of other cells of the occupation where wider areas have none."""
        logs, base = self._logs[:, self._figures], self._base_of_wider[0]
        return with_own_occupations(logs, base, self._occupation, self._area, self._employment)

    @cached_property
    def _is_known(self) -> NDArray[np.bool_]:
        return is_whole(self._logs[:, self._figures]) & is_whole(self._base)

    @cached_property
    def _status(self) -> NDArray[np.str_]:
        in_area = has_own_effect(self._area, self._is_known)
        in_wider = np.isin(self._areas.wider, self.wider.key)[self._area]
        has_base = is_whole(self._base)
        is_partly = np.any(np.isfinite(self._logs) | np.isfinite(self._bounds), axis=1)
        conditions = [~self._is_missing.any(axis=1), ~has_base, ~in_area & ~in_wider, is_partly, in_area]
        status = np.select(conditions, [PUBLISHED, NO_OCCUPATION, NO_AREA, PARTLY, ESTIMATED], FROM_WIDER)
        return status.astype(str)

    # -- estimates ---------------------------------------------------------------------------------------------------

    def _with_estimated(self, published: CellEstimates, rows: Codes, shown: Codes) -> CellEstimates:
        """`published` with estimates in its `rows`, but for figures that are bounds."""
        found = self._estimates(shown[rows])
        logs, scale, kind = published.logs.copy(), published.scale.copy(), published.kind.copy()
        places = np.ix_(rows, self._figures)
        logs[places], scale[places], kind[rows] = found.logs, found.scale, found.kind + len(published.misses)
        misses = [_with_mean(each) for each in found.misses]
        logs[:, 1:] = ascending(logs[:, 1:], np.isfinite(published.logs[:, 1:]))
        logs[np.isfinite(self._bounds[shown])] = np.nan
        return CellEstimates(logs, scale, kind, [*published.misses, *misses])

    def _estimates(self, targets: Codes) -> CellEstimates:
        known = int(self._is_known.sum())
        if known < LEAST_KNOWN:
            kind = "states" if self.rows.level[0] == STATE else "metropolitan and nonmetropolitan areas"
            expected = f"expected at least {LEAST_KNOWN}, from which effects can be learned"
            raise FactError(f"table has {known} whole cells of {kind}; {expected}")
        used = np.union1d(np.flatnonzero(self._is_known), targets)
        return estimate_cells(self._cells(used), np.searchsorted(used, targets))

    def _cells(self, used: Codes) -> AreaCells:
        base, people = self._base_of_wider
        occupation, area = self._occupation[used], self._area[used]
        keys, parent = np.unique(self._areas.wider, return_inverse=True)
        return AreaCells(
            occupation=occupation,
            area=area,
            parent=parent[area],
            major=_groups(self._occupations, MAJOR)[occupation],
            minor=_groups(self._occupations, MINOR)[occupation],
            logs=self._logs[np.ix_(used, self._figures)],
            base=self._base[used],
            is_relative_to_wider=is_whole(base)[used],
            is_interstate=np.array([is_interstate(title) for title in self._areas.area_title.tolist()])[area],
            is_known=self._is_known[used],
            employment=self._employment[used],
            parent_employment=people[used],
            parent_total=self._people_in(keys, parent),
        )

    def _people_in(self, keys: NDArray[np.str_], parent: Codes) -> FloatArray:
        """People in each wider area: its own rows together, or else those of its areas."""
        code = np.searchsorted(keys, self.wider.key)
        code = np.where(np.isin(self.wider.key, keys), code, len(keys))
        published = np.bincount(code, np.nan_to_num(self.wider.employment), len(keys) + 1)[:-1]
        of_areas = np.bincount(parent[self._own[1]], np.nan_to_num(self.rows.employment), len(keys))
        return np.maximum(np.where(published > 0.0, published, of_areas), 1.0)


def joined(parts: list[Estimated]) -> Estimated:
    """The cells of all parts, in order."""
    misses = [each for part in parts for each in part.estimates.misses]
    offsets = np.cumsum([0, *(len(part.estimates.misses) for part in parts[:-1])])
    estimates = CellEstimates(
        np.concatenate([part.estimates.logs for part in parts]),
        np.concatenate([part.estimates.scale for part in parts]),
        np.concatenate([part.estimates.kind + offset for part, offset in zip(parts, offsets, strict=True)]),
        misses,
    )
    names = [each.name for each in fields(Estimated) if each.name != "estimates"]
    columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    return Estimated(**columns, estimates=estimates)


def unknown_areas(rows: PublishedRows, wider: PublishedRows, wanted: Wanted) -> Estimated:
    """The wanted cells of areas of which the table has no row."""
    known = {*rows.area.tolist(), *rows.key.tolist()}
    areas = [code for code in wanted.areas or [] if code not in known]
    occupations = wanted.occupations or (np.unique(rows.occupation).tolist() if areas else [])
    titles = dict(zip(wider.occupation.tolist(), wider.occupation_title.tolist(), strict=True))
    pairs = [(occupation, area) for occupation in occupations for area in areas]
    n = len(pairs)
    nothing = np.full((n, len(WAGES)), np.nan)
    return Estimated(
        occupation=np.array([occupation for occupation, _ in pairs], dtype=str),
        occupation_title=np.array([titles.get(occupation, "") for occupation, _ in pairs], dtype=str),
        area=np.array([area for _, area in pairs], dtype=str),
        area_title=np.full(n, "", dtype=str),
        status=np.full(n, NO_AREA),
        estimates=_as_published(nothing),
        published=nothing,
        bounds=nothing.copy(),
        employment=np.full(n, np.nan),
    )


def _groups(codes: NDArray[np.str_], characters: int) -> Codes:
    """Number of the group that the first characters of each code name."""
    return np.unique(codes.astype(f"U{characters}"), return_inverse=True)[1]


def _extended(values: FloatArray, n: int) -> FloatArray:
    """`values` and rows of NaN behind them, n rows together."""
    return np.vstack([values, np.full((n - len(values), values.shape[1]), np.nan)])


def _with_mean(misses: FloatArray) -> FloatArray:
    """Errors of six figures, those of the mean 0 where it is not estimated."""
    return np.hstack([np.zeros((len(misses), len(WAGES) - misses.shape[1])), misses])


def _as_published(logs: FloatArray) -> CellEstimates:
    """Figures without errors."""
    return CellEstimates(logs, np.zeros_like(logs), np.zeros(len(logs), dtype=np.intp), [np.zeros((1, len(WAGES)))])
