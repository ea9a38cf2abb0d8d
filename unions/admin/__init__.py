"""The provincial desk for people and the journal, and what every page of it has in common."""

from unions.admin.events.pages import OrgEventAdmin
from unions.admin.headcounts import HeadcountAdmin
from unions.admin.journal import JournalAdmin
from unions.admin.people.invitations import InvitationAdmin
from unions.admin.people.pages import UserAdmin
from unions.admin.people.reviewing import AppointmentAdmin
from unions.admin.workbooks import IntakeAdmin

__all__ = [
    "AppointmentAdmin",
    "HeadcountAdmin",
    "IntakeAdmin",
    "InvitationAdmin",
    "JournalAdmin",
    "OrgEventAdmin",
    "UserAdmin",
]
