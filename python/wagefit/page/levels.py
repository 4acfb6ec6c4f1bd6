"""What stands on the page without JavaScript: everyone's pay, each factor's levels, their sources, and notes."""

from __future__ import annotations

from html import escape

from wagefit.distributions.distribution import Distribution
from wagefit.factors.calibrated_model import CalibratedModel
from wagefit.factors.factor import Factor
from wagefit.factors.level import Level
from wagefit.page.markup import link, show_table
from wagefit.shared.text import dollars, with_year
from wagefit.shared.units import in_words

PERCENTILES = (0.10, 0.25, 0.50, 0.75, 0.90)
LEAST_SHARE = 0.001  # the least one that is printed
HEADS = ("level", "ratio", "±", "share", "sources")
LEGEND = (
    "Ratio: mean pay of everyone at the level over that of the whole workforce, ± its standard error, empty where the "
    "source gives none. Share: of the workforce. Sources: their numbers below. p: a proxy, measured on other people, "
    "places or years than the name says. a: an assumption."
)


def show_everyone(pay: Distribution) -> str:
    """Mean and percentiles of everyone's pay."""
    figures = [("mean", pay.mean()), *((f"P{100 * p:g}", float(pay.ppf(p))) for p in PERCENTILES)]
    rows = [(name, dollars(wage, pay.unit)) for name, wage in figures]
    return show_table(f"Pay of everyone, {in_words(pay.unit)}", ("", "wage"), rows)


class Sources:
    """Numbers the sources in the order in which they are first cited."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def cite(self, source: str, year: int | None) -> str:
        """The number of a source; empty for none."""
        if not source:
            return ""
        return str(self._numbers.setdefault(with_year(source, year), len(self._numbers) + 1))

    def show(self) -> str:
        """All of them as a numbered list, with links."""
        return f"<ol>{''.join(f'<li>{link(text)}</li>' for text in self._numbers)}</ol>"


def show_levels(model: CalibratedModel) -> str:
    """Everyone's pay, every level of every factor, the sources and the notes of a model, as HTML."""
    sources = Sources()
    tables = "".join(_show_factor(model, factor, sources) for factor in model.factors)
    notes = "".join(f"<li>{link(note)}</li>" for note in model.notes)
    return (
        f"<h2>Everyone</h2>{show_everyone(model.anchor)}"
        f'<h2>What pay goes with</h2><p class="quiet">{LEGEND}</p>{tables}'
        f'<h2>Sources</h2>{sources.show()}<h2>Notes</h2><ul class="notes">{notes}</ul>'
    )


def _show_factor(model: CalibratedModel, factor: Factor, sources: Sources) -> str:
    rows = [_row(model, factor, level, sources) for level in factor.levels]
    table = show_table(f"Levels of {factor.name}", HEADS, rows)
    return f"<details><summary>{escape(factor.name)}</summary>{table}</details>"


def _row(model: CalibratedModel, factor: Factor, level: Level, sources: Sources) -> tuple[str, ...]:
    choice = level.name if level.at is None else level.at
    part = next(each for each in model.core.explain({factor.name: choice}, {}).parts if each.factor == factor.name)
    error = "" if part.ratio_error is None else f"{part.ratio_error:.3f}"
    is_baseline = level.name == factor.baseline
    of_ratio = "" if is_baseline else sources.cite(level.source, level.year) + ("p" if level.is_proxy else "")
    of_share = "a" if level.share_is_assumed else sources.cite(level.share_source, level.share_year)
    cited = ", ".join(dict.fromkeys(filter(None, (of_ratio, of_share))))
    return level.label, f"{part.ratio:.3f}", error, _share(level.share), cited


def _share(share: float) -> str:
    """A share in percent; nothing where nobody is counted at the level, as of places outside the nation."""
    if share == 0:
        return ""
    return f"{100 * share:.1f} %" if share >= LEAST_SHARE else f"<{100 * LEAST_SHARE:.1f} %"
