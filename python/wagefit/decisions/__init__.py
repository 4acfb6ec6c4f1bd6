"""What a credential or a move to another place is worth, and where a wage stands."""

from wagefit.decisions.places import PlaceComparison, compare_places, move, place_pay
from wagefit.decisions.standing import Standing, rank
from wagefit.decisions.worth import Worth, worth

__all__ = ["PlaceComparison", "Standing", "Worth", "compare_places", "move", "place_pay", "rank", "worth"]
