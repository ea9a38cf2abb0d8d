"""Forms of accounts and people, and the fields that every portal page asks with."""

from unions.forms.accounts import (
    AbsenceForm,
    ChosenPasswordForm,
    ForgottenPasswordForm,
    HandOverForm,
    InviteForm,
    LoginForm,
    NewPasswordForm,
)
from unions.forms.days import day
from unions.forms.dress import dress
from unions.forms.files import EvidenceField, FilesInput
from unions.forms.numbers import WholeNumberField
from unions.forms.text import ToldField

__all__ = [
    "AbsenceForm",
    "ChosenPasswordForm",
    "EvidenceField",
    "FilesInput",
    "ForgottenPasswordForm",
    "HandOverForm",
    "InviteForm",
    "LoginForm",
    "NewPasswordForm",
    "ToldField",
    "WholeNumberField",
    "day",
    "dress",
]
