"""The main job: pay of an occupation, from the published figures to one person and the next roles."""

from wagefit.report.contents import Detail, Report, make_report, report_on

__all__ = ["Detail", "Report", "make_report", "report_on"]
