"""The main job: pay of health information technicians, from the published figures to one person and the next roles."""

from wagefit.report.contents import Report, make_report

__all__ = ["Report", "make_report"]
