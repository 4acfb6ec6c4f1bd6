"""The report as one picture: the distribution, and a person's pay step by step."""

from __future__ import annotations

from typing import Any

from wagefit.distributions.distribution import Distribution
from wagefit.fitting.fit import fit
from wagefit.plots.density import plot_comparison, plot_density
from wagefit.plots.figures import new_figure
from wagefit.plots.waterfall import plot_waterfall
from wagefit.report.person import Person, steps
from wagefit.report.published import Published
from wagefit.report.quoted import Quoted
from wagefit.shared.text import dollars

WIDTH, PANEL_HEIGHT = 8.0, 4.2  # inches


def draw_report(pay: Distribution, published: Published, quoted: Quoted | None, person: Person | None) -> Any:
    """A matplotlib figure: one panel, or two where there is a person to explain."""
    n_panels = 1 if person is None else 2
    figure = new_figure(WIDTH, PANEL_HEIGHT * n_panels)
    axes = [panel.subplots() for panel in figure.subfigures(n_panels, squeeze=False)[:, 0]]
    _draw_distribution(pay, published, quoted, axes[0])
    if person is not None:
        _draw_person(person, axes[1])
    return figure


def _draw_distribution(pay: Distribution, published: Published, quoted: Quoted | None, ax: Any) -> None:
    named = filter(None, (published.title, published.place, published.release))
    ax.set_title(", ".join(named), loc="left", fontsize="medium", wrap=True)
    if quoted is None or (published.occupation, published.year) != (quoted.origin.occupation, quoted.origin.year):
        plot_density(pay, ax)
        return
    pair = fit(mean=quoted.mean, quantiles={0.90: quoted.p90}, family="lognormal")
    label = f"lognormal through the quoted\nmean {dollars(quoted.mean)} and P90 {dollars(quoted.p90)}"
    plot_comparison(pay, pair, ("all published figures", label), ax)


def _draw_person(person: Person, ax: Any) -> None:
    first, *between, last = steps(person)
    ax.set_title(f"Mean pay: {person.explanation.person}", loc="left", fontsize="medium", wrap=True)
    plot_waterfall(first, [step for step in between if step[1]], last, ax, person.unit)
