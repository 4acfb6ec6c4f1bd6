"""Published facts about a cell's distribution, and whether any distribution satisfies them."""

from wagefit.facts.cell_facts import CellFacts
from wagefit.facts.facts import Facts
from wagefit.facts.feasibility import Certificate

__all__ = ["CellFacts", "Certificate", "Facts"]
