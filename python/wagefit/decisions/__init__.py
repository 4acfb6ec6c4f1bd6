"""What a credential or a move to another place is worth."""

from wagefit.decisions.places import PlaceComparison, compare_places, move, place_pay
from wagefit.decisions.worth import Worth, worth

__all__ = ["PlaceComparison", "Worth", "compare_places", "move", "place_pay", "worth"]
