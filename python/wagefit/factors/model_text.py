"""A salary model as text, and as a table of HTML for notebooks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from wagefit.distributions.summary import summary_line
from wagefit.factors.calibrated_model import CalibratedModel
from wagefit.factors.factor import Factor
from wagefit.factors.interactions import Interaction
from wagefit.factors.level import MEAN, Level
from wagefit.shared.text import aligned, dollars, percent

Line = tuple[str, ...]
HEADERS = ("", "share", "ratio", "± error", "mean pay", "against all")
LEFT = "style='text-align:left;vertical-align:top'"
COLUMNS = ("factor", "levels", "lowest", "highest", "ratios from", "shares from")


def level_mean(model: CalibratedModel, factor: Factor, level: Level) -> float:
    """Mean pay of everyone at a level, in the model's unit: the anchor's mean times the ratio over their average."""
    return model.anchor.mean() * level.ratio / factor.mean_ratio


def model_text(model: CalibratedModel) -> str:
    """The anchor, then each factor with its levels and sources, the interactions, and the notes."""
    blocks = [[f"Salary model, {model.unit}", f"Anchor: {model.anchor!r}"]]
    blocks += [list(_factor_lines(model, factor)) for factor in model.factors]
    blocks += [list(_interaction_lines(interaction)) for interaction in model.interactions]
    if model.notes:
        blocks.append(["Notes", *(f"  {note}" for note in model.notes)])
    return "\n\n".join("\n".join(block) for block in blocks)


def model_html(model: CalibratedModel) -> str:
    """A table with a row a factor: its levels, the lowest and the highest ratio, and where the figures come from."""
    rows = [
        (factor.name, _size(factor), *_ends(factor), _ratio_sources(factor), _share_sources(factor))
        for factor in model.factors
    ]
    head = "".join(f"<th {LEFT}>{name}</th>" for name in COLUMNS)
    body = "".join("<tr>" + "".join(f"<td {LEFT}>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    pairs = "".join(f"<p>Interaction {escape(each.name)}: {each.size}</p>" for each in model.interactions)
    caption = escape(f"Salary model: {summary_line(model.anchor)}")
    return f"<table><caption>{caption}</caption><tr>{head}</tr>{body}</table>{pairs}"


def _factor_lines(model: CalibratedModel, factor: Factor) -> Iterator[str]:
    refers = "mean pay of the anchor" if factor.baseline == MEAN else factor.baseline
    unit = f", in {factor.unit}" if factor.unit else ""
    yield f"{factor.name}: {_size(factor)}{unit}, ratios to {refers}"
    lines = [HEADERS, *(_level_line(model, factor, level) for level in factor.levels)]
    yield from (f"  {line}" for line in aligned(lines))
    yield f"  Ratios: {_ratio_sources(factor)}"
    yield f"  Shares: {_share_sources(factor)}"
    proxies = [level.name for level in factor.levels if level.is_proxy]
    if proxies:
        yield f"  Proxies, measured on others than the name says: {_all_of(proxies, factor)}"


def _level_line(model: CalibratedModel, factor: Factor, level: Level) -> Line:
    error = "unknown" if level.standard_error is None else f"{level.standard_error:.3f}"
    if level.name == factor.baseline:
        error = ""
    mark = " (assumed)" if level.error_is_assumed else ""
    mean = level_mean(model, factor, level)
    figures = f"{100 * level.share:.1f} %", f"{level.ratio:.3f}", f"{error}{mark}", dollars(mean, model.unit)
    return level.label, *figures, percent(mean / model.anchor.mean() - 1)


def _interaction_lines(interaction: Interaction) -> Iterator[str]:
    yield f"Interaction {interaction.name}: {interaction.size}"
    if interaction.ratios:
        yield f"  Ratios: {_source(interaction.source or 'no source', interaction.year)}"
    if interaction.shares:
        yield f"  Shares: {interaction.share_source or 'no source'}"


def _ratio_sources(factor: Factor) -> str:
    """Where the ratios come from, each source once; the baseline's is none."""
    levels = [level for level in factor.levels if level.name != factor.baseline]
    return "; ".join(dict.fromkeys(_source(level.source or "no source", level.year) for level in levels))


def _share_sources(factor: Factor) -> str:
    """Where the shares come from, each source once, and which of them are assumptions."""
    found = {level: _source(level.share_source, level.share_year) for level in factor.levels}
    named = (
        text if not level.share_is_assumed else f"{text} (assumed)" if text not in ("", "Assumption") else "assumed"
        for level, text in found.items()
    )
    return "; ".join(dict.fromkeys(text or "no source" for text in named))


def _source(text: str, year: int | None) -> str:
    return text if year is None or str(year) in text or not text or text == "Assumption" else f"{text} ({year})"


def _ends(factor: Factor) -> tuple[str, str]:
    low, high = (pick(factor.levels, key=lambda level: level.ratio) for pick in (min, max))
    return f"{low.ratio:.3f} ({low.label})", f"{high.ratio:.3f} ({high.label})"


def _size(factor: Factor) -> str:
    kind = "knot" if factor.is_continuous else "level"
    return f"{len(factor.levels)} {kind}{'' if len(factor.levels) == 1 else 's'}"


def _all_of(names: Sequence[str], factor: Factor) -> str:
    return "all" if len(names) == len(factor.levels) else ", ".join(names)
