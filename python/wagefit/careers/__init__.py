"""Simulated careers: roles, moves between them, and pay in each."""

from wagefit.careers.career import Career
from wagefit.careers.outcome import CareerOutcome, TimeToRole
from wagefit.careers.role import CareerMove, CareerRole
from wagefit.careers.sensitivity import CareerSensitivity

__all__ = ["Career", "CareerMove", "CareerOutcome", "CareerRole", "CareerSensitivity", "TimeToRole"]
