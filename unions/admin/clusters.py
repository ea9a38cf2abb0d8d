"""The filter of the desk's lists by emulation cluster."""

import re
from collections.abc import Iterator
from typing import Any

from django.contrib.admin import AllValuesFieldListFilter
from django.contrib.admin.views.main import ChangeList

from unions.models import NO_CLUSTER

# what Django shows for an empty value: nothing, or the number of rows alone
_UNNAMED = re.compile(r"(?: \(\d+\))?")


class ClusterFilter(AllValuesFieldListFilter):
    """By the cụm thi đua; what belongs to none has a name, too."""

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        for choice in super().choices(changelist):
            shown = str(choice["display"])
            yield choice | {"display": NO_CLUSTER + shown if _UNNAMED.fullmatch(shown) else shown}
