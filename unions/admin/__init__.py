"""The provincial desk for people and the journal, and what every page of it has in common."""

from unions.admin.events.pages import OrgEventAdmin
from unions.admin.headcounts import HeadcountAdmin
from unions.admin.journal import JournalAdmin
from unions.admin.people import UserAdmin

__all__ = ["HeadcountAdmin", "JournalAdmin", "OrgEventAdmin", "UserAdmin"]
