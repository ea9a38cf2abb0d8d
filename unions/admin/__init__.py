"""The provincial desk for unions, people and the journal."""

from unions.admin.journal import JournalAdmin
from unions.admin.people import UserAdmin
from unions.admin.unions import UnionAdmin

__all__ = ["JournalAdmin", "UnionAdmin", "UserAdmin"]
