"""The provincial desk for what is told: reports, their stationery, what unions did in words."""

from reports.admin.reports import ReportAdmin
from reports.admin.stationery import StationeryAdmin

__all__ = ["ReportAdmin", "StationeryAdmin"]
