"""What a credential or a move to another place is worth, where wages stand, and how they grew."""

from wagefit.decisions.growth import growth
from wagefit.decisions.places import PlaceComparison, compare_places, move, place_pay
from wagefit.decisions.ranked_staff import RankedStaff
from wagefit.decisions.staff import rank_staff
from wagefit.decisions.standing import Standing, rank
from wagefit.decisions.wage_growth import FigureGrowth, WageGrowth
from wagefit.decisions.worth import Worth, worth

__all__ = [
    "FigureGrowth",
    "PlaceComparison",
    "RankedStaff",
    "Standing",
    "WageGrowth",
    "Worth",
    "compare_places",
    "growth",
    "move",
    "place_pay",
    "rank",
    "rank_staff",
    "worth",
]
