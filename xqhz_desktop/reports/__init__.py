"""Papers: ReportLab lives here."""

from xqhz_desktop.reports.kit import Report
from xqhz_desktop.reports.record_list import RECORD_LIST
from xqhz_desktop.reports.register import REGISTER

REPORTS: tuple[Report, ...] = (REGISTER, RECORD_LIST)
"""Every report, in the order of the menu."""
