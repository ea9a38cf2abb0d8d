"""The rows of this app, by their public names."""

from unions.models.absence import Absence
from unions.models.confirmation import Confirmation
from unions.models.event import HandOver, OrgEvent, Succession
from unions.models.evidence import Evidence
from unions.models.folded import Folded
from unions.models.headcount import Headcount, People
from unions.models.intake import Intake
from unions.models.invitation import Invitation
from unions.models.journal import JournalEntry
from unions.models.letter import PasswordLetter
from unions.models.lineage import WHOLE, Lineage
from unions.models.notice import Heartbeat, Notice
from unions.models.person import Appointment, User
from unions.models.placement import NO_CLUSTER, Calendar, Level, Placement, UnionType
from unions.models.union import Union

__all__ = [
    "NO_CLUSTER",
    "WHOLE",
    "Absence",
    "Appointment",
    "Calendar",
    "Confirmation",
    "Evidence",
    "Folded",
    "HandOver",
    "Headcount",
    "Heartbeat",
    "Intake",
    "Invitation",
    "JournalEntry",
    "Level",
    "Lineage",
    "Notice",
    "OrgEvent",
    "PasswordLetter",
    "People",
    "Placement",
    "Succession",
    "Union",
    "UnionType",
    "User",
]
