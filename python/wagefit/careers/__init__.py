"""Simulated careers: roles, moves between them, and pay in each."""

from wagefit.careers.career import Career, CareerMove, CareerRole, CareerSensitivity
from wagefit.careers.outcome import CareerOutcome, TimeToRole

__all__ = ["Career", "CareerMove", "CareerOutcome", "CareerRole", "CareerSensitivity", "TimeToRole"]
