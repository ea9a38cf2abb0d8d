"""Prove that the tree of unions holds together on every day."""

from typing import Any

from django.core.management.base import CommandError

from unions.management.operating import OperatorCommand
from unions.models import OrgEvent, Placement, Union
from unions.queries import tree_faults
from unions.services import lineage


class Command(OperatorCommand):
    help = (
        "Kiểm tra cây tổ chức: không hở, không chồng, không vòng, không đơn vị nào mồ côi, kế thừa"
        " đến nay khớp với các sự kiện."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        faults = [*tree_faults(), *lineage.faults()]
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"Cây tổ chức có {len(faults)} chỗ sai.", returncode=2)
        counts = (Union.objects.count(), Placement.objects.count(), OrgEvent.objects.count())
        self.stdout.write("Cây tổ chức đúng: {} đơn vị, {} vị trí, {} sự kiện.".format(*counts))
